import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '../context.ts'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
  await workspace.project('shop', samplePlan(1, 2, 2))
})

const ask = async (source: string, variables: object = {}, actor?: Actor): Promise<any> => {
  const { data, errors } = await workspace.run<any>(source, variables as Record<string, unknown>, workspace.context(actor))
  if (errors !== undefined) throw errors[0]
  return Object.values(data!)[0]
}
const comment = async (): Promise<string> =>
  (await ask('mutation { addComment(input: { projectId: "shop", itemId: "m1.s1.k1", body: "What about errors?" }) { ... on AddCommentPayload { comment { id } } } }')).comment.id
const promote = (commentId: string, more: object = {}, actor?: Actor): Promise<any> => ask(
  `mutation ($input: PromoteCommentInput!) { promoteComment(input: $input) { __typename
    ... on PromoteCommentPayload { sequence comment { id promotedToKey promotedTo { id } } microstep { id key title stepKey acceptanceCriteria { text } extra promotedFrom { id } } }
    ... on Error { code message path } } }`,
  { input: { commentId, stepId: 'm1.s1', title: 'Handle errors', criteria: ['Errors are shown', 'Nothing is lost'], ...more } }, actor)
const events = async (): Promise<any[]> => (await ask('{ events(projectId: "shop", since: 0, first: 1000) { events { sequence kind data } } }')).events

test('a comment becomes a microstep with criteria, at the end of its step, and each names the other', async () => {
  const id = await comment()
  const { sequence, comment: promoted, microstep } = await promote(id)
  expect(microstep).toEqual({
    id: promoted.promotedTo.id, key: 'm1.s1.k3', title: 'Handle errors', stepKey: 'm1.s1', acceptanceCriteria: [{ text: 'Errors are shown' }, { text: 'Nothing is lost' }],
    extra: { 'x-promotedFrom': id }, promotedFrom: { id },
  })
  expect(promoted).toMatchObject({ id, promotedToKey: 'm1.s1.k3' })
  const last = (await events()).at(-1)
  expect(last).toMatchObject({ sequence, kind: 'plan.changed', data: { changes: [{ op: 'add', item: { id: 'm1.s1.k3' } }], promoted: { commentId: id, threadId: id, itemKey: 'm1.s1.k1', microstepId: microstep.id, microstepKey: 'm1.s1.k3' } } })
  const { rows } = await workspace.pool.query('SELECT target_type, target_id FROM audit_records WHERE action = $1', ['comment.promote'])
  expect(rows).toEqual([{ target_type: 'comment', target_id: expect.stringContaining(id.slice(4, 12)) }])
})

test('the plan document carries the link, and brings it through a sync', async () => {
  const id = await comment()
  const { microstep } = await promote(id, { key: 'errors' })
  const { sequence, document } = await ask('{ planDocument(projectId: "shop") { sequence document } }')
  expect(document.milestones[0].steps[0].microsteps.at(-1)).toEqual({ id: 'errors', title: 'Handle errors', acceptanceCriteria: [{ text: 'Errors are shown' }, { text: 'Nothing is lost' }], 'x-promotedFrom': id })
  const pushed = await ask('mutation ($input: SyncPlanInput!) { syncPlan(input: $input) { __typename ... on SyncPlanPayload { conflicts { kind } } } }', {
    input: { projectId: 'shop', baseSequence: sequence, changes: [{ op: 'update', id: 'errors', set: { title: 'Show errors' } }, { op: 'move', id: 'errors', parentId: 'm1.s2', after: null }] },
  })
  expect(pushed).toEqual({ __typename: 'SyncPlanPayload', conflicts: [] })
  expect(await ask(`{ node(id: "${microstep.id}") { ... on Microstep { title stepKey extra promotedFrom { id } } } }`)).toEqual({ title: 'Show errors', stepKey: 'm1.s2', extra: { 'x-promotedFrom': id }, promotedFrom: { id } })
})

test('a second time is refused, naming the microstep, until that is deleted', async () => {
  const id = await comment()
  const { microstep: { key } } = await promote(id)
  expect(await promote(id, { title: 'Again' })).toMatchObject({ __typename: 'AlreadyExistsError', path: ['commentId'], message: expect.stringContaining(key) })
  await ask(`mutation { deleteMicrostep(input: { projectId: "shop", id: "${key}" }) { __typename } }`)
  expect(await ask(`{ comment(commentId: "${id}") { promotedToKey promotedTo { key } } }`)).toEqual({ promotedToKey: null, promotedTo: null })
  expect(await promote(id)).toMatchObject({ __typename: 'PromoteCommentPayload' })
})

test('of many at once one makes it, and a repeated request is answered from the first', async () => {
  const id = await comment()
  const answers = await Promise.all([1, 2, 3, 4].map((count) => promote(id, { title: `Try ${count}` })))
  expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['AlreadyExistsError', 'AlreadyExistsError', 'AlreadyExistsError', 'PromoteCommentPayload'])
  const other = await comment()
  const [one, two] = [await promote(other, { idempotencyKey: 'once' }), await promote(other, { idempotencyKey: 'once' })]
  expect(two).toEqual(one)
  expect(await promote(other, { idempotencyKey: 'once', title: 'Other' })).toMatchObject({ __typename: 'IdempotencyConflictError' })
})

test('the client may choose key and id, once', async () => {
  const id = '01930000-0000-7000-8000-0000000000bb'
  expect((await promote(await comment(), { key: 'mine', id })).microstep).toMatchObject({ key: 'mine', id: `mic_${id.replaceAll('-', '')}` })
  expect(await promote(await comment(), { key: 'mine' })).toMatchObject({ __typename: 'AlreadyExistsError', path: ['key'] })
  expect(await promote(await comment(), { id })).toMatchObject({ __typename: 'AlreadyExistsError', path: ['id'] })
})

test.each([
  ['in no step', { stepId: 'nope' }, 'NotFoundError', ['stepId']],
  ['in a milestone', { stepId: 'm1' }, 'NotFoundError', ['stepId']],
  ['without a title', { title: '' }, 'ValidationError', ['title']],
  ['with an empty criterion', { criteria: ['a', ' '] }, 'ValidationError', ['criteria', '1']],
  ['under an id that is none', { id: 'mine' }, 'ValidationError', ['id']],
])('%s it is refused, and nothing is written', async (_name, more, __typename, path) => {
  const id = await comment()
  const before = (await events()).length
  expect(await promote(id, more)).toMatchObject({ __typename, path })
  expect((await events()).length).toBe(before)
})

test('it needs comments.promote and planner.write; a deleted comment becomes nothing', async () => {
  const id = await comment()
  const holding = (...scopes: string[]): Actor => ({ ...workspace.actor, scopes: new Set(['comments.read', 'planner.read', ...scopes]) })
  expect(await promote(id, {}, holding('planner.write'))).toMatchObject({ __typename: 'ForbiddenError', message: expect.stringContaining('comments.promote') })
  expect(await promote(id, {}, holding('comments.promote'))).toMatchObject({ __typename: 'ForbiddenError', message: expect.stringContaining('planner.write') })
  expect(await promote(id, {}, (await workspace.stranger()).actor)).toMatchObject({ __typename: 'NotFoundError' })
  expect(await promote(id, {}, holding('comments.promote', 'planner.write'))).toMatchObject({ __typename: 'PromoteCommentPayload' })
  const gone = await comment()
  await ask(`mutation { deleteComment(input: { commentId: "${gone}" }) { __typename } }`)
  expect(await promote(gone)).toMatchObject({ __typename: 'ValidationError', path: ['commentId'] })
})
