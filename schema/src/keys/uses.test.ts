import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '../context.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { createKeyUseLog } from './uses.ts'

let workspace: TestWorkspace
let time = Date.parse('2026-11-22T10:00:00Z')
/** Each look is a millisecond later, so that records have an order. */
const clock = { now: () => new Date(time++) }

beforeAll(async () => {
  workspace = await createTestWorkspace()
})

/** A key of its own for each test, and two processes that see it. */
async function start() {
  const { actor } = await workspace.stranger()
  const logs = [createKeyUseLog(workspace.services.db, clock), createKeyUseLog(workspace.services.db, clock)] as const
  const use = (log: (typeof logs)[number], address: string, origin = 'cli/1.0.0') => log.note({ actor, address, origin, requestId: 'req-1' })
  return { actor, logs, use, records: () => recordsOf(actor) }
}

async function recordsOf({ organisationId }: Actor): Promise<unknown[]> {
  const { rows } = await workspace.pool.query("SELECT details, personal, target_id, actor_id, request_id FROM audit_records WHERE organisation_id = $1 AND action = 'apiKey.use' ORDER BY created_at, id", [organisationId])
  return rows.map((row) => ({ ...row, details: JSON.parse(row.details), personal: JSON.parse(row.personal) }))
}

test('the first use of a key is on record by itself, and the same use again is not', async () => {
  const { actor, logs: [log], use, records } = await start()
  use(log, '192.0.2.1')
  use(log, '192.0.2.1')
  await expect.poll(records, { timeout: 5_000 }).toHaveLength(1)
  use(log, '192.0.2.1')
  await log.flush()
  expect(await records()).toEqual([{ details: { places: 1 }, personal: { address: '192.0.2.1', client: 'cli/1.0.0' }, target_id: actor.apiKeyId, actor_id: actor.userId, request_id: 'req-1' }])
})

test('another address and another client are each on record, and so is the way back', async () => {
  const { logs: [log], use, records } = await start()
  for (const [address, client] of [['192.0.2.1', 'cli/1.0.0'], ['192.0.2.2', 'cli/1.0.0'], ['192.0.2.2', 'curl'], ['192.0.2.1', 'cli/1.0.0']] as const) {
    use(log, address, client)
    await log.flush()
  }
  expect(await records()).toMatchObject([{ personal: { address: '192.0.2.1' } }, { personal: { address: '192.0.2.2' } }, { personal: { client: 'curl' } }, { personal: { address: '192.0.2.1' } }])
})

test('changes of one minute are one record', async () => {
  const { logs: [log], use, records } = await start()
  for (let index = 0; index < 50; index++) use(log, `192.0.2.${index % 25}`)
  await log.flush()
  const [record] = await records() as [{ details: object; personal: { address: string } }]
  expect(record.details).toEqual({ places: 20 })
  expect(record.personal.address.split(', ')).toHaveLength(20)
  expect(await records()).toHaveLength(1)
})

test('a process that starts later does not repeat what is on record', async () => {
  const { logs: [one, two], use, records } = await start()
  use(one, '192.0.2.1')
  await one.flush()
  use(two, '192.0.2.1')
  await two.flush()
  expect(await records()).toHaveLength(1)
})

test('a session, and a request without a key, are not noted', async () => {
  const { actor, logs: [log], records } = await start()
  for (const who of [null, { ...actor, apiKeyId: null, sessionId: 'x' }]) log.note({ actor: who, address: '192.0.2.1', origin: 'x', requestId: 'y' })
  await log.flush()
  expect(await records()).toEqual([])
})
