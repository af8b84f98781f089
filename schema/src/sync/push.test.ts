import { randomUUID } from 'node:crypto'
import { applyChanges, flattenPlan, invertChanges } from '@buildrunner/sdk/plans'
import type { FlatPlan, PlanChange } from '@buildrunner/sdk/plans'
import type { SyncWrite } from '@buildrunner/sdk/sync-merge'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../context.ts'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { pruneSyncEvents } from './prune.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

const start = flattenPlan(samplePlan())
const edit = (id: string, set: Record<string, unknown>): PlanChange => ({ op: 'update', id, set })
const writesOn = (view: FlatPlan, changes: readonly PlanChange[], from = 1): SyncWrite[] => {
  let current = view
  return changes.map((change, index) => {
    const write = { number: from + index, changes: [change], base: invertChanges(current, [change]) }
    current = applyChanges(current, [change])
    return write
  })
}

const PUSH = `mutation ($input: PushWritesInput!) { pushWrites(input: $input) { __typename
  ... on PushWritesPayload { sequence acknowledged results { number outcome code rule path conflicts { id kind itemKey itemTitle field base local remote number by { name } } } }
  ... on Error { code message path } } }`
const push = async (projectId: string, replicaId: string, writes: readonly SyncWrite[], baseSequence = 2, ctx?: Context): Promise<any> => {
  const { data, errors } = await workspace.run<any>(PUSH, { input: { projectId, replicaId, baseSequence, writes } }, ctx)
  if (!data) throw new Error(JSON.stringify(errors))
  return data.pushWrites
}
const outcomes = (pushed: any): string[] => pushed.results.map((result: any) => result.code ?? result.outcome)
const titles = async (slug: string, ...keys: string[]): Promise<unknown[]> => {
  const { data } = await workspace.run<any>(`{ ${keys.map((key, n) => `i${n}: item(projectId: "${slug}", id: "${key}") { ... on Microstep { title } ... on Step { title } }`).join(' ')} }`)
  return keys.map((_, n) => data![`i${n}`]?.title)
}

describe('pushWrites', () => {
  test('answers every write for itself, in three statements however many there are', async () => {
    const slug = await workspace.project('push', samplePlan())
    await push(slug, randomUUID(), writesOn(start, [edit('m1.s1.k1', { title: 'Theirs' })]))
    const writes = [...writesOn(start, [edit('m1.s1.k1', { title: 'Mine', notes: 'n' }), edit('m1.s1.k2', { title: 'Two' })]), { number: 3, changes: [edit('nowhere', { title: 'x' })], base: [edit('nowhere', { title: 'y' })] }]
    workspace.takeStatements()
    const pushed = await push(slug, randomUUID(), writes)
    expect(workspace.takeStatements().filter((text) => !text.includes('FROM users'))).toHaveLength(3)
    expect(pushed).toMatchObject({ __typename: 'PushWritesPayload', sequence: 4, acknowledged: 3 })
    expect(outcomes(pushed)).toEqual(['CONFLICT', 'APPLIED', 'UNKNOWN_ITEM'])
    expect(pushed.results[0].conflicts).toEqual([{
      id: expect.stringMatching(/^cfl_/), kind: 'field', itemKey: 'm1.s1.k1', itemTitle: 'Theirs', field: 'title', base: 'Microstep 1', local: 'Mine', remote: 'Theirs', number: 1, by: { name: expect.any(String) },
    }])
    expect(await titles(slug, 'm1.s1.k1', 'm1.s1.k2')).toEqual(['Theirs', 'Two'])
    const many = writesOn(start, Array.from({ length: 300 }, (_, n) => edit('m1.s1.k2', { notes: `n${n}` })), 1)
    workspace.takeStatements()
    await push(slug, randomUUID(), many)
    expect(workspace.takeStatements()).toHaveLength(3)
  })

  test('answers a push that comes again as the first time, and changes nothing', async () => {
    const slug = await workspace.project('again', samplePlan())
    const replica = randomUUID()
    await push(slug, randomUUID(), writesOn(start, [edit('m1.s1.k1', { title: 'Theirs' })]))
    const writes = [...writesOn(start, [edit('m1.s1.k1', { title: 'Mine' }), edit('m1.s1.k2', { title: 'Two' })]), { number: 3, changes: [edit('nowhere', { title: 'x' })], base: [edit('nowhere', { title: 'y' })] }]
    const first = await push(slug, replica, writes)
    await push(slug, randomUUID(), writesOn(start, [edit('m1.s1.k3', { title: 'Later' })]))
    const second = await push(slug, replica, writes)
    expect(second).toEqual({ ...first, sequence: 5 })

    // a month later the rows of what was applied are gone; what failed is still known
    expect(await pruneSyncEvents(workspace.services.db, new Date(Date.now() + 40 * 86_400_000))).toBeGreaterThan(0)
    const third = await push(slug, replica, writes)
    expect(outcomes(third)).toEqual(['CONFLICT', 'ALREADY_APPLIED', 'UNKNOWN_ITEM'])
    expect(third).toMatchObject({ sequence: 5, acknowledged: 3 })
    const more = await push(slug, replica, writesOn(start, [edit('m1.s2.k1', { title: 'Four' })], 4), 2)
    expect(outcomes(more)).toEqual(['APPLIED'])
  })

  test('takes the rest of a batch of which a part was answered before', async () => {
    const slug = await workspace.project('resumed', samplePlan())
    const replica = randomUUID()
    const writes = writesOn(start, [edit('m1.s1.k1', { title: 'One' }), edit('m1.s1.k2', { title: 'Two' }), edit('m1.s1.k3', { title: 'Three' })])
    await push(slug, replica, writes.slice(0, 2))
    expect(await push(slug, replica, writes)).toMatchObject({ sequence: 4, acknowledged: 3 })
    expect(await titles(slug, 'm1.s1.k1', 'm1.s1.k2', 'm1.s1.k3')).toEqual(['One', 'Two', 'Three'])
  })

  test('twenty copies of one push at the same time are written once', async () => {
    const slug = await workspace.project('twenty', samplePlan())
    const replica = randomUUID()
    const writes = writesOn(start, [{ op: 'add', kind: 'microstep', parentId: 'm1.s1', after: null, item: { id: 'once', title: 'Once' } }])
    const pushed = await Promise.all(Array.from({ length: 20 }, () => push(slug, replica, writes)))
    for (const one of pushed) expect([one.sequence, outcomes(one)]).toEqual([3, ['APPLIED']])
  })

  test('does not take a number for another write, nor one that was left out before', async () => {
    const slug = await workspace.project('numbers', samplePlan())
    const replica = randomUUID()
    await push(slug, replica, writesOn(start, [edit('m1.s1.k1', { title: 'One' })], 5))
    const other = [...writesOn(start, [edit('m1.s1.k1', { title: 'Other' })], 3), ...writesOn(start, [edit('m1.s1.k2', { title: 'Two' })], 5)]
    expect(outcomes(await push(slug, replica, other))).toEqual(['OUT_OF_ORDER', 'NUMBER_REUSED'])
    expect(await titles(slug, 'm1.s1.k1', 'm1.s1.k2')).toEqual(['One', 'Microstep 2'])
  })

  test('refuses what is no push with a clear error', async () => {
    const slug = await workspace.project('wrong', samplePlan())
    const replica = randomUUID()
    const one = writesOn(start, [edit('m1.s1.k1', { title: 'One' })])
    expect(await push(slug, 'mine', one)).toMatchObject({ __typename: 'ValidationError', path: ['replicaId'] })
    expect(await push(slug, replica, [])).toMatchObject({ __typename: 'ValidationError', path: ['writes'] })
    expect(await push(slug, replica, [...one, ...one])).toMatchObject({ __typename: 'ValidationError', path: ['writes', '1', 'number'] })
    expect(await push(slug, replica, writesOn(start, [edit('m1.s1.k1', { notes: 'x'.repeat(1_000_001) })]))).toMatchObject({ __typename: 'ValidationError', path: ['writes'] })
    expect(await push(slug, replica, one, 99)).toMatchObject({ __typename: 'ValidationError', path: ['baseSequence'] })
    expect(await push('unknown', replica, one)).toMatchObject({ __typename: 'NotFoundError' })
    const misshapen = [{ number: 1, changes: 'none', base: [] }, { number: 2, changes: one[0]!.changes, base: one[0]!.base }] as unknown as SyncWrite[]
    expect(outcomes(await push(slug, replica, misshapen))).toEqual(['INVALID_CHANGE', 'APPLIED'])
  })

  test('names the rule where the policy refuses', async () => {
    const slug = await workspace.project('archived', samplePlan())
    await workspace.run(`mutation { archiveProject(input: { projectId: "${slug}", archived: true }) { __typename } }`)
    const pushed = await push(slug, randomUUID(), writesOn(start, [edit('m1.s1.k1', { title: 'One' })]))
    expect(pushed.results).toMatchObject([{ outcome: 'REFUSED', code: 'POLICY_REFUSED', rule: 'projects.archived-is-read-only' }])
  })

  test('lets somebody who may only carry out the plan set statuses, and refuses the rest alone', async () => {
    const slug = await workspace.project('statuses', samplePlan())
    const tester = workspace.context({ ...workspace.actor, organisationRole: 'Member', defaultRole: 'QA' })
    const writes = writesOn(start, [edit('m1.s1.k1', { status: 'done' }), edit('m1.s1.k2', { title: 'Two' })])
    const pushed = await push(slug, randomUUID(), writes, 2, tester)
    expect(outcomes(pushed)).toEqual(['APPLIED', 'FORBIDDEN'])
  })

  test('a replica is one person\'s', async () => {
    const slug = await workspace.project('person', samplePlan())
    const replica = randomUUID()
    await push(slug, replica, writesOn(start, [edit('m1.s1.k1', { title: 'One' })]))
    await workspace.pool.query('UPDATE sync_replicas SET user_id = $1 WHERE id = $2', [randomUUID(), replica])
    expect(await push(slug, replica, writesOn(start, [edit('m1.s1.k1', { title: 'Two' })], 2))).toMatchObject({ __typename: 'ValidationError', path: ['replicaId'] })
  })

  test('tells readers of the log what was pushed', async () => {
    const slug = await workspace.project('told', samplePlan())
    const replica = randomUUID()
    await push(slug, replica, writesOn(start, [edit('m1.s1.k1', { title: 'One' })]))
    await push(slug, replica, [{ number: 2, changes: [edit('nowhere', { title: 'x' })], base: [edit('nowhere', { title: 'y' })] }])
    const { data } = await workspace.run<any>(`{ events(projectId: "${slug}", since: 2) { events { kind data } } }`)
    expect(data!.events.events).toEqual([
      { kind: 'plan.changed', data: { changes: [edit('m1.s1.k1', { title: 'One' })], inverse: [edit('m1.s1.k1', { title: 'Microstep 1' })], sync: { replicaId: replica, from: 1, to: 1, applied: 1, conflicts: 0, refused: 0 } } },
      { kind: 'sync.recorded', data: { sync: { replicaId: replica, from: 2, to: 2, applied: 0, conflicts: 0, refused: 1 } } },
    ])
    const { data: seen } = await workspace.run<any>(`{ syncQueue(projectId: "${slug}") { applied conflicts refused replicas { id acknowledged user { name } } }
      syncEvents(projectId: "${slug}", first: 5) { totalCount nodes { number outcome code changes } } refused: syncEvents(projectId: "${slug}", outcome: REFUSED) { totalCount } }`)
    expect(seen!.syncQueue).toMatchObject({ applied: 1, conflicts: 0, refused: 1, replicas: [{ id: replica, acknowledged: 2 }] })
    expect(seen!.syncEvents).toMatchObject({ totalCount: 2, nodes: [{ number: 2, outcome: 'REFUSED', code: 'UNKNOWN_ITEM' }, { number: 1, outcome: 'APPLIED' }] })
    expect(seen!.refused.totalCount).toBe(1)
  })
})

describe('pullChanges', () => {
  const pull = async (slug: string, since: number): Promise<any> => (await workspace.run<any>(`{ pullChanges(projectId: "${slug}", since: ${since}) { sequence changes document commentedItems } }`)).data?.pullChanges

  test('brings the whole plan first and then what happened since, in one statement', async () => {
    const slug = await workspace.project('pull', samplePlan())
    const whole = await pull(slug, 0)
    expect(whole).toMatchObject({ sequence: 2, changes: null, document: { milestones: samplePlan().milestones } })
    const changes = [edit('m1.s1.k1', { title: 'One' }), edit('m1.s1.k2', { title: 'Two' })]
    await push(slug, randomUUID(), writesOn(start, changes))
    await workspace.run(`mutation { addComment(input: { projectId: "${slug}", itemId: "m1.s1.k3", body: "Hm" }) { __typename } }`)
    workspace.takeStatements()
    expect(await pull(slug, 2)).toEqual({ sequence: 4, changes, document: null, commentedItems: ['m1.s1.k3'] })
    expect(workspace.takeStatements()).toHaveLength(1)
    expect(await pull(slug, 4)).toEqual({ sequence: 4, changes: [], document: null, commentedItems: [] })
  })

  test('brings many changes and a large plan in one statement too', async () => {
    const slug = await workspace.project('pull-many', samplePlan(4, 10, 10))
    const changes = Array.from({ length: 300 }, (_, n) => edit(`m${(n % 4) + 1}.s${(n % 10) + 1}.k${(n % 7) + 1}`, { notes: `n${n}` }))
    for (const from of [0, 150]) await push(slug, randomUUID(), writesOn(flattenPlan(samplePlan(4, 10, 10)), changes.slice(from, from + 150)))
    for (const since of [2, 0]) {
      workspace.takeStatements()
      expect(await pull(slug, since)).toMatchObject({ sequence: 4 })
      expect(workspace.takeStatements()).toHaveLength(1)
    }
  })

  test('brings the whole plan where history was cut, and an error for what is to come', async () => {
    const slug = await workspace.project('cut', samplePlan())
    await push(slug, randomUUID(), writesOn(start, [edit('m1.s1.k1', { title: 'One' })]))
    await workspace.administer(`UPDATE event_streams SET cut_at = 3 WHERE id = (SELECT id FROM projects WHERE slug = '${slug}')`)
    expect(await pull(slug, 2)).toMatchObject({ sequence: 3, changes: null, document: { milestones: [{ id: 'm1' }, { id: 'm2' }] } })
    const writes = writesOn(start, [edit('m1.s1.k1', { title: 'Mine' }), edit('m1.s1.k2', { title: 'Two' })])
    expect(outcomes(await push(slug, randomUUID(), writes))).toEqual(['CONFLICT', 'APPLIED'])
    const { errors } = await workspace.run(`{ pullChanges(projectId: "${slug}", since: 99) { sequence } }`)
    expect(errors?.[0]?.message).toContain('Pull from 0')
  })
})
