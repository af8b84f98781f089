import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientBase, Pool } from 'pg'

/** One folder of `prisma/migrations`. */
export interface Migration { name: string; sql: string }

/** A row of Prisma's own table; a rolled-back one counts as never applied. */
interface MigrationRow { migration_name: string; checksum: string; finished_at: Date | null; logs: string | null }

export interface MigrationStatus {
  /** `edited`: a file differs from what was applied. `ahead`: the database has migrations that this release does not know. */
  state: 'current' | 'pending' | 'failed' | 'edited' | 'ahead'
  applied: string[]
  pending: string[]
  /** The migrations that `failed`, `edited` or `ahead` speaks of. */
  offending: string[]
  /** What the database said when the first offending migration failed, where it was recorded. */
  logs?: string
}

export const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL,
  logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`

/** In the order in which they apply: by name, which begins with a timestamp. */
export function readMigrations(directory: string): Migration[] {
  return readdirSync(directory).sort()
    .map((name) => ({ name, file: join(directory, name, 'migration.sql') }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => ({ name, sql: readFileSync(file, 'utf8') }))
}

export function checksumOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex')
}

/** Where the database stands against the files. Reads only; for start-up and for the health check. */
export async function migrationStatus(database: Pool | ClientBase, directory: string): Promise<MigrationStatus> {
  const migrations = readMigrations(directory)
  const rows = await readRows(database)
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  const recorded = new Set(rows.map((row) => row.migration_name))
  const pending = migrations.map(({ name }) => name).filter((name) => !recorded.has(name))
  const named = (wrong: (row: MigrationRow) => boolean): string[] => rows.filter(wrong).map((row) => row.migration_name)

  const failed = named((row) => !row.finished_at)
  const ahead = named((row) => !known.has(row.migration_name))
  const edited = named((row) => !matches(known.get(row.migration_name)?.sql, row.checksum))
  const [state, offending] = failed.length ? ['failed', failed] as const
    : ahead.length ? ['ahead', ahead] as const
      : edited.length ? ['edited', edited] as const
        : [pending.length ? 'pending' : 'current', []] as const
  const logs = rows.find((row) => row.migration_name === offending[0])?.logs ?? undefined
  return { state, applied: named((row) => row.finished_at !== null), pending, offending: [...offending], logs }
}

async function readRows(database: Pool | ClientBase): Promise<MigrationRow[]> {
  try {
    const { rows } = await database.query<MigrationRow>(
      'SELECT migration_name, checksum, finished_at, logs FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name')
    return rows
  } catch (error) {
    if ((error as { code?: string }).code === '42P01') return [] // no such table: nothing was ever applied
    throw error
  }
}

/** Git may have changed the line ends of a checkout; Prisma accepts either, too. */
function matches(sql: string | undefined, checksum: string): boolean {
  if (sql === undefined) return true
  const unix = sql.replaceAll('\r\n', '\n')
  return [sql, unix, unix.replaceAll('\n', '\r\n')].some((text) => checksumOf(text) === checksum)
}
