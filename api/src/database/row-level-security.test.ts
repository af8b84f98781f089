import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { createConfinedDatabase, statement } from '@buildrunner/schema/shared/database'
import { newUuid } from '@buildrunner/schema/shared/ids'
import { administer } from '@buildrunner/schema/testing/administer'
import { createTestDatabase } from '@buildrunner/schema/testing/database'
import type pg from 'pg'
import { afterEach, describe, expect, inject, test } from 'vitest'
import { migrate } from './migrate.ts'
import { createPool } from './pool.ts'
import { unprotectedTables } from './row-level-security.ts'

const directory = path.join(import.meta.dirname, '../../../prisma/migrations')
const ORGANISATIONS = statement<{ id: string }>('test:organisations', 'SELECT id FROM organisations')
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A database that belongs to a role of its own. */
async function databaseOf(privileges: string): Promise<{ url: string; role: string; admin(sql: string): Promise<void> }> {
  const [adminUrl, role] = [inject('databaseAdminUrl'), `owner_${randomBytes(6).toString('hex')}`]
  await administer(adminUrl, `CREATE ROLE ${role} LOGIN PASSWORD 'test' ${privileges}`)
  closers.push(() => administer(adminUrl, `DROP ROLE ${role}`))
  const database = await createTestDatabase({ empty: true })
  closers.push(() => database.drop())
  const url = new URL(database.url)
  await administer(adminUrl, `ALTER DATABASE ${url.pathname.slice(1)} OWNER TO ${role}`)
  await administer(database.url, `ALTER SCHEMA public OWNER TO ${role}`)
  url.username = role
  url.password = 'test'
  return { url: url.href, role, admin: (sql) => administer(database.url, sql) }
}

function poolOf(url: string): pg.Pool {
  const pool = createPool(url, { max: 2 })
  pool.on('error', () => {}) // the database is dropped under it
  closers.push(() => pool.end())
  return pool
}

async function seenBy(pool: pg.Pool): Promise<[unknown, number, number]> {
  const [ours, theirs] = [newUuid(), newUuid()]
  for (const id of [ours, theirs]) await pool.query(`INSERT INTO organisations (id, slug, name) VALUES ($1, $2, 'Test')`, [id, `test-${id}`])
  const seen = await createConfinedDatabase(pool, ours).query(ORGANISATIONS, [])
  return [seen, (await pool.query('SELECT FROM organisations')).rowCount ?? 0, seen.findIndex(({ id }) => id === ours)]
}

describe('row-level security', () => {
  test.each(['NOSUPERUSER NOCREATEROLE', 'SUPERUSER'])('holds for an owner that is %s, and migrating again keeps it', async (privileges) => {
    const { url } = await databaseOf(privileges)
    expect(await migrate(url, { directory })).not.toEqual([])
    expect(await migrate(url, { directory })).toEqual([])
    const pool = poolOf(url)
    expect(await unprotectedTables(pool)).toEqual([])
    expect(await seenBy(pool)).toEqual([[{ id: expect.any(String) as string }], 2, 0])
  }, 120_000)

  test('is told to be missing where a role is exempt and may not become another, until it may', async () => {
    const { url, role, admin } = await databaseOf('BYPASSRLS NOCREATEROLE')
    await migrate(url, { directory })
    expect(await unprotectedTables(poolOf(url))).toContain('projects')
    await admin(`GRANT buildrunner_app TO ${role}`)
    await migrate(url, { directory })
    const pool = poolOf(url)
    expect(await unprotectedTables(pool)).toEqual([])
    expect((await seenBy(pool))[0]).toHaveLength(1)
  }, 120_000)

  test('comes to a table that a later migration adds', async () => {
    const database = await createTestDatabase()
    closers.push(() => database.drop())
    await administer(database.url, 'CREATE TABLE later (id int, organisation_id uuid)')
    expect(await unprotectedTables(poolOf(database.url))).toEqual(['later'])
    await migrate(database.url, { directory })
    const pool = poolOf(database.url)
    expect(await unprotectedTables(pool)).toEqual([])
    await pool.query('INSERT INTO later VALUES (1, $1)', [newUuid()])
    expect(await createConfinedDatabase(pool, newUuid()).query(statement('test:later', 'SELECT FROM later'), [])).toEqual([])
  })
})
