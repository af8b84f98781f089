import { randomUUID } from 'node:crypto'
import { Client, type DatabaseError } from 'pg'
import { StartupError } from '../exit-codes.ts'
import { checksumOf, migrationStatus, MIGRATIONS_TABLE, readMigrations, type Migration, type MigrationStatus } from './migrations.ts'
import { protectRows } from './row-level-security.ts'

export interface MigrateOptions {
  /** Folder of Prisma's migration folders. */
  directory: string
  onProgress?: (message: string) => void
}

/** Why the migrations could not be applied. The database is as it was before, unless `code` is MIGRATION_INCOMPLETE. */
export class MigrationError extends StartupError {
  readonly code: MigrationErrorCode
  readonly migration: string | undefined

  constructor(code: MigrationErrorCode, details: { migration?: string; message: string; remedy: string; cause?: unknown }) {
    super('migrationFailed', details.message, details.remedy, { cause: details.cause })
    this.code = code
    this.migration = details.migration
  }
}

export type MigrationErrorCode = 'MIGRATION_FAILED' | 'MIGRATION_INCOMPLETE' | 'MIGRATION_EDITED' | 'DATABASE_AHEAD' | 'DATABASE_NOT_EMPTY'

/** Prisma's own lock, so that its command line and any number of starting servers take turns. */
const MIGRATION_LOCK = 72707369

/**
 * Brings the database up to the migrations in `directory`, with the policies of row-level security, and answers the names of
 * those it applied.
 *
 * Keeps Prisma's format (table, checksums, lock), so that `prisma migrate status` agrees. Unlike Prisma, it applies each
 * migration and its record in one transaction: a failure or a kill at any moment leaves nothing half-done, and the next start
 * simply tries again. The exception are statements that Postgres does not allow in a transaction, such as CREATE INDEX
 * CONCURRENTLY: a migration that holds one alone is applied as Prisma does it, record first.
 *
 * @throws MigrationError
 */
export async function migrate(url: string, { directory, onProgress = () => {} }: MigrateOptions): Promise<string[]> {
  const client = new Client({ connectionString: url, application_name: 'buildrunner migrate' })
  client.on('error', () => {}) // a query that waits is rejected as well
  await client.connect()
  try {
    await takeTurn(client, onProgress)
    const applied = await applyPending(client, directory, onProgress)
    await protectRows(client)
    return applied
  } finally {
    await client.end() // gives the lock back
  }
}

async function applyPending(client: Client, directory: string, onProgress: (message: string) => void): Promise<string[]> {
  const status = await migrationStatus(client, directory)
  refuse(status)
  if (status.state === 'current') return []
  if (status.applied.length === 0) await requireEmpty(client)
  await client.query(MIGRATIONS_TABLE)
  for (const migration of readMigrations(directory).filter(({ name }) => status.pending.includes(name))) {
    onProgress(`Applying migration ${migration.name}`)
    await apply(client, migration)
  }
  return status.pending
}

async function takeTurn(client: Client, onProgress: (message: string) => void): Promise<void> {
  const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [MIGRATION_LOCK])
  if (rows[0]?.mine) return
  onProgress('Another process is migrating the database; waiting for it')
  await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
}

function refuse({ state, offending, logs }: MigrationStatus): void {
  const [migration] = offending
  const list = offending.join(', ')
  if (state === 'failed') {
    throw new MigrationError('MIGRATION_INCOMPLETE', {
      migration, message: `The migration ${migration} was begun earlier and did not finish.${logs ? `\n${logs}` : ''}`,
      remedy: `${resolveBy(migration)}, or complete it and run the same with --applied.`,
    })
  }
  if (state === 'ahead') {
    throw new MigrationError('DATABASE_AHEAD', {
      migration, message: `The database is newer than this release: it has ${list}.`,
      remedy: 'Update this checkout to the release that made it, or use another database.',
    })
  }
  if (state === 'edited') {
    throw new MigrationError('MIGRATION_EDITED', {
      migration, message: `A migration was edited after it was applied: ${list}.`,
      remedy: 'Restore the file as it was when it was applied, and put the change into a new migration.',
    })
  }
}

function resolveBy(migration: string | undefined): string {
  return `Look at what it left in the database. Undo that and run "npm run prisma -- migrate resolve --rolled-back ${migration}"`
}

/** A mistyped address must not mix our tables into someone else's database. Tables of extensions do not count. */
async function requireEmpty(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm') AND c.relname <> '_prisma_migrations'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1 LIMIT 3`)
  if (rows.length === 0) return
  throw new MigrationError('DATABASE_NOT_EMPTY', {
    message: `The database was not made by BuildRunner: it holds ${rows.map(({ name }) => name).join(', ')}.`,
    remedy: 'Point DATABASE_URL to an empty database.',
  })
}

const START = 'INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)'
const FINISH = 'UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1'

async function apply(client: Client, migration: Migration): Promise<void> {
  const id = randomUUID()
  const values = [id, checksumOf(migration.sql), migration.name]
  try {
    await client.query('BEGIN')
    await client.query(START, values)
    await client.query(migration.sql)
    await client.query(FINISH, [id])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    if (!isForbiddenInTransaction(error)) throw await recordFailure(client, migration, { values, error })
    await applyOutsideTransaction(client, migration, values)
  }
}

/** `active_sql_transaction` (25001). */
function isForbiddenInTransaction(error: unknown): boolean {
  return (error as DatabaseError).code === '25001'
}

async function applyOutsideTransaction(client: Client, migration: Migration, values: string[]): Promise<void> {
  await client.query(START, values)
  try {
    await client.query(migration.sql)
  } catch (error) {
    throw await recordFailure(client, migration, { values, error })
  }
  await client.query(FINISH, values.slice(0, 1))
}

/** Notes the failure where `prisma migrate status` shows it: as rolled back, unless the migration may have left something. */
async function recordFailure(client: Client, migration: Migration, { values, error }: { values: string[]; error: unknown }): Promise<MigrationError> {
  const message = describe(migration, error as DatabaseError)
  // Our record is still there when the script committed by itself or ran outside a transaction.
  const { rowCount } = await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [values[0], message])
  if (rowCount) {
    return new MigrationError('MIGRATION_INCOMPLETE', {
      migration: migration.name, message, cause: error,
      remedy: `${resolveBy(migration.name)}, then start again.`,
    })
  }
  await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name, logs, rolled_back_at) VALUES ($1, $2, $3, $4, now())', [...values, message])
  return new MigrationError('MIGRATION_FAILED', {
    migration: migration.name, message, cause: error,
    remedy: 'Nothing of it was kept. Correct the migration or the data that it stumbles on, and start again.',
  })
}

function describe({ name, sql }: Migration, error: DatabaseError): string {
  const line = error.position ? ` (line ${sql.slice(0, Number(error.position)).split('\n').length})` : ''
  return [`The migration ${name} failed${line}: ${error.message}`, error.detail, error.hint].filter(Boolean).join('\n')
}
