import { beforeAll, expect, test } from 'vitest'
import type { PlanChange } from '@buildrunner/sdk/plans'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

const edit = (id: string, set: Record<string, unknown>): PlanChange => ({ op: 'update', id, set })
const SYNC = `mutation ($input: SyncPlanInput!) { syncPlan(input: $input) { ... on SyncPlanPayload { sequence basePatch conflicts { id } } ... on Error { message } } }`
const sync = async (projectId: string, input: object): Promise<any> => (await workspace.run<any>(SYNC, { input: { projectId, ...input } })).data!.syncPlan
const kept = async (slug: string): Promise<any[]> =>
  (await workspace.run<any>(`{ syncConflicts(projectId: "${slug}", first: 9) { nodes { id itemKey field local remote replicaId strategy autoResolved resolvedAt } } }`)).data!.syncConflicts.nodes

test('the conflicts of a file wait in the same list, each once, until a sync brings the decision', async () => {
  const slug = await workspace.project('file', samplePlan())
  await sync(slug, { baseSequence: 2, changes: [edit('m1.s1.k1', { title: 'Theirs' })] })
  const mine = [edit('m1.s1.k1', { title: 'Mine' })]
  const first = await sync(slug, { baseSequence: 2, changes: mine })
  expect(await kept(slug)).toMatchObject([{ itemKey: 'm1.s1.k1', field: 'title', local: 'Mine', remote: 'Theirs', replicaId: null, resolvedAt: null }])
  const mark = { baseSequence: first.sequence, basePatch: first.basePatch, changes: mine }
  expect((await sync(slug, mark)).sequence).toBe(first.sequence)
  expect(await kept(slug)).toHaveLength(1)
  await sync(slug, { ...mark, resolutions: [{ id: 'm1.s1.k1', keep: 'LOCAL' }] })
  expect(await kept(slug)).toMatchObject([{ strategy: 'KEEP_LOCAL', autoResolved: false, resolvedAt: expect.any(String) }])
})

test('one that a later sync no longer reports has ended by itself', async () => {
  const slug = await workspace.project('itself', samplePlan())
  await sync(slug, { baseSequence: 2, changes: [edit('m1.s1.k1', { title: 'Theirs' })] })
  const first = await sync(slug, { baseSequence: 2, changes: [edit('m1.s1.k1', { title: 'Mine' })] })
  await sync(slug, { baseSequence: first.sequence, basePatch: first.basePatch, changes: [edit('m1.s1.k1', { title: 'Theirs' })] })
  expect(await kept(slug)).toMatchObject([{ strategy: null, autoResolved: true, resolvedAt: expect.any(String) }])
})

test('one can be decided here: the next sync of the file finds nothing left', async () => {
  const slug = await workspace.project('here', samplePlan())
  await sync(slug, { baseSequence: 2, changes: [{ op: 'remove', id: 'm2.s2' }] })
  const mine = [edit('m2.s2.k1', { title: 'Mine' }), edit('m1.s1.k1', { title: 'Free' })]
  const first = await sync(slug, { baseSequence: 2, changes: mine })
  const [{ id }] = await kept(slug)
  const { data } = await workspace.run<any>('mutation ($id: ID!) { resolveConflict(input: { conflictId: $id, strategy: KEEP_LOCAL }) { __typename ... on ResolveConflictPayload { changes } ... on Error { message } } }', { id })
  expect(data!.resolveConflict).toMatchObject({ __typename: 'ResolveConflictPayload', changes: [{ op: 'add', item: { id: 'm2.s2' } }] })
  const again = await sync(slug, { baseSequence: first.sequence, basePatch: first.basePatch, changes: [edit('m2.s2.k1', { title: 'Mine' })] })
  expect(again.conflicts).toEqual([])
})
