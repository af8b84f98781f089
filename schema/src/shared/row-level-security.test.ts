/** What Postgres itself keeps apart: bare statements, without any check of a service. */
import { getDatamodel } from '@buildrunner/prisma'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { createConfinedDatabase, createDatabase, statement } from './database.ts'
import type { Database } from './database.ts'
import { newUuid } from './ids.ts'
import { confineConnection, ORGANISATION_SETTING, UNPROTECTED_TABLES } from './row-level-security.ts'

interface Column {
  readonly table_name: string
  readonly column_name: string
  readonly data_type: string
  readonly udt_name: string
  /** It has to be given. */
  readonly required: boolean
}
interface Table {
  readonly name: string
  /** Holds the organisation. */
  readonly owner: string
  readonly columns: readonly Column[]
}

const [OURS, THEIRS] = [newUuid(), newUuid()]
const DENIED = { code: '42501', message: expect.stringContaining('row-level security') as string }

let workspace: TestWorkspace
let tables: readonly Table[]
let single: pg.Pool
let texts = 0
const ask = <Row = Record<string, unknown>>(db: Database, text: string, values: unknown[] = []): Promise<Row[]> => db.query(statement<Row>(`rls:${texts++}`, text), values)
const of = (organisationId: string): Database => workspace.services.confinedTo(organisationId).db

beforeAll(async () => {
  workspace = await createTestWorkspace()
  single = new pg.Pool({ connectionString: workspace.url, max: 1, onConnect: confineConnection } as pg.PoolConfig)
  single.on('error', () => {}) // the database is dropped under it
  tables = await readTables()
  // neither foreign keys nor the triggers that keep the log append-only
  const fill = tables.flatMap((table) => [`ALTER TABLE ${table.name} DISABLE TRIGGER ALL`, insert(table, OURS), insert(table, THEIRS)])
  await workspace.administer(fill.join(';'))
})
afterAll(() => single.end())

async function readTables(): Promise<Table[]> {
  const { rows } = await workspace.pool.query<Column>(`SELECT c.table_name, c.column_name, c.data_type, c.udt_name, c.is_nullable = 'NO' AND c.column_default IS NULL AS required
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name) WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY 1, 2`)
  return [...Map.groupBy(rows, ({ table_name }) => table_name)].flatMap(([name, columns]) => {
    const owner = name === 'organisations' ? 'id' : 'organisation_id'
    return columns.some(({ column_name }) => column_name === owner) ? [{ name, owner, columns }] : []
  })
}

const SAMPLES: Readonly<Record<string, string>> = {
  uuid: 'gen_random_uuid()', text: 'gen_random_uuid()::text', 'character varying': `left(gen_random_uuid()::text, 8)`, integer: '1', smallint: '1', bigint: '1', boolean: 'false', json: `'{}'`, jsonb: `'{}'`,
  'timestamp with time zone': 'now()', date: 'now()', bytea: `'\\x00'`, ARRAY: `'{}'`,
}

/** A row with nothing but what it must have. */
function insert({ name, owner, columns }: Table, organisationId: string): string {
  const given = columns.filter(({ column_name, required }) => required || column_name === owner)
  const values = given.map(({ column_name, data_type, udt_name }) => {
    if (column_name === owner) return `'${organisationId}'`
    if (data_type === 'USER-DEFINED') return `enum_first(NULL::${udt_name})`
    return SAMPLES[data_type] ?? `no sample of ${data_type}: add one to SAMPLES`
  })
  return `INSERT INTO ${name} (${given.map(({ column_name }) => column_name).join(', ')}) VALUES (${values.join(', ')})`
}

const isProtected = ({ name }: Table): boolean => !(name in UNPROTECTED_TABLES)

describe('every table with an organisation', () => {
  test('has a policy that binds its owner too, or a reason to have none', async () => {
    const { rows } = await workspace.pool.query<{ name: string }>(`SELECT relname AS name FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relname = ANY($1::text[])
      AND relrowsecurity AND relforcerowsecurity AND row_security_active(c.oid) AND EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid)`, [tables.map(({ name }) => name)])
    expect(rows.map(({ name }) => name).toSorted()).toEqual(tables.filter(isProtected).map(({ name }) => name).toSorted())
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(UNPROTECTED_TABLES)))
  })

  test('shows its own rows alone, and all of them where no organisation is named', async () => {
    for (const { name, owner } of tables.filter(isProtected)) {
      const owners = async (db: Database): Promise<unknown[]> => (await ask<{ owner: string }>(db, `SELECT DISTINCT ${owner} AS owner FROM ${name}`)).map((row) => row.owner)
      expect([name, await owners(of(OURS)), await owners(of(newUuid()))]).toEqual([name, [OURS], []])
      expect(await owners(workspace.services.db)).toEqual(expect.arrayContaining([OURS, THEIRS]))
    }
  })

  test('keeps what is another\'s from being changed, deleted and added', async () => {
    for (const table of tables.filter(isProtected)) {
      const { name, owner } = table
      expect([name, await ask(of(OURS), `UPDATE ${name} SET ${owner} = ${owner} WHERE ${owner} <> $1::uuid RETURNING 1`, [OURS])]).toEqual([name, []])
      expect([name, await ask(of(OURS), `DELETE FROM ${name} WHERE ${owner} <> $1::uuid RETURNING 1`, [OURS])]).toEqual([name, []])
      await expect(ask(of(OURS), insert(table, THEIRS)), name).rejects.toMatchObject(DENIED)
      expect(await ask(of(THEIRS), `SELECT FROM ${name}`), name).toHaveLength(1)
    }
  })

  test('keeps a row from being given away', async () => {
    await expect(ask(of(OURS), 'UPDATE project_members SET organisation_id = $1::uuid', [THEIRS])).rejects.toMatchObject(DENIED)
    expect(await ask(of(OURS), 'DELETE FROM project_members RETURNING 1')).toHaveLength(1)
    expect(await ask(of(THEIRS), 'SELECT FROM project_members')).toHaveLength(1)
  })
})

describe('the organisation of a statement', () => {
  const NAMED = `SELECT COALESCE(current_setting('${ORGANISATION_SETTING}', true), '') AS named`
  const named = async (db: Database): Promise<unknown> => (await ask<{ named: string }>(db, NAMED))[0]?.named

  const STEPS: Readonly<Record<string, (db: Database) => Promise<unknown>>> = {
    reads: (db) => ask(db, 'SELECT FROM projects'),
    fails: (db) => ask(db, 'SELECT 1 / $1::int', [0]),
    'is no SQL': (db) => ask(db, 'SELEC'),
    'breaks a policy': (db) => ask(db, 'INSERT INTO event_streams (id, organisation_id) VALUES (gen_random_uuid(), gen_random_uuid())'),
    commits: (db) => db.transaction((tx) => ask(tx, 'SELECT FROM projects')),
    'rolls back': (db) => db.transaction(async (tx) => {
      await ask(tx, 'SELECT FROM projects')
      throw new Error('stop')
    }),
    'fails in a transaction': (db) => db.transaction((tx) => ask(tx, 'SELECT 1 / $1::int', [0])),
  }

  test('is gone with it, however it ends', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(OURS, THEIRS), fc.constantFrom(...Object.values(STEPS))), { minLength: 1, maxLength: 6 }), async (steps) => {
      for (const [organisationId, step] of steps) {
        const db = createConfinedDatabase(single, organisationId)
        await step(db).catch(() => {})
        expect(await named(createDatabase(single))).toBe('')
        expect(await named(db)).toBe(organisationId)
      }
    }), { numRuns: 25 })
  })

  test('is gone with a statement that was cancelled', async () => {
    const cancelled = expect(ask(createConfinedDatabase(single, OURS), 'SELECT pg_sleep(60)')).rejects.toMatchObject({ code: '57014' })
    await vi.waitFor(() => workspace.administer(`DO $$ BEGIN
      PERFORM FROM pg_stat_activity WHERE datname = current_database() AND CASE WHEN wait_event = 'PgSleep' THEN pg_cancel_backend(pid) END;
      IF NOT FOUND THEN RAISE 'it does not run yet'; END IF; END $$`), { timeout: 10_000 })
    await cancelled
    expect(await named(createDatabase(single))).toBe('')
  })

  test('holds for a whole transaction, and for those at the same moment by itself', async () => {
    const inside = (organisationId: string): Promise<unknown[]> => of(organisationId).transaction(async (tx) => [await named(tx), await tx.transaction(named), (await ask(tx, 'SELECT id FROM organisations')).length])
    const ids = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? OURS : THEIRS))
    expect(await Promise.all(ids.map(inside))).toEqual(ids.map((id) => [id, id, 1]))
  })

  test('costs no statement', async () => {
    workspace.takeStatements()
    await ask(of(OURS), 'SELECT 1')
    await of(OURS).transaction((tx) => ask(tx, 'SELECT 2'))
    expect(workspace.takeStatements()).toEqual(['SELECT 1', expect.stringMatching(/^BEGIN/), 'SELECT 2', 'COMMIT'])
  })
})

describe('Prisma in a request', () => {
  test('reads the rows of its organisation alone, of every model', async () => {
    const tableOf = (model: string): string => `${model.replace(/\B[A-Z]/g, '_$&').toLowerCase()}s`
    const models = Object.entries((getDatamodel() as unknown as { datamodel: { models: Record<string, { fields: { name: string }[] }> } }).datamodel.models)
    const covered = models.filter(([model, { fields }]) => !(tableOf(model) in UNPROTECTED_TABLES) && fields.some(({ name }) => name === 'organisationId'))
    expect(covered.length).toBeGreaterThan(10)
    const prisma = workspace.services.confinedTo(THEIRS).prisma as unknown as Record<string, { findMany(args: object): Promise<{ organisationId: string }[]> }>
    for (const [model] of covered) {
      const rows = await prisma[`${model[0]?.toLowerCase()}${model.slice(1)}`]?.findMany({ select: { organisationId: true } })
      expect([model, [...new Set(rows?.map(({ organisationId }) => organisationId))]]).toEqual([model, [THEIRS]])
    }
  })

  test('finds one of its own and none of another\'s, whoever else asks in the same turn', async () => {
    const ask = (asks: string, wanted: string): Promise<{ id: string } | null>[] => {
      const { organisation } = workspace.services.confinedTo(asks).prisma
      const where = { id: wanted }
      return [organisation.findUnique({ where, select: { id: true } }), organisation.findUniqueOrThrow({ where, select: { id: true } }).catch(() => null), organisation.findFirst({ where, select: { id: true } })]
    }
    const found = await Promise.all([...ask(OURS, OURS), ...ask(THEIRS, OURS), ...ask(THEIRS, THEIRS), ...ask(OURS, THEIRS)])
    const [[a, b], none] = [[OURS, THEIRS].map((id) => ({ id })), null]
    expect(found).toEqual([a, a, a, none, none, none, b, b, b, none, none, none])
  })

  test('is confined as the actor is: not where there is no organisation yet, nor for the operator\'s people', async () => {
    const { actor } = workspace
    const count = (...context: Parameters<TestWorkspace['context']>): Promise<number> => workspace.context(...context).prisma.organisation.count()
    expect(await count()).toBe(1)
    for (const across of [null, { ...actor, platformRole: 'SupportAgent' }, { ...actor, restriction: 'ORGANISATION_REQUIRED' }] as const) expect(await count(across)).toBe(3)
  })
})
