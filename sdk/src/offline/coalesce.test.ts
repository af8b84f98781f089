import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unflattenPlan } from '../domain/plans/flat.ts'
import type { PlanChange } from '../domain/plans/types.ts'
import { PlanView } from './view.ts'
import type { OfflineClient } from './client.ts'
import { PlanChangeError } from '../domain/plans/change-error.ts'
import { BuildRunnerError } from '../errors.ts'
import { memoryStore, MemoryStoreData } from './store/memory.ts'
import type { OutboxItem } from './store/types.ts'
import { randomEdit } from './testing/edits.ts'
import { houseServer, openClient } from './testing/setup.ts'

const add = (id: string, parentId = 'S2'): PlanChange => ({ op: 'add', kind: 'microstep', parentId, after: null, item: { id, title: id } })
const set = (id: string, fields: Record<string, unknown>): PlanChange => ({ op: 'update', id, set: fields })

/** A client that cannot reach its server, and what waits in its store. */
async function cutOff(): Promise<{ offline: OfflineClient; waiting: () => Promise<OutboxItem[]> }> {
  const store = memoryStore(new MemoryStoreData())
  const client = await openClient(houseServer(), { store })
  client.online = false
  return { offline: client.offline, waiting: async () => (await store.list('outbox')).map(({ value }) => value) }
}

test('edits of one item become one write, with the first value of each field as its base', async () => {
  const { offline, waiting } = await cutOff()
  const first = await offline.edit([set('a', { title: 'One' })])
  await offline.edit([set('b', { title: 'Other' })])
  expect(await offline.edit([set('a', { title: 'Two', notes: 'n' })])).toBe(first)
  expect((await waiting()).map(({ number, changes, base }) => [number, changes, base])).toEqual([
    [1, [set('a', { title: 'Two', notes: 'n' })], [set('a', { title: 'Buy', notes: null })]],
    [2, [set('b', { title: 'Other' })], [set('b', { title: 'Lay' })]],
  ])
})

test('edits that end where they began are nothing', async () => {
  const { offline, waiting } = await cutOff()
  await offline.edit([set('a', { title: 'One', labels: ['x'] })])
  expect(await offline.edit([set('a', { title: 'Buy', labels: [] })])).toBeNull()
  expect(await waiting()).toEqual([])
})

test('a report of status stays apart from other edits: who may do the one may not be allowed the other', async () => {
  const { offline, waiting } = await cutOff()
  await offline.setStatus('a', 'in_progress')
  await offline.edit([set('a', { title: 'One' })])
  await offline.setStatus('a', 'done')
  expect((await waiting()).map(({ changes }) => changes)).toEqual([[set('a', { status: 'done' })], [set('a', { title: 'One' })]])
})

test('what the server never saw ends as nothing: created, edited, talked about, and deleted', async () => {
  const { offline, waiting } = await cutOff()
  await offline.edit([add('new')])
  await offline.edit([set('new', { title: 'Better' })])
  await offline.edit([{ op: 'move', id: 'new', parentId: 'S1', after: 'a' }])
  const comment = await offline.comments.add('new', 'Why?')
  await offline.comments.reply(comment, 'Why not?')
  expect((await waiting()).length).toBe(4)
  expect(await offline.edit([{ op: 'remove', id: 'new' }])).toBeNull()
  expect(await waiting()).toEqual([])
})

test('what others were put beside, or wait for, is told the server with its end', async () => {
  const { offline, waiting } = await cutOff()
  await offline.edit([add('new')])
  await offline.edit([{ op: 'move', id: 'd', parentId: 'S2', after: 'new' }])
  await offline.edit([{ op: 'remove', id: 'new' }])
  expect((await waiting()).map(({ changes }) => changes?.[0]?.op)).toEqual(['add', 'move', 'remove'])
})

test('a comment is one write while it was never sent: edited in place, and gone with its answers when it is deleted', async () => {
  const { offline, waiting } = await cutOff()
  const comment = await offline.comments.add('a', 'First')
  await offline.comments.edit(comment, 'Better')
  expect((await waiting()).map(({ call }) => call?.variables['body'])).toEqual(['Better'])
  await offline.comments.react(comment, '👍')
  await offline.comments.react(comment, '👍', false)
  await offline.comments.reply(comment, 'Answer')
  expect((await offline.comments.list('a')).data.map(({ body, pending }) => [body, pending])).toEqual([['Better', true], ['Answer', true]])
  await offline.comments.delete(comment)
  expect(await waiting()).toEqual([])
})

const nat = fc.nat(9_999)
const scripts = fc.noBias(fc.array(fc.record({ a: nat, b: nat, c: nat }), { maxLength: 60, size: 'max' }))

test('whatever is folded: the writes that are left make the plan that is shown, and undone it is the plan of before', async () => {
  await fc.assert(fc.asyncProperty(scripts, async (script) => {
    const { offline, waiting } = await cutOff()
    const before = (await offline.plan()).flat
    for (const [index, numbers] of script.entries()) {
      await offline.edit(randomEdit((await offline.plan({ from: 'cache' })).flat, numbers, `n${index}`)).catch((error: unknown) => {
        if (!(error instanceof PlanChangeError || error instanceof BuildRunnerError)) throw error
      })
    }
    const writes = await waiting()
    const again = new PlanView(before, writes)
    expect([...again.unapplied]).toEqual([])
    expect(unflattenPlan(again.plan)).toEqual((await offline.plan({ from: 'cache' })).data)
    again.undo(writes.toReversed().flatMap(({ base = [] }) => base))
    expect(unflattenPlan(again.plan)).toEqual(unflattenPlan(before))
  }), { numRuns: 60 })
})
