import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../shared/database.ts'
import { newUuid } from '../shared/ids.ts'
import { requirePermission } from '../shared/permissions.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { createRefusalLog } from './refusals.ts'

let workspace: TestWorkspace
let userId: string
let now = Date.parse('2026-11-22T12:00:00.000Z')
const clock = { now: () => new Date(now) }
beforeAll(async () => {
  workspace = await createTestWorkspace()
})
beforeEach(() => {
  userId = newUuid()
  now += 3_600_000
})

const actor = () => ({ ...workspace.actor, userId })
const records = async () =>
  (await workspace.pool.query(`SELECT details, target_type, target_id, personal, request_id, origin, organisation_id FROM audit_records WHERE action = 'permission.refused' AND actor_id = $1 ORDER BY id`, [userId])).rows
const counts = async (): Promise<number[]> => (await records()).map(({ details }) => JSON.parse(details).count as number)

describe('a permission that is refused', () => {
  test('leaves a record of its own: who, what, where and by which request', async () => {
    const ctx = { ...workspace.context({ ...actor(), scopes: new Set() }), requestId: 'request-1', origin: 'cli/0.1.0', address: '192.0.2.7' }
    expect(() => requirePermission(ctx, 'projects.create')).toThrow(/permission projects.create/)
    await expect.poll(records).toEqual([{
      details: '{"permission":"projects.create","count":1}', target_type: 'organisation', target_id: workspace.actor.organisationId, organisation_id: workspace.actor.organisationId,
      personal: '{"address":"192.0.2.7"}', request_id: 'request-1', origin: 'cli/0.1.0',
    }])
  })

  test('is counted when it is repeated, and recorded once a minute', async () => {
    const log = createRefusalLog(workspace.services.db, clock)
    log.note(actor(), 'planner.write', null)
    await expect.poll(counts).toEqual([1])
    for (let at = 0; at < 500; at++) log.note(actor(), 'planner.write', null)
    now += 59_000
    log.note(actor(), 'planner.write', null)
    expect(await counts()).toEqual([1])
    now += 2_000
    log.note(actor(), 'planner.write', null)
    await expect.poll(counts).toEqual([1, 502])
    await log.close()
    expect(await counts()).toEqual([1, 502])
  })

  test('is told apart by actor, permission and project', async () => {
    const log = createRefusalLog(workspace.services.db, clock)
    const project = newUuid()
    log.note(actor(), 'planner.write', null)
    log.note(actor(), 'planner.write', project)
    log.note(actor(), 'planner.read', project)
    log.note({ ...actor(), userId: newUuid() }, 'planner.read', project)
    await log.close()
    expect((await records()).map(({ details, target_id }) => `${JSON.parse(details).permission} ${target_id}`).sort()).toEqual([
      `planner.read ${project}`, `planner.write ${project}`, `planner.write ${workspace.actor.organisationId}`,
    ].sort())
  })

  test('that was only counted is recorded when the server stops', async () => {
    const log = createRefusalLog(workspace.services.db, clock)
    for (let at = 0; at < 4; at++) log.note(actor(), 'planner.write', null)
    await log.close()
    expect((await counts()).reduce((sum, count) => sum + count)).toBe(4)
  })

  test('is kept while the database takes nothing, in bounded memory, and never fails a request', async () => {
    let down = true
    const failing: Database = { ...workspace.services.db, query: (...args) => (down ? Promise.reject(new Error('down')) : workspace.services.db.query(...args)) }
    const log = createRefusalLog(failing, clock, { maxRemembered: 3 })
    for (const project of Array.from({ length: 10 }, newUuid)) log.note(actor(), 'planner.write', project)
    log.note(actor(), 'planner.read', null)
    await new Promise((resolve) => setImmediate(resolve))
    down = false
    await log.close()
    expect(await counts()).toEqual([1, 1, 1])
  })

  test('makes room for new ones by forgetting those that are recorded', async () => {
    const log = createRefusalLog(workspace.services.db, clock, { maxRemembered: 2 })
    for (let at = 1; at <= 6; at++) {
      log.note(actor(), 'planner.write', newUuid())
      await expect.poll(async () => (await counts()).length).toBe(at)
    }
    await log.close()
  })
})
