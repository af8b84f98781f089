import { describe, expect, test } from 'vitest'
import { applyChanges } from '../domain/plans/changes.ts'
import type { PlanChange } from '../domain/plans/types.ts'
import { errorOf } from '../errors.ts'
import type { PushedWrite, SyncServer, WriteResult } from './server.ts'
import type { WriteOverride } from './store/types.ts'
import { memoryStore } from './store/memory.ts'
import { houseServer, openClient } from './testing/setup.ts'
import type { Fault, MemoryServer } from './testing/memory-server.ts'
import type { QueueItem } from './types.ts'

const title = (id: string, value: string): PlanChange[] => [{ op: 'update', id, set: { title: value } }]
const add = (id: string): PlanChange[] => [{ op: 'add', kind: 'microstep', parentId: 'S2', after: null, item: { id, title: id } }]

/** A client whose pushes are refused where `refuses` says so of one of the writes. */
async function openPicky(server: MemoryServer, refuses: (changes: readonly PlanChange[]) => string | undefined) {
  const port = server.port()
  const pushed: number[] = []
  const picky: SyncServer = { ...port, push: async (id, batch, call) => {
    pushed.push(batch.writes.length)
    for (const { changes } of batch.writes) {
      const code = refuses(changes)
      if (code !== undefined) throw errorOf({ code, message: `Refused (test).` })
    }
    return port.push(id, batch, call)
  } }
  return { ...(await openClient(server, { server: picky })), pushed }
}

describe('a write that makes its batch fail', () => {
  test.each(['VALIDATION_FAILED', 'LIMIT_EXCEEDED', 'INTERNAL'])('(%s) is found and becomes a dead letter; the others arrive', async (code) => {
    const server = houseServer()
    const { offline } = await openPicky(server, ([change]) => (change?.op === 'add' && change.item.id === 'n5' ? code : undefined))
    for (let index = 0; index < 9; index++) await offline.edit(add(`n${index}`))
    await offline.sync().catch(() => {})
    await offline.sync()
    expect(offline.queue.items().map(({ label, state, error }) => [label, state, error?.code])).toEqual([['add n5: n5', 'failed', code]])
    expect([...server.plan.items.keys()].filter((id) => id.startsWith('n')).length).toBe(8)
  })

  test('who may report status only has that reported, and the rest refused', async () => {
    const server = houseServer()
    const { offline, pushed } = await openPicky(server, (changes) => (changes.every((change) => change.op === 'update' && 'status' in change.set) ? undefined : 'FORBIDDEN'))
    await offline.setStatus('a', 'done')
    await offline.edit(title('a', 'x'))
    await offline.setStatus('b', 'done')
    expect(await offline.sync()).toMatchObject({ applied: 2, failed: 1 })
    expect(pushed).toEqual([3, 1, 1, 1])
    expect(offline.queue.status()).toMatchObject({ queued: 0, failed: 1 })
  })
})

describe('a server that is away', () => {
  const away: Fault[] = ['lost', { code: 'READ_ONLY' }, { code: 'SERVICE_UNAVAILABLE', retryAfterMs: 7_000 }, { code: 'RATE_LIMITED' }, 'lost']

  test('makes no dead letter, however often it is asked; waits grow and honour what the server asks for', async () => {
    const faults = [...away]
    const client = await openClient(houseServer(), { interfere: (method) => (method === 'push' ? faults.shift() : undefined) })
    await client.offline.edit(title('a', 'x'))
    await expect(client.offline.sync()).rejects.toMatchObject({ code: 'NETWORK' })
    expect(client.clock.waits).toEqual([500, 1_000, 7_000, 4_000])
    expect(client.offline.queue.status()).toMatchObject({ queued: 1, failed: 0, lastError: { code: 'NETWORK' }, breaker: { state: 'open' } })
    // The breaker lets nothing through; nothing is lost by that either.
    await expect(client.offline.sync()).resolves.toMatchObject({ applied: 1 })
    expect(client.offline.queue.status()).toMatchObject({ state: 'idle', queued: 0, lastError: null })
  })

  test('is answered for by the cache, which says how old it is', async () => {
    let now = 1_000
    const client = await openClient(houseServer(), { now: () => now })
    await client.offline.comments.list('a')
    client.online = false
    now = 61_000
    await client.offline.setStatus('a', 'done')
    expect((await client.offline.plan()).asOf).toEqual({ sequence: 1, fetchedAt: 1_000, ageMs: 60_000, source: 'cache' })
    expect(await client.offline.analytics()).toMatchObject({ pending: 1, data: { progress: { done: 1 } }, asOf: { source: 'cache' } })
    expect((await client.offline.export('markdown')).data).toContain('Walls')
    expect(JSON.parse((await client.offline.export()).data)).toEqual((await client.offline.plan()).data)
    expect(await client.offline.browse.projects()).toMatchObject({ data: [{ slug: 'house' }], asOf: { source: 'cache', ageMs: 60_000 } })
    expect((await client.offline.comments.list('a')).asOf).toMatchObject({ source: 'cache', ageMs: 60_000 })
    now = 0
    expect((await client.offline.plan()).asOf.ageMs).toBe(0)
  })

  test('cannot be done without the first time', async () => {
    const server = houseServer()
    const lost: SyncServer = server.port(() => 'lost')
    await expect(openClient(server, { server: lost })).rejects.toMatchObject({ code: 'NETWORK' })
  })
})

test('a comment on what was created offline goes after its creation, and before its end', async () => {
  const server = houseServer()
  const client = await openClient(server)
  client.online = false
  await client.offline.edit(add('new'))
  await client.offline.comments.add('new', 'Look')
  await client.offline.comments.add('a', 'Last words')
  await client.offline.edit([{ op: 'remove', id: 'a' }])
  client.online = true
  expect(await client.offline.sync()).toMatchObject({ applied: 4, failed: 0 })
  expect(server.pushes.map(({ writes }) => writes.length)).toEqual([1, 1])
  expect([...server.comments.values()].map(({ itemKey }) => itemKey)).toEqual(['new', 'a'])
})

test('a dead letter is queued anew with a number of its own, or dropped', async () => {
  const server = houseServer()
  let isRefused = true
  const { offline } = await openPicky(server, () => (isRefused ? 'POLICY_REFUSED' : undefined))
  await offline.edit(title('a', 'x'))
  await offline.edit(title('b', 'y'))
  expect(await offline.sync()).toMatchObject({ failed: 2 })
  const [first, second] = offline.queue.items()
  expect((await offline.plan()).flat.items.get('a')?.fields.title).toBe('Buy')
  isRefused = false
  expect([await offline.queue.retry([first!.id]), await offline.queue.drop([second!.id])]).toEqual([1, 1])
  expect(offline.queue.items().map(({ id, number, state, sent }) => [id, number, state, sent])).toEqual([[first!.id, 3, 'queued', false]])
  expect(await offline.sync()).toMatchObject({ applied: 1, failed: 0 })
})

describe('a write that a rule of the project refuses', () => {
  /** A server whose rules refuse what `rulesOf` says of a write, one after the other. */
  async function openRuled(server: MemoryServer, rulesOf: (changes: readonly PlanChange[]) => readonly string[]) {
    const port = server.port()
    const pushed: { writes: number; override: WriteOverride | undefined }[] = []
    const ruled: SyncServer = { ...port, push: async (id, batch, call) => {
      pushed.push({ writes: batch.writes.length, override: call?.override })
      const stops = ({ changes }: PushedWrite): string | undefined => rulesOf(changes).find((rule) => !call?.override?.rules.includes(rule))
      const { sequence, results } = await port.push(id, { ...batch, writes: batch.writes.filter((write) => stops(write) === undefined) }, call)
      const refused = batch.writes.flatMap((write): WriteResult[] => (stops(write) === undefined ? [] : [{ number: write.number, outcome: 'REFUSED', conflicts: [], code: 'POLICY_REFUSED', message: 'No.', rule: stops(write), line: 3 }]))
      return { sequence, results: [...results, ...refused] }
    } }
    return { ...(await openClient(server, { server: ruled })), pushed }
  }

  test('is sent in spite of it with a reason, in a request of its own, and what is edited afterwards is not', async () => {
    const server = houseServer()
    const { offline, pushed } = await openRuled(server, ([change]) => (change?.op === 'update' && change.set['title'] === 'x' ? ['freeze'] : []))
    await offline.edit(title('a', 'x'))
    await offline.sync()
    expect(offline.queue.items()).toMatchObject([{ state: 'failed', error: { code: 'POLICY_REFUSED', rule: 'freeze', line: 3 } }])
    const [{ id }] = offline.queue.items() as [QueueItem]
    const override = { rules: ['freeze'], reason: 'Hotfix for 4711' }
    expect(await offline.queue.retry([id], { override })).toBe(1)
    expect(offline.queue.items()).toMatchObject([{ id, state: 'queued', override }])
    await offline.edit(title('b', 'y'))
    await offline.edit(title('a', 'z'))
    await offline.edit([{ op: 'update', id: 'a', set: { assignee: 'ada' } }])
    expect(await offline.sync()).toMatchObject({ applied: 3, failed: 0 })
    expect(pushed).toEqual([{ writes: 1, override: undefined }, { writes: 1, override }, { writes: 2, override: undefined }])
    expect(server.plan.items.get('a')?.fields).toMatchObject({ title: 'z', assignee: 'ada' })
  })

  test('passes several rules one after the other; without an override all of them bind it again', async () => {
    const { offline, pushed } = await openRuled(houseServer(), () => ['freeze', 'review'])
    await offline.edit(title('a', 'x'))
    await offline.sync()
    const refusedBy = () => offline.queue.items().map(({ error }) => error?.rule)
    await offline.queue.retry(undefined, { override: { rules: ['freeze'], reason: 'One' } })
    await offline.sync()
    expect(refusedBy()).toEqual(['review'])
    await offline.queue.retry()
    await offline.sync()
    expect(refusedBy()).toEqual(['freeze'])
    await offline.queue.retry(undefined, { override: { rules: ['freeze'], reason: 'One' } })
    await offline.sync()
    await offline.queue.retry(undefined, { override: { rules: ['review'], reason: 'Two' } })
    expect(await offline.sync()).toMatchObject({ applied: 1, failed: 0 })
    expect(pushed.at(-1)?.override).toEqual({ rules: ['freeze', 'review'], reason: 'Two' })
  })
})

test('history that was cut is replaced by the whole plan, and a base is kept as a document and what changed since', async () => {
  const server = houseServer()
  const store = memoryStore()
  const { offline } = await openClient(server, { store })
  server.edit(title('a', 'x'))
  await offline.sync()
  expect((await store.list('bases')).map(({ value }) => [value.sequence, value.document !== undefined])).toEqual([[1, true], [2, false]])
  const again = await openClient(server, { store })
  expect((await again.offline.plan({ from: 'cache' })).flat).toEqual(applyChanges(server.plan, []))
  server.edit(title('a', 'y'))
  server.cutHistory()
  await offline.sync()
  expect((await store.list('bases')).map(({ value }) => [value.sequence, value.document !== undefined])).toEqual([[3, true]])
})

test('a queue that is watched tells what it is, until the watching ends', async () => {
  const { offline } = await openClient(houseServer())
  const ending = new AbortController()
  const seen: number[] = []
  for await (const { queued } of offline.queue.watch({ signal: ending.signal })) {
    seen.push(queued)
    if (seen.length === 1) await offline.edit(title('a', 'x'))
    else ending.abort()
  }
  expect(seen).toEqual([0, 1])
})
