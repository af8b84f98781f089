/** The engine against the real server: the same engine that the property tests let loose on one in memory. */
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { startServer } from '../../test/server.ts'
import { BuildRunnerSDK } from '../index.ts'
import type { Action } from './testing/world.ts'
import { OfflineClient } from './client.ts'
import { memoryStore } from './store/memory.ts'
import { randomEdit } from './testing/edits.ts'
import { TestClock } from './testing/setup.ts'

const { apiUrl, apiKey, projectId } = await startServer()

/** Requests that fail before they are sent, and those whose answer is lost after the server has done its work. */
const faults: ('lost' | 'answer-lost')[] = []
const faulty: typeof fetch = async (input, init) => {
  const fault = faults.shift()
  if (fault === 'lost') throw new TypeError('fetch failed (test)')
  const response = await fetch(input, init)
  if (fault === undefined) return response
  await response.text()
  throw new TypeError('the connection was lost (test)')
}

const clients: OfflineClient[] = []
afterEach(async () => {
  faults.length = 0
  for (const client of clients.splice(0)) await client.close()
})

async function open(project = projectId): Promise<OfflineClient> {
  const client = new BuildRunnerSDK({ apiKey, baseUrl: apiUrl, projectId: project, fetch: faulty })
  const offline = await OfflineClient.open({ client, store: memoryStore(), clock: new TestClock(), random: () => 0 })
  clients.push(offline)
  return offline
}

const title = (id: string, value: string) => [{ op: 'update' as const, id, set: { title: value } }]

test('edits, comments and a conflict go to the server and come back, and an answer that is lost changes nothing', async () => {
  const [ada, ben] = [await open(), await open()]
  await ada.edit([{ op: 'add', kind: 'microstep', parentId: 'S-1', after: null, item: { id: 'train', title: 'Written on a train' } }])
  const comment = await ada.comments.add('train', 'Is this **right**?')
  await ada.comments.reply(comment, 'It is.')
  await ada.edit(title('T-12', 'From the train'))
  await ben.edit(title('T-12', 'From the desk'))
  await ben.sync()
  faults.push('answer-lost', 'lost', 'answer-lost')
  expect(await ada.sync()).toMatchObject({ conflicts: 1, failed: 0 })
  await ben.sync()
  expect((await ben.plan({ from: 'cache' })).data).toEqual((await ada.plan({ from: 'cache' })).data)
  expect((await ben.comments.list('train')).data.map(({ id, body, pending }) => [id, body, pending])).toEqual([[comment, 'Is this **right**?', false], [expect.any(String), 'It is.', false]])
  const { data: [conflict] } = await ada.conflicts.list()
  expect(conflict).toMatchObject({ itemKey: 'T-12', field: 'title', base: 'Write the guide', local: 'From the train', remote: 'From the desk' })
  expect(await ada.conflicts.preview(conflict!.id, { keep: 'local' })).toMatchObject({ source: 'server', changes: [{ op: 'update', id: 'T-12', set: { title: 'From the train' } }] })
  await ada.conflicts.resolve(conflict!.id, { keep: 'local' })
  expect((await ben.plan()).flat.items.get('T-12')?.fields.title).toBe('From the train')
  expect((await ben.conflicts.list()).data).toEqual([])
})

test('a comment that somebody else has edited meanwhile is a conflict, and either text can stand', async () => {
  const [ada, ben] = [await open(), await open()]
  const comment = await ada.comments.add('T-1', 'First')
  await ada.sync()
  await Promise.all([ada.comments.list('T-1'), ben.comments.list('T-1')])
  await ben.comments.edit(comment, 'Ben was here')
  await ben.sync()
  await ada.comments.edit(comment, 'Ada was here')
  expect(await ada.sync()).toMatchObject({ conflicts: 1 })
  const [conflict] = (await ada.conflicts.list({ from: 'cache' })).data
  expect(conflict).toMatchObject({ kind: 'comment', local: 'Ada was here' })
  await ada.conflicts.resolve(conflict!.id, { keep: 'local' })
  await ada.sync()
  expect((await ben.comments.list('T-1')).data.find(({ id }) => id === comment)?.body).toBe('Ada was here')
})

test('a started client sends by itself, and shows what others do', async () => {
  const [ada, ben] = [await open(), await open()]
  const isShown = (client: OfflineClient, value: string): Promise<void> => new Promise((resolve) => {
    const look = async (): Promise<void> => {
      const { flat, pending } = await client.plan({ from: 'cache' })
      if (flat.items.get('M-2')?.fields.title !== value || pending > 0) return
      end()
      resolve()
    }
    const end = client.watch(() => void look())
    void look()
  })
  ada.start()
  ben.start()
  await ada.edit(title('M-2', 'Live'))
  await Promise.all([isShown(ada, 'Live'), isShown(ben, 'Live')])
  await Promise.all([ada.stop(), ben.stop()])
})

const nat = fc.nat(9_999)
const steps = fc.noBias(fc.array(fc.record({ do: fc.constantFrom<Action['do'][]>('edit', 'edit', 'edit', 'edit', 'sync', 'fault'), device: nat, a: nat, b: nat, c: nat }), { minLength: 90, maxLength: 120, size: 'max' }))

test('three devices that edit and lose answers converge on the real server', async () => {
  await fc.assert(fc.asyncProperty(steps, async (script) => {
    const devices = [await open(), await open(), await open()]
    for (const [index, { do: action, device, a, b, c }] of script.entries()) {
      const offline = devices[device % 3]!
      if (action === 'fault') faults.push(a % 2 === 0 ? 'lost' : 'answer-lost')
      else if (action === 'sync') await offline.sync()
      else await offline.edit(randomEdit((await offline.plan({ from: 'cache' })).flat, { a, b, c }, `r${devices[0]!.queue.status().breaker.total.succeeded}-${index}`)).catch(expectRefusal)
    }
    faults.length = 0
    for (const offline of [...devices, ...devices]) await offline.sync()
    const plans = await Promise.all(devices.map((offline) => offline.plan({ from: 'cache' })))
    expect(plans.map(({ data }) => data)).toEqual([plans[0]!.data, plans[0]!.data, plans[0]!.data])
    expect(plans.map(({ pending }) => pending)).toEqual([0, 0, 0])
    for (const offline of devices) await offline.close()
  }), { numRuns: 3, endOnFailure: true })
})

/** An edit that the plan does not allow is refused here already. */
function expectRefusal(error: unknown): void {
  expect(error).toHaveProperty('code')
}

test('what a rule of the project refuses is sent in spite of it, with a reason that is on record', async () => {
  const { project: { id } } = await new BuildRunnerSDK({ apiKey, baseUrl: apiUrl }).projects.create({ name: 'Ruled' }).orThrow()
  const client = new BuildRunnerSDK({ apiKey, baseUrl: apiUrl, projectId: id })
  const milestones = [{ id: 'M-1', title: 'One', steps: [{ id: 'S-1', title: 'Two', microsteps: [{ id: 'T-1', title: 'Three' }] }] }]
  await client.planning.importPlan({ document: { version: 1, project: { name: 'Ruled' }, milestones } }).orThrow()
  const text = `version: 1
rules:
  - { id: no-cancel, when: [plan.status.set], condition: item.status == 'cancelled', effect: block, message: Nothing is given up. }
`
  await client.governance.apply({ text, reason: 'We begin' }).orThrow()
  const ada = await open(id)
  await ada.setStatus('T-1', 'cancelled')
  expect(await ada.sync()).toMatchObject({ applied: 0, failed: 1 })
  expect(ada.queue.items()).toMatchObject([{ state: 'failed', error: { code: 'POLICY_REFUSED', rule: 'no-cancel', line: 3 } }])
  await ada.queue.retry(undefined, { override: { rules: ['no-cancel'], reason: 'Ticket 4711' } })
  expect(await ada.sync()).toMatchObject({ applied: 1, failed: 0 })
  expect((await client.planning.getItem({ id: 'T-1' }).orThrow())).toMatchObject({ status: 'CANCELLED' })
  expect((await client.events.list({ since: 0 }).toArray()).find(({ kind }) => kind === 'policy.overridden')?.data).toMatchObject({ rules: [{ rule: 'no-cancel', line: 3 }], reason: 'Ticket 4711' })
})
