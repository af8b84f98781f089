import { randomUUID } from 'node:crypto'
import { applyChanges, flattenPlan, invertChanges } from '@buildrunner/sdk/plans'
import type { PlanChange } from '@buildrunner/sdk/plans'
import { beforeAll, describe, expect, test } from 'vitest'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

const start = flattenPlan(samplePlan())
const edit = (id: string, set: Record<string, unknown>): PlanChange => ({ op: 'update', id, set })

const PUSH = `mutation ($input: PushWritesInput!) { pushWrites(input: $input) { ... on PushWritesPayload { results { outcome code conflicts { id kind itemKey } } } ... on Error { message } } }`
const RESOLVE = `mutation ($input: ResolveConflictInput!) { resolveConflict(input: $input) { __typename
  ... on ResolveConflictPayload { sequence changes affectedCriteria { itemKey id text } conflict { strategy autoResolved resolvedAt resolvedBy { name } remote } }
  ... on ConflictError { message conflicts { remote } } ... on Error { code path } } }`

async function run(source: string, input: object): Promise<any> {
  const { data, errors } = await workspace.run<any>(source, { input })
  if (!data) throw new Error(JSON.stringify(errors))
  return Object.values(data)[0]
}
const push = async (projectId: string, ...changes: PlanChange[]): Promise<any> => {
  let view = start
  const writes = changes.map((change, index) => {
    const base = invertChanges(view, [change])
    view = applyChanges(view, [change])
    return { number: index + 1, changes: [change], base }
  })
  return run(PUSH, { projectId, replicaId: randomUUID(), baseSequence: 2, writes })
}
const resolve = (conflictId: string, strategy: string, more: object = {}): Promise<any> => run(RESOLVE, { conflictId, strategy, ...more })
const fields = async (slug: string, key: string): Promise<any> => (await workspace.run<any>(`{ item(projectId: "${slug}", id: "${key}") { ... on Microstep { title } } }`)).data!.item
const openIn = async (slug: string): Promise<number> => (await workspace.run<any>(`{ syncConflicts(projectId: "${slug}", open: true, first: 5) { totalCount } }`)).data!.syncConflicts.totalCount

/** A project in which one title was set by two. */
async function conflicting(slug: string): Promise<string> {
  await workspace.project(slug, samplePlan())
  await push(slug, edit('m1.s1.k1', { title: 'Theirs' }))
  return (await push(slug, edit('m1.s1.k1', { title: 'Mine' }))).results[0].conflicts[0].id
}

describe('resolveConflict', () => {
  test('keeping the local side changes the plan; the record says who decided, and how', async () => {
    const id = await conflicting('local')
    const preview = await resolve(id, 'KEEP_LOCAL', { dryRun: true })
    expect(preview).toMatchObject({ sequence: 4, changes: [edit('m1.s1.k1', { title: 'Mine' })] })
    expect(preview.affectedCriteria).toContainEqual({ itemKey: 'm1.s1.k2', id: 'tests', text: 'Tests pass.' })
    expect(await openIn('local')).toBe(1)
    expect(await resolve(id, 'KEEP_LOCAL')).toMatchObject({ __typename: 'ResolveConflictPayload', sequence: 5, conflict: { strategy: 'KEEP_LOCAL', autoResolved: false, resolvedBy: { name: expect.any(String) }, resolvedAt: expect.anything() } })
    expect([await fields('local', 'm1.s1.k1'), await openIn('local')]).toEqual([{ title: 'Mine' }, 0])
    expect(await resolve(id, 'TAKE_REMOTE')).toMatchObject({ __typename: 'ConflictError' })
  })

  test('taking the remote side changes nothing but the record', async () => {
    const id = await conflicting('remote')
    expect(await resolve(id, 'TAKE_REMOTE')).toMatchObject({ sequence: 5, changes: [] })
    expect([await fields('remote', 'm1.s1.k1'), await openIn('remote')]).toEqual([{ title: 'Theirs' }, 0])
    const { data } = await workspace.run<any>(`{ events(projectId: "remote", since: 4) { events { kind data } } }`)
    expect(data!.events.events).toEqual([{ kind: 'conflict.resolved', data: { conflictId: id, strategy: 'take_remote' } }])
  })

  test('merging by hand makes of it what the changes say, and they must make a valid plan', async () => {
    const id = await conflicting('hand')
    expect(await resolve(id, 'MERGE')).toMatchObject({ __typename: 'ValidationError', path: ['changes'] })
    expect(await resolve(id, 'MERGE', { changes: [edit('m1.s1.k1', { dependsOn: ['m1.s1.k3'] })] })).toMatchObject({ __typename: 'ValidationError', path: ['changes'] })
    await resolve(id, 'MERGE', { changes: [edit('m1.s1.k1', { title: 'Ours' })] })
    expect([await fields('hand', 'm1.s1.k1'), await openIn('hand')]).toEqual([{ title: 'Ours' }, 0])
  })

  test('a value that was changed since is told and not overwritten; the conflict is brought up to date', async () => {
    const id = await conflicting('moved')
    await workspace.run(`mutation { applyPlanChanges(input: { projectId: "moved", changes: ${'[{ op: "update", id: "m1.s1.k1", set: { title: "Newer" } }]'} }) { __typename } }`)
    expect(await resolve(id, 'KEEP_LOCAL')).toMatchObject({ __typename: 'ConflictError', conflicts: [{ remote: 'Newer' }] })
    expect(await fields('moved', 'm1.s1.k1')).toEqual({ title: 'Newer' })
    expect(await resolve(id, 'KEEP_LOCAL')).toMatchObject({ __typename: 'ResolveConflictPayload', conflict: { remote: 'Newer' } })
    expect(await fields('moved', 'm1.s1.k1')).toEqual({ title: 'Mine' })
  })

  test('an edit of what others deleted brings it back with what lay in it, and decides all of it', async () => {
    await workspace.project('deleted', samplePlan())
    await push('deleted', { op: 'remove', id: 'm2.s2' })
    const pushed = await push('deleted', edit('m2.s2.k1', { title: 'Kept' }), edit('m2.s2.k3', { title: 'Too' }))
    expect(pushed.results.map(({ outcome }: any) => outcome)).toEqual(['CONFLICT', 'CONFLICT'])
    const conflicts = pushed.results.flatMap((result: any) => result.conflicts)
    for (const { id } of conflicts) await resolve(id, 'KEEP_LOCAL')
    expect([await fields('deleted', 'm2.s2.k1'), await fields('deleted', 'm2.s2.k2'), await fields('deleted', 'm2.s2.k3')]).toEqual([{ title: 'Kept' }, { title: 'Microstep 2' }, { title: 'Too' }])
    expect(await openIn('deleted')).toBe(0)
  })

  test('a deletion is decided as one act, however much others did in what it deleted', async () => {
    await workspace.project('deletion', samplePlan())
    await push('deletion', edit('m2.s2.k1', { title: 'Theirs' }), edit('m2.s2.k2', { title: 'Theirs' }))
    const [{ conflicts }] = (await push('deletion', { op: 'remove', id: 'm2.s2' })).results
    expect(conflicts).toHaveLength(2)
    await resolve(conflicts[0].id, 'KEEP_LOCAL')
    expect([await fields('deletion', 'm2.s2.k1'), await openIn('deletion')]).toEqual([null, 0])
  })

  test('is done once under an idempotency key', async () => {
    const id = await conflicting('once')
    const first = await resolve(id, 'KEEP_LOCAL', { idempotencyKey: 'k1' })
    expect(await resolve(id, 'KEEP_LOCAL', { idempotencyKey: 'k1' })).toEqual(first)
  })
})
