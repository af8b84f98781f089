import { newUuid } from '../shared/ids.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import { expect, test } from 'vitest'
import { KEPT_DAYS, pruneDeliveries } from './prune.ts'
import { enqueue } from './queue.ts'

const DAY_MS = 86_400_000

test('what is done is deleted after its time; what still waits is kept, however old', async () => {
  const { services: { db }, actor, pool } = await createTestWorkspace()
  const now = new Date('2026-11-22T12:00:00Z')
  const queue = async (status: string, ageDays: number): Promise<string> => {
    const targetId = newUuid()
    await enqueue(db, [{ organisationId: actor.organisationId, channel: 'email', targetId, streamId: newUuid(), sequence: 1, payload: {} }], new Date(now.getTime() - ageDays * DAY_MS))
    await pool.query('UPDATE deliveries SET status = $2::delivery_status WHERE target_id = $1', [targetId, status])
    return targetId
  }
  const gone = [await queue('delivered', KEPT_DAYS + 1), await queue('dead', KEPT_DAYS + 1)]
  const kept = [await queue('delivered', KEPT_DAYS - 1), await queue('dead', KEPT_DAYS - 1), await queue('pending', 10 * KEPT_DAYS)]
  expect(await pruneDeliveries(db, now)).toBe(gone.length)
  const { rows } = await pool.query<{ target_id: string }>('SELECT target_id FROM deliveries')
  expect(rows.map((row) => row.target_id).sort()).toEqual(kept.sort())
  expect(await pruneDeliveries(db, now)).toBe(0)
})
