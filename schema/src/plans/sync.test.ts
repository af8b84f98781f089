import type { PlanChange } from '@buildrunner/sdk/plans'
import { beforeAll, describe, expect, test } from 'vitest'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

interface Synced {
  __typename: string
  message?: string
  path?: string[]
  sequence: number
  applied: number
  changes: PlanChange[]
  basePatch: PlanChange[]
  conflicts: { kind: string; id: string; field: string | null; base: unknown; local: unknown; remote: unknown }[]
  summary: { pulled: number; pushed: number; conflicts: number; sequence: number }
}

const SYNC = `mutation ($input: SyncPlanInput!) { syncPlan(input: $input) { __typename
  ... on SyncPlanPayload { sequence applied changes basePatch conflicts { kind id field base local remote } summary { pulled pushed conflicts sequence } } ... on Error { message path } } }`

const sync = async (projectId: string, input: object): Promise<Synced> => {
  const { data, errors } = await workspace.run<{ syncPlan: Synced }>(SYNC, { input: { projectId, ...input } })
  if (!data) throw new Error(JSON.stringify(errors))
  return data.syncPlan
}
const title = async (slug: string, key: string): Promise<string> =>
  ((await workspace.run<any>(`{ item(projectId: "${slug}", id: "${key}") { ... on Microstep { title } } }`)).data as any).item.title
const edit = (id: string, set: Record<string, unknown>): PlanChange => ({ op: 'update', id, set })

describe('syncPlan', () => {
  test('pushes a whole plan into an empty project with two statements', async () => {
    const slug = await workspace.project('first')
    workspace.takeStatements()
    const plan = samplePlan()
    const changes = plan.milestones.map((item, index): PlanChange => ({ op: 'add', kind: 'milestone', parentId: null, after: plan.milestones[index - 1]?.id ?? null, item }))
    const synced = await sync(slug, { changes: [{ op: 'head', set: { version: 1, project: { name: 'Renamed by its plan' } } }, ...changes] })
    expect(synced).toMatchObject({ __typename: 'SyncPlanPayload', sequence: 2, applied: 3, changes: [], conflicts: [], basePatch: [] })
    expect(workspace.takeStatements()).toHaveLength(2)
    const { data } = await workspace.run<any>(`{ project(projectId: "${slug}") { name counts { microsteps } } plan(projectId: "${slug}") { document } }`)
    expect(data).toEqual({ project: { name: 'Renamed by its plan', counts: { microsteps: 12 } }, plan: { document: { ...plan, project: { name: 'Renamed by its plan' } } } })
  })

  test('edits of different fields meet on both sides', async () => {
    const slug = await workspace.project('meet', samplePlan())
    await sync(slug, { baseSequence: 2, changes: [edit('m1.s1.k1', { title: 'Theirs' })] })
    const synced = await sync(slug, { baseSequence: 2, changes: [edit('m1.s1.k1', { assignee: 'bo' }), edit('m1.s1.k2', { title: 'Mine' })] })
    expect(synced).toMatchObject({ sequence: 4, applied: 2, changes: [edit('m1.s1.k1', { title: 'Theirs' })], conflicts: [], basePatch: [], summary: { pulled: 1, pushed: 2, conflicts: 0, sequence: 4 } })
    expect([await title(slug, 'm1.s1.k1'), await title(slug, 'm1.s1.k2')]).toEqual(['Theirs', 'Mine'])
  })

  test('the same field stays as each side has it until one is kept', async () => {
    const slug = await workspace.project('conflict', samplePlan())
    await sync(slug, { baseSequence: 2, changes: [edit('m1.s1.k1', { title: 'Theirs' })] })
    const first = await sync(slug, { baseSequence: 2, changes: [edit('m1.s1.k1', { title: 'Mine' }), edit('m1.s1.k2', { title: 'Also mine' })] })
    expect(first.conflicts).toEqual([{ kind: 'field', id: 'm1.s1.k1', field: 'title', base: 'Microstep 1', local: 'Mine', remote: 'Theirs' }])
    expect(first).toMatchObject({ sequence: 4, applied: 1, changes: [] })
    expect([await title(slug, 'm1.s1.k1'), await title(slug, 'm1.s1.k2')]).toEqual(['Theirs', 'Also mine'])

    const mark = { baseSequence: first.sequence, basePatch: first.basePatch, changes: [edit('m1.s1.k1', { title: 'Mine' })] }
    const again = await sync(slug, mark)
    expect(again).toMatchObject({ sequence: 4, applied: 0, changes: [], conflicts: first.conflicts, basePatch: first.basePatch })

    const local = await sync(slug, { ...mark, resolutions: [{ id: 'm1.s1.k1', field: 'title', keep: 'LOCAL' }] })
    expect(local).toMatchObject({ sequence: 5, applied: 1, changes: [], conflicts: [], basePatch: [] })
    expect(await title(slug, 'm1.s1.k1')).toBe('Mine')
  })

  test('keeping the remote value changes the caller only', async () => {
    const slug = await workspace.project('remote', samplePlan())
    await sync(slug, { baseSequence: 2, changes: [edit('m1.s1.k1', { title: 'Theirs' })] })
    const synced = await sync(slug, { baseSequence: 2, changes: [edit('m1.s1.k1', { title: 'Mine' })], resolutions: [{ id: 'm1.s1.k1', keep: 'REMOTE' }] })
    expect(synced).toMatchObject({ sequence: 3, applied: 0, changes: [edit('m1.s1.k1', { title: 'Theirs' })], conflicts: [] })
  })

  test('what was deleted does not come back, even from a base of long ago', async () => {
    const slug = await workspace.project('deleted', samplePlan())
    await sync(slug, { baseSequence: 2, changes: [{ op: 'remove', id: 'm2' }] })
    const synced = await sync(slug, { baseSequence: 2, changes: [edit('m1.s1.k1', { title: 'Mine' })] })
    expect(synced).toMatchObject({ applied: 1, changes: [{ op: 'remove', id: 'm2' }], conflicts: [] })
  })

  test('a dry run answers the same and writes nothing', async () => {
    const slug = await workspace.project('dry', samplePlan())
    const synced = await sync(slug, { baseSequence: 2, changes: [edit('m1.s1.k1', { title: 'Mine' })], dryRun: true })
    expect(synced).toMatchObject({ sequence: 2, applied: 1 })
    expect(await title(slug, 'm1.s1.k1')).toBe('Microstep 1')
  })

  test('a repeated push is recognised and answered the same', async () => {
    const slug = await workspace.project('twice', samplePlan())
    const input = { baseSequence: 2, changes: [edit('m1.s1.k1', { title: 'Mine' })], idempotencyKey: 'twice' }
    const first = await sync(slug, input)
    expect(await sync(slug, input)).toEqual(first)
    // and without a key, the same edits on both sides are no conflict and no change
    expect(await sync(slug, { ...input, idempotencyKey: undefined })).toMatchObject({ sequence: 3, applied: 0, changes: [], conflicts: [] })
  })

  test.each([
    ['a sequence that is not there yet', { baseSequence: 9 }, ['baseSequence'], 'there is no 9 yet'],
    ['changes of the wrong shape', { baseSequence: 2, changes: [{ op: 'delete', id: 'm1' }] }, ['changes', '0'], 'op'],
    ['a change of an item that is not there', { baseSequence: 2, changes: [edit('nope', { title: 'x' })] }, ['changes', '0'], 'there is no item nope'],
    ['a value of the wrong type', { baseSequence: 2, changes: [edit('m1.s1.k1', { status: 'finished' })] }, ['changes', '0'], 'in_progress'],
    ['a dependency on nothing', { baseSequence: 2, changes: [edit('m1.s1.k1', { dependsOn: ['nope'] })] }, ['changes'], 'nope'],
    ['a cycle', { baseSequence: 2, changes: [edit('m1.s1.k1', { dependsOn: ['m1.s1.k3'] })] }, ['changes'], 'm1.s1.k3'],
    ['a text that cannot be stored', { baseSequence: 2, changes: [edit('m1.s1.k1', { title: 'a\u0000b' })] }, null, 'cannot be stored'],
  ])('refuses %s, and changes nothing', async (name, input, path, message) => {
    const slug = await workspace.project(`refused-${name.replaceAll(' ', '-')}`, samplePlan())
    const refused = await sync(slug, input)
    expect(refused).toMatchObject({ __typename: 'ValidationError', path, message: expect.stringContaining(message) })
    expect(await sync(slug, { baseSequence: 2 })).toMatchObject({ sequence: 2, applied: 0 })
  })

  test('two keys may be swapped, and a deleted key used again, in one batch', async () => {
    const slug = await workspace.project('swap', samplePlan(1, 1, 3))
    const id = async (key: string) => ((await workspace.run<any>(`{ item(projectId: "${slug}", id: "${key}") { ... on Microstep { id } } }`)).data as any).item.id
    const [first, second] = [await id('m1.s1.k1'), await id('m1.s1.k2')]
    const swapped = await sync(slug, { baseSequence: 2, changes: [{ op: 'rename', id: 'm1.s1.k1', to: 'x' }, { op: 'rename', id: 'm1.s1.k2', to: 'm1.s1.k1' }, { op: 'rename', id: 'x', to: 'm1.s1.k2' }] })
    expect(swapped).toMatchObject({ __typename: 'SyncPlanPayload', sequence: 3 })
    expect([await id('m1.s1.k1'), await id('m1.s1.k2')]).toEqual([second, first])
    const reused = await sync(slug, { baseSequence: 3, changes: [{ op: 'remove', id: 'm1.s1.k3' }, { op: 'add', kind: 'microstep', parentId: 'm1.s1', after: null, item: { id: 'm1.s1.k3', title: 'Again' } }] })
    expect(reused).toMatchObject({ __typename: 'SyncPlanPayload', sequence: 4 })
    expect(await title(slug, 'm1.s1.k3')).toBe('Again')
  })
})
