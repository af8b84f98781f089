import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../context.ts'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'

let workspace: TestWorkspace
let reader: Actor
beforeAll(async () => {
  workspace = await createTestWorkspace()
  reader = { ...workspace.actor, scopes: new Set(['comments.read']) }
  await workspace.project('talk', samplePlan(1, 1, 2))
})

const FIELDS = 'id threadId parentId itemKey body author { name } mentions { kind name } editedAt deletedAt resolvedAt resolvedBy { name } replyCount'
const write = (field: string, type: string) => `mutation ($input: ${type}Input!) { ${field}(input: $input) { __typename ... on ${type}Payload { sequence comment { ${FIELDS} } } ... on Error { code message path } } }`
const ADD = write('addComment', 'AddComment')
const REPLY = write('replyToComment', 'ReplyToComment')
const EDIT = write('editComment', 'EditComment')
const DELETE = write('deleteComment', 'DeleteComment')
const RESOLVE = write('resolveComment', 'ResolveComment')
const LIST = `query ($projectId: ID!, $itemId: ID, $itemKind: ItemKind, $resolved: Boolean, $first: Int, $after: String, $last: Int, $before: String) {
  comments(projectId: $projectId, itemId: $itemId, itemKind: $itemKind, resolved: $resolved, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor startCursor } nodes { ${FIELDS} replies(first: 2) { totalCount pageInfo { hasNextPage endCursor } nodes { body parentId } } } } }`

const send = async (source: string, input: object, actor?: Actor): Promise<any> =>
  Object.values((await workspace.run<any>(source, { input }, workspace.context(actor))).data!)[0]
const add = async (body: string, itemId = 'm1.s1.k1', projectId = 'talk'): Promise<any> => (await send(ADD, { projectId, itemId, body })).comment
const list = async (variables: object = {}): Promise<any> => (await workspace.run<any>(LIST, { projectId: 'talk', ...variables })).data!.comments
const lastEvent = async (projectId = 'talk'): Promise<any> =>
  (await workspace.run<any>(`query ($projectId: ID!) { events(projectId: $projectId, since: 0, first: 1000) { events { sequence kind actor data } } }`, { projectId })).data!.events.events.at(-1)

test('a comment begins a thread, keeps its markdown and says who is mentioned', async () => {
  const { __typename, sequence, comment } = await send(ADD, { projectId: 'talk', itemId: 'm1.s1.k1', body: 'Great work @johndoe! @role:QA please review `@nobody`.' })
  expect({ __typename, comment }).toEqual({
    __typename: 'AddCommentPayload',
    comment: {
      id: expect.stringMatching(/^cmt_/), threadId: comment.id, parentId: null, itemKey: 'm1.s1.k1', body: 'Great work @johndoe! @role:QA please review `@nobody`.', author: { name: 'Ada' },
      mentions: [{ kind: 'USER', name: 'johndoe' }, { kind: 'ROLE', name: 'QA' }], editedAt: null, deletedAt: null, resolvedAt: null, resolvedBy: null, replyCount: 0,
    },
  })
  expect(await lastEvent()).toMatchObject({
    sequence, kind: 'comment.added',
    data: { commentId: comment.id, threadId: comment.id, itemKey: 'm1.s1.k1', parentId: null, mentions: [{ kind: 'user', name: 'johndoe' }, { kind: 'role', name: 'QA' }] },
  })
})

test('it can be on a milestone and a step as well, named by key or by node id', async () => {
  const { data } = await workspace.run<any>('{ item(projectId: "talk", id: "m1.s1") { ... on Step { id } } }')
  expect([await add('on a milestone', 'm1'), await add('on a step', data.item.id)]).toMatchObject([{ itemKey: 'm1' }, { itemKey: 'm1.s1' }])
})

test.each([
  ['without a text', { body: ' \n' }, 'ValidationError', ['body']],
  ['with too long a text', { body: 'x'.repeat(50_001) }, 'ValidationError', ['body']],
  ['with a text that cannot be stored', { body: 'a\u0000b' }, 'ValidationError', null],
  ['on an item that is not there', { itemId: 'nope' }, 'NotFoundError', ['itemId']],
  ['on an item of another kind', { itemId: 'm1', itemKind: 'STEP' }, 'ValidationError', ['itemKind']],
  ['under an id that is none', { id: 'mine' }, 'ValidationError', ['id']],
])('a comment %s is refused, and nothing is written', async (_name, input, __typename, path) => {
  const { totalCount } = await list()
  expect(await send(ADD, { projectId: 'talk', itemId: 'm1', body: 'x', ...input })).toMatchObject({ __typename, path })
  expect((await list()).totalCount).toBe(totalCount)
})

test('an id is taken once, and one idempotency key writes one comment', async () => {
  const id = '01930000-0000-7000-8000-0000000000aa'
  expect(await send(ADD, { projectId: 'talk', itemId: 'm1', body: 'x', id })).toMatchObject({ comment: { id: `cmt_${id.replaceAll('-', '')}` } })
  expect(await send(ADD, { projectId: 'talk', itemId: 'm1', body: 'y', id })).toMatchObject({ __typename: 'AlreadyExistsError', path: ['id'] })
  const once = { projectId: 'talk', itemId: 'm1', body: 'once', idempotencyKey: 'once' }
  const answers = await Promise.all([1, 2, 3].map(() => send(ADD, once)))
  expect(new Set(answers.map((answer) => answer.comment.id)).size).toBe(1)
  expect(await send(ADD, { ...once, body: 'twice' })).toMatchObject({ __typename: 'IdempotencyConflictError' })
})

describe('answers', () => {
  test('lie in the thread of what they answer, also when that is an answer', async () => {
    const first = await add('first')
    const second = (await send(REPLY, { commentId: first.id, body: 'second' })).comment
    const third = (await send(REPLY, { commentId: second.id, body: 'third' })).comment
    expect([second, third]).toMatchObject([{ threadId: first.id, parentId: first.id }, { threadId: first.id, parentId: second.id, itemKey: 'm1.s1.k1' }])
    const { data } = await workspace.run<any>(`{ comment(commentId: "${first.id}") { replyCount replies(first: 10) { nodes { body } } } }`)
    expect(data.comment).toEqual({ replyCount: 2, replies: { nodes: [{ body: 'second' }, { body: 'third' }] } })
  })

  test('are paged from both ends', async () => {
    const first = await add('many')
    for (const body of ['1', '2', '3', '4', '5']) await send(REPLY, { commentId: first.id, body })
    const page = async (args: string): Promise<any> => (await workspace.run<any>(`{ comment(commentId: "${first.id}") { replies(${args}) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { body } } } }`)).data!.comment.replies
    const texts = ({ nodes }: any): string => nodes.map(({ body }: { body: string }) => body).join('')
    const [start, end] = [await page('first: 2'), await page('last: 2')]
    expect([texts(start), start.pageInfo.hasNextPage, texts(end), end.pageInfo.hasPreviousPage, start.totalCount]).toEqual(['12', true, '45', true, 5])
    expect(texts(await page(`first: 10, after: "${start.pageInfo.endCursor}"`))).toBe('345')
    expect(texts(await page(`last: 10, before: "${end.pageInfo.startCursor}"`))).toBe('123')
  })

  test('open a resolved thread again', async () => {
    const first = await add('solved?')
    await send(RESOLVE, { commentId: first.id })
    const reply = (await send(REPLY, { commentId: first.id, body: 'not yet' })).comment
    const { data } = await workspace.run<any>(`{ comment(commentId: "${reply.threadId}") { resolvedAt resolvedBy { name } } }`)
    expect(data.comment).toEqual({ resolvedAt: null, resolvedBy: null })
  })
})

describe('threads', () => {
  beforeAll(async () => {
    await workspace.project('list', samplePlan(1, 1, 2))
    for (const [body, item] of [['a', 'm1'], ['b', 'm1.s1.k1'], ['c', 'm1.s1.k1'], ['d', 'm1.s1.k2']] as const) {
      const { id } = await add(body, item, 'list')
      for (const reply of ['x', 'y', 'z']) await send(REPLY, { commentId: id, body: reply })
    }
  })
  const bodies = async (variables: object = {}): Promise<string> => (await list({ projectId: 'list', ...variables })).nodes.map(({ body }: { body: string }) => body).join('')

  test('are listed newest first, of a project, of one item or of one kind of items', async () => {
    expect([await bodies(), await bodies({ itemId: 'm1.s1.k1' }), await bodies({ itemId: 'm1.s1' }), await bodies({ itemKind: 'MILESTONE' })]).toEqual(['dcba', 'cb', '', 'a'])
  })

  test('are paged from both ends', async () => {
    const { pageInfo, totalCount } = await list({ projectId: 'list', first: 3 })
    expect([totalCount, pageInfo.hasNextPage, await bodies({ first: 3, after: pageInfo.endCursor }), await bodies({ last: 2 })]).toEqual([4, true, 'a', 'ba'])
  })

  test('come with their answers in two statements, however many there are', async () => {
    workspace.takeStatements()
    const { nodes } = await list({ projectId: 'list' })
    expect(workspace.takeStatements()).toHaveLength(2)
    expect(nodes[0].replies).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true }, nodes: [{ body: 'x', parentId: nodes[0].id }, { body: 'y' }] })
  })

  test('are resolved and opened by any of their comments, with who and when', async () => {
    const [{ id }] = (await list({ projectId: 'list', first: 1 })).nodes
    const reply = (await send(REPLY, { commentId: id, body: 'done' })).comment
    const resolved = await send(RESOLVE, { commentId: reply.id })
    expect(resolved.comment).toMatchObject({ id, resolvedAt: expect.stringMatching(/Z$/), resolvedBy: { name: 'Ada' } })
    expect(await lastEvent('list')).toMatchObject({ kind: 'comment.resolved', sequence: resolved.sequence })
    expect([await bodies({ resolved: true }), await bodies({ resolved: false })]).toEqual(['d', 'cba'])
    expect(await send(RESOLVE, { commentId: reply.id })).toMatchObject({ sequence: resolved.sequence, comment: { id } })
    expect((await send(RESOLVE, { commentId: id, resolved: false })).comment).toMatchObject({ resolvedAt: null, resolvedBy: null })
    expect((await lastEvent('list')).kind).toBe('comment.reopened')
  })
})

describe('a comment', () => {
  test('is edited, and the log says so without the text', async () => {
    const { id } = await add('teh text')
    const edited = await send(EDIT, { commentId: id, body: 'the text for @ada' })
    expect(edited.comment).toMatchObject({ body: 'the text for @ada', editedAt: expect.stringMatching(/Z$/), mentions: [{ kind: 'USER', name: 'ada' }] })
    expect(await lastEvent()).toMatchObject({ kind: 'comment.edited', data: { commentId: expect.any(String), mentions: [{ kind: 'user', name: 'ada' }] } })
    const { editedAt } = edited.comment
    for (const expectedEditedAt of [null, '2020-01-01T00:00:00.000Z']) expect(await send(EDIT, { commentId: id, body: 'over it', expectedEditedAt })).toMatchObject({ __typename: 'ConflictError' })
    expect((await send(EDIT, { commentId: id, body: 'the text for @ada', expectedEditedAt: editedAt })).sequence).toBe(edited.sequence)
    expect((await send(EDIT, { commentId: id, body: 'the text for @ada' })).sequence).toBe(edited.sequence)
  })

  test('that is deleted leaves its place and no text, once', async () => {
    const { id } = await add('secret @ada')
    await send(REPLY, { commentId: id, body: 'answer' })
    const deleted = await send(DELETE, { commentId: id })
    expect(deleted.comment).toMatchObject({ body: null, mentions: [], deletedAt: expect.stringMatching(/Z$/), replyCount: 1 })
    expect(await lastEvent()).toMatchObject({ kind: 'comment.deleted', sequence: deleted.sequence })
    const { data } = await workspace.run<any>('{ events(projectId: "talk", since: 0, first: 1000) { events { data } } }')
    expect(JSON.stringify(data)).not.toContain('secret')
    expect((await send(DELETE, { commentId: id })).sequence).toBe(deleted.sequence)
    expect(await send(EDIT, { commentId: id, body: 'again' })).toMatchObject({ __typename: 'ValidationError', path: ['commentId'] })
  })

  test("of somebody else is changed with comments.moderate alone", async () => {
    const { id } = await add('mine')
    const other = { ...workspace.actor, userId: (await workspace.stranger()).actor.userId }
    const writer = { ...other, scopes: new Set(['comments.read', 'comments.write']) }
    expect(await send(EDIT, { commentId: id, body: 'yours' }, writer)).toMatchObject({ __typename: 'ForbiddenError' })
    expect(await send(DELETE, { commentId: id }, writer)).toMatchObject({ __typename: 'ForbiddenError' })
    expect(await send(RESOLVE, { commentId: id }, writer)).toMatchObject({ __typename: 'ResolveCommentPayload' })
    expect(await send(EDIT, { commentId: id, body: 'moderated' }, { ...writer, scopes: new Set([...writer.scopes, 'comments.moderate']) })).toMatchObject({ __typename: 'EditCommentPayload' })
  })

  test('outlives its item', async () => {
    await workspace.project('gone', samplePlan(1, 1, 1))
    const { id } = await add('what about this?', 'm1.s1.k1', 'gone')
    await workspace.run('mutation { deleteMicrostep(input: { projectId: "gone", id: "m1.s1.k1" }) { __typename } }')
    const { data } = await workspace.run<any>(`{ comment(commentId: "${id}") { itemKey body } }`)
    expect(data.comment).toEqual({ itemKey: null, body: 'what about this?' })
    expect(await send(REPLY, { commentId: id, body: 'moved' })).toMatchObject({ __typename: 'ReplyToCommentPayload' })
  })

  test('is written in three statements, and its event tells of it', async () => {
    workspace.takeStatements()
    await add('@ada and @bob')
    expect(workspace.takeStatements()).toHaveLength(3)
  })

  test('is read with comments.read and written with comments.write; an archived project takes none', async () => {
    const { id } = await add('x')
    expect(await send(REPLY, { commentId: id, body: 'y' }, reader)).toMatchObject({ __typename: 'ForbiddenError' })
    expect((await workspace.run<any>(`{ node(id: "${id}") { ... on Comment { body } } }`, {}, workspace.context(reader))).data!.node).toEqual({ body: 'x' })
    await workspace.project('shut', samplePlan(1, 1, 1))
    await workspace.run('mutation { archiveProject(input: { projectId: "shut" }) { __typename } }')
    expect(await send(ADD, { projectId: 'shut', itemId: 'm1', body: 'x' })).toMatchObject({ __typename: 'PolicyError' })
  })
})

test('many writers of one thread lose no answer', async () => {
  const { id } = await add('busy')
  await Promise.all(Array.from({ length: 20 }, (_, index) => send(REPLY, { commentId: id, body: String(index) })))
  const { data } = await workspace.run<any>(`{ comment(commentId: "${id}") { replyCount replies(first: 100) { nodes { body } } } }`)
  expect(data.comment.replyCount).toBe(20)
  expect(new Set(data.comment.replies.nodes.map(({ body }: { body: string }) => body)).size).toBe(20)
})
