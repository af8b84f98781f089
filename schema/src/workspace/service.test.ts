import { describe, expect, test } from 'vitest'
import type { Services } from '../context.ts'
import { createTestDatabase } from '../testing/database.ts'
import { samplePlan } from '../testing/plans.ts'
import { createServices } from '../services.ts'
import { ensureWorkspace } from './service.ts'
import pg from 'pg'

/** Services over a fresh database whose n-th write never happens, as if the process had died before it. */
async function dyingBefore(write: number): Promise<{ services: Services; revived: Services; pool: pg.Pool; close(): Promise<void> }> {
  const database = await createTestDatabase()
  const pool = new pg.Pool({ connectionString: database.url, max: 3 })
  pool.on('error', () => {}) // the database is dropped under idle connections at the end
  const revived = createServices({ pool, health: () => Promise.reject(new Error('not part of this test')) })
  let writes = 0
  const query: Services['db']['query'] = async (statement, values) => {
    if (statement.name.startsWith('write:') && ++writes === write) throw new Error('the process died')
    return revived.db.query(statement, values)
  }
  const close = async () => {
    await revived.prisma.$disconnect()
    if (!pool.ended) await pool.end()
    await database.drop()
  }
  return { services: { ...revived, db: { ...revived.db, query } }, revived, pool, close }
}

const tables = async (pool: pg.Pool) => (await pool.query(`SELECT (SELECT count(*)::int FROM organisations) AS organisations, (SELECT count(*)::int FROM users) AS users,
  (SELECT count(*)::int FROM projects) AS projects, (SELECT count(*)::int FROM plan_items) AS items, (SELECT count(*)::int FROM runner_events) AS events`)).rows[0]
const WHOLE = { organisations: 1, users: 1, projects: 1, items: 1 + 1 + 2, events: 3 }
const plan = samplePlan(1, 1, 2)

describe('ensureWorkspace', () => {
  test('makes organisation, administrator, key and demo project once', async () => {
    const { revived, pool, close } = await dyingBefore(Infinity)
    const first = await ensureWorkspace(revived, { plan })
    expect(first).toEqual({ created: true, apiKey: expect.stringMatching(/^br_/), projectId: expect.stringMatching(/^prj_/) })
    expect(await ensureWorkspace(revived, { plan })).toEqual({ created: false, projectId: first.projectId })
    expect(await tables(pool)).toEqual(WHOLE)
    await close()
  })

  test.each([1, 2, 3])('after a crash before its write number %i, the next start makes it whole', async (write) => {
    const { services, revived, pool, close } = await dyingBefore(write)
    await expect(ensureWorkspace(services, { plan })).rejects.toThrow('the process died')
    expect((await ensureWorkspace(revived, { plan })).projectId).toMatch(/^prj_/)
    expect(await tables(pool)).toEqual(WHOLE)
    await close()
  })

  test('leaves alone what people made of it', async () => {
    const { revived, pool, close } = await dyingBefore(Infinity)
    await ensureWorkspace(revived, { plan })
    await pool.query('DELETE FROM plan_items')
    await pool.query('UPDATE projects SET archived_at = now()')
    expect(await ensureWorkspace(revived, { plan })).toEqual({ created: false, projectId: null })
    expect(await tables(pool)).toMatchObject({ projects: 1, items: 0, events: 3 })
    await close()
  })
})
