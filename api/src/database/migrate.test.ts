import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@buildrunner/schema/testing/database'
import { Client } from 'pg'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { migrate } from './migrate.ts'
import { migrationStatus } from './migrations.ts'

const FIRST = 'CREATE TABLE plan (id int PRIMARY KEY);\nCREATE TABLE step (id int);\n'
const BROKEN = 'CREATE TABLE kept (id int);\nINSERT INTO plan VALUES (1);\nINSERT INTO no_such_table VALUES (1);\n'

let client: Client
let url: string
let directory: string

function writeMigration(name: string, sql: string): void {
  mkdirSync(join(directory, name), { recursive: true })
  writeFileSync(join(directory, name, 'migration.sql'), sql)
}

beforeEach(async () => {
  const database = await createTestDatabase({ empty: true })
  url = database.url
  directory = mkdtempSync(join(tmpdir(), 'buildrunner-migrations-'))
  client = new Client({ connectionString: url })
  await client.connect()
  writeMigration('20260101000000_first', FIRST)
  return async () => {
    await client.end()
    await database.drop()
    rmSync(directory, { recursive: true })
  }
})

const tables = async (): Promise<string[]> => (await client.query<{ name: string }>(`
  SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`)).rows.map(({ name }) => name)

describe('migrate', () => {
  it('applies what is pending, in the order of the names, once', async () => {
    writeMigration('20260102000000_second', 'ALTER TABLE plan ADD COLUMN title text')
    expect((await migrationStatus(client, directory)).state).toBe('pending')
    expect(await migrate(url, { directory })).toEqual(['20260101000000_first', '20260102000000_second'])
    expect(await migrate(url, { directory })).toEqual([])
    const applied = ['20260101000000_first', '20260102000000_second']
    expect(await migrationStatus(client, directory)).toMatchObject({ state: 'current', pending: [], applied })
  })

  it('applies each migration once when servers start at the same moment', async () => {
    const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(url, { directory })))
    expect(applied.flat()).toEqual(['20260101000000_first'])
  })

  it('keeps nothing of a migration that fails half-way, names the line, and tries again when it is corrected', async () => {
    writeMigration('20260102000000_broken', BROKEN)
    await expect(migrate(url, { directory })).rejects.toMatchObject({
      code: 'MIGRATION_FAILED', exitCode: 14, migration: '20260102000000_broken',
      message: 'The migration 20260102000000_broken failed (line 3): relation "no_such_table" does not exist',
    })
    expect(await tables()).toEqual(['_prisma_migrations', 'plan', 'step'])
    expect((await client.query('SELECT FROM plan')).rowCount).toBe(0)
    expect(await migrationStatus(client, directory)).toMatchObject({ state: 'pending', pending: ['20260102000000_broken'] })

    writeMigration('20260102000000_broken', BROKEN.replace('no_such_table', 'step'))
    expect(await migrate(url, { directory })).toEqual(['20260102000000_broken'])
    expect((await migrationStatus(client, directory)).state).toBe('current')
  })

  it('refuses to go on after a migration that committed one half by itself', async () => {
    writeMigration('20260102000000_halves', 'CREATE TABLE half (id int); COMMIT; SELECT 1 / 0')
    const error = { code: 'MIGRATION_INCOMPLETE', remedy: expect.stringContaining('npm run prisma -- migrate resolve --rolled-back 20260102000000_halves') }
    await expect(migrate(url, { directory })).rejects.toMatchObject(error)
    await expect(migrate(url, { directory })).rejects.toMatchObject({ ...error, message: expect.stringContaining('division by zero') })
    expect(await migrationStatus(client, directory)).toMatchObject({ state: 'failed', offending: ['20260102000000_halves'] })
  })

  it('applies a statement that Postgres forbids in a transaction', async () => {
    writeMigration('20260102000000_index', 'CREATE INDEX CONCURRENTLY step_id ON step (id)')
    await migrate(url, { directory })
    expect((await migrationStatus(client, directory)).state).toBe('current')
    expect((await client.query('SELECT FROM pg_indexes WHERE indexname = \'step_id\'')).rowCount).toBe(1)
  })

  it('refuses a migration that was edited after it was applied', async () => {
    await migrate(url, { directory })
    writeMigration('20260101000000_first', `${FIRST}-- changed\n`)
    await expect(migrate(url, { directory })).rejects.toMatchObject({ code: 'MIGRATION_EDITED', migration: '20260101000000_first' })
  })

  it('accepts a checkout with other line ends', async () => {
    await migrate(url, { directory })
    writeMigration('20260101000000_first', FIRST.replaceAll('\n', '\r\n'))
    expect(await migrate(url, { directory })).toEqual([])
  })

  it('refuses a database that a newer release has migrated', async () => {
    writeMigration('20270101000000_newer', 'SELECT 1')
    await migrate(url, { directory })
    rmSync(join(directory, '20270101000000_newer'), { recursive: true })
    await expect(migrate(url, { directory })).rejects.toMatchObject({ code: 'DATABASE_AHEAD', migration: '20270101000000_newer' })
  })

  it('leaves a database alone that holds the tables of something else', async () => {
    await client.query('CREATE TABLE invoices (id int)')
    await expect(migrate(url, { directory })).rejects.toMatchObject({ code: 'DATABASE_NOT_EMPTY', message: expect.stringContaining('invoices') })
    expect(await tables()).toEqual(['invoices'])
  })

  it('leaves nothing that blocks the next start when it is killed half-way', async () => {
    writeMigration('20260102000000_slow', 'CREATE TABLE slow (id int); SELECT pg_sleep(600)')
    const interrupted = expect(migrate(url, { directory })).rejects.toThrow()
    onTestFinished(() => interrupted)
    const kill = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'buildrunner migrate' AND wait_event = 'PgSleep' AND datname = current_database()`
    await expect.poll(async () => (await client.query(kill)).rowCount, { timeout: 60_000 }).toBe(1)
    await interrupted
    writeMigration('20260102000000_slow', 'CREATE TABLE slow (id int)')
    expect(await migrate(url, { directory })).toEqual(['20260102000000_slow'])
  })
})
