/** What hangs on comments: reactions, attachments, earlier texts, what is unread, whom mentions mean, and the microstep that one becomes. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../context.ts'
import { addPerson } from '../testing/people.ts'
import { samplePlan } from '../testing/plans.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'

let workspace: TestWorkspace
/** Somebody else in the organisation, who may do everything in its projects. */
let grace: Actor
beforeAll(async () => {
  workspace = await createTestWorkspace()
  await workspace.project('talk', samplePlan(1, 1, 2))
  const { userId } = await addPerson(workspace, { name: 'Grace Hopper' })
  grace = { ...workspace.actor, userId }
})

const PARTS = `id body editedBy { name } revisions(first: 10) { totalCount nodes { body writtenAt writtenBy { name } } }
  reactions { emoji count mine people { name } } attachments { id kind url title addedBy { name } } unread unreadCount promotedToKey promotedTo { key promotedFrom { id } }`
const ask = async (source: string, variables: object = {}, actor?: Actor): Promise<any> => {
  const { data, errors } = await workspace.run<any>(source, variables as Record<string, unknown>, workspace.context(actor))
  if (errors !== undefined) throw errors[0]
  return Object.values(data!)[0]
}
const send = (field: string, input: object, actor?: Actor): Promise<any> => {
  const Type = field[0]!.toUpperCase() + field.slice(1)
  return ask(`mutation ($input: ${Type}Input!) { ${field}(input: $input) { __typename ... on ${Type}Payload { sequence comment { ${PARTS} } } ... on Error { code message path } } }`, { input }, actor)
}
const add = async (body: string, more: object = {}, actor?: Actor): Promise<any> => (await send('addComment', { projectId: 'talk', itemId: 'm1.s1.k1', body, ...more }, actor)).comment
const read = (id: string, actor?: Actor): Promise<any> => ask(`{ comment(commentId: "${id}") { ${PARTS} } }`, {}, actor)
const lastEvent = async (): Promise<any> => (await ask('{ events(projectId: "talk", since: 0, first: 1000) { events { kind data } } }')).events.at(-1)
const count = async (statements: () => Promise<unknown>): Promise<number> => {
  workspace.takeStatements()
  await statements()
  return workspace.takeStatements().length
}

describe('reactions', () => {
  test('are grouped by emoji, the first one first, with who and whether it was oneself', async () => {
    const { id } = await add('Ship it?')
    await send('reactToComment', { commentId: id, emoji: '🎉' }, grace)
    await send('reactToComment', { commentId: id, emoji: '👩🏽‍🚀' })
    const { sequence, comment } = await send('reactToComment', { commentId: id, emoji: '🎉' })
    expect(comment.reactions).toEqual([
      { emoji: '🎉', count: 2, mine: true, people: [{ name: 'Grace Hopper' }, { name: 'Ada' }] },
      { emoji: '👩🏽‍🚀', count: 1, mine: true, people: [{ name: 'Ada' }] },
    ])
    expect((await read(id, grace)).reactions.map(({ mine }: { mine: boolean }) => mine)).toEqual([true, false])
    expect(await lastEvent()).toEqual({ kind: 'comment.reacted', data: { commentId: id, threadId: id, itemKey: 'm1.s1.k1', emoji: '🎉' } })
    expect(await send('reactToComment', { commentId: id, emoji: '🎉' })).toMatchObject({ sequence })
    expect((await send('unreactToComment', { commentId: id, emoji: '🎉' })).comment.reactions[0]).toMatchObject({ count: 1, mine: false })
    expect((await lastEvent()).kind).toBe('comment.unreacted')
    expect(await send('unreactToComment', { commentId: id, emoji: '🎉' })).toMatchObject({ sequence: sequence + 1 })
  })

  test.each(['x', '', '👍👍', ':+1:', '1', '🏴a', '\u0000'])('%j is none', async (emoji) => {
    const { id } = await add('x')
    expect(await send('reactToComment', { commentId: id, emoji })).toMatchObject({ __typename: 'ValidationError', path: ['emoji'] })
  })

  test('with and without the sign for the coloured form are the same', async () => {
    const { id } = await add('x')
    await send('reactToComment', { commentId: id, emoji: '❤' })
    expect((await send('reactToComment', { commentId: id, emoji: '❤️' }, grace)).comment.reactions).toMatchObject([{ emoji: '❤️', count: 2 }])
  })

  test('of many at once are all counted', async () => {
    const { id } = await add('x')
    await Promise.all(['👍', '👎', '🚀', '👀'].flatMap((emoji) => [send('reactToComment', { commentId: id, emoji }), send('reactToComment', { commentId: id, emoji }, grace)]))
    expect((await read(id)).reactions.map((group: { count: number }) => group.count)).toEqual([2, 2, 2, 2])
  })
})

describe('attachments', () => {
  test('come with a comment, or later, and go', async () => {
    const { id, attachments } = await add('See here.', { attachments: [{ kind: 'PULL_REQUEST', url: 'https://git.example/pr/42', title: ' #42 ' }, { kind: 'LINK', url: 'HTTP://example.com' }] })
    expect(attachments).toEqual([
      { id: expect.stringMatching(/^att_/), kind: 'PULL_REQUEST', url: 'https://git.example/pr/42', title: '#42', addedBy: { name: 'Ada' } },
      { id: expect.any(String), kind: 'LINK', url: 'http://example.com/', title: null, addedBy: { name: 'Ada' } },
    ])
    const attached = await send('attachToComment', { commentId: id, kind: 'TEST_RESULT', url: 'https://ci.example/7' })
    expect(attached.comment.attachments).toHaveLength(3)
    expect(await lastEvent()).toMatchObject({ kind: 'comment.attached', data: { commentId: id, attachmentId: attached.comment.attachments[2].id, attachmentKind: 'test_result' } })
    expect(JSON.stringify(await lastEvent())).not.toContain('ci.example')
    expect((await send('detachFromComment', { commentId: id, attachmentId: attachments[0].id })).comment.attachments.map(({ kind }: { kind: string }) => kind)).toEqual(['LINK', 'TEST_RESULT'])
    expect(await send('detachFromComment', { commentId: id, attachmentId: attachments[0].id })).toMatchObject({ __typename: 'NotFoundError', path: ['attachmentId'] })
    expect(await ask(`{ node(id: "${attachments[1].id}") { ... on CommentAttachment { url } } }`)).toEqual({ url: 'http://example.com/' })
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'ftp://a.b', '/relative', '//host', 'nonsense', `https://a.b/${'x'.repeat(2000)}`])('%s is none', async (url) => {
    expect(await send('addComment', { projectId: 'talk', itemId: 'm1', body: 'x', attachments: [{ kind: 'LINK', url }] })).toMatchObject({ __typename: 'ValidationError', path: ['attachments', '0', 'url'] })
    const { id } = await add('x')
    expect(await send('attachToComment', { commentId: id, kind: 'FILE', url })).toMatchObject({ __typename: 'ValidationError', path: ['url'] })
  })

  test('are at most 20 of a comment, however they come', async () => {
    const links = Array.from({ length: 21 }, (_, index) => ({ kind: 'LINK', url: `https://a.b/${index}` }))
    expect(await send('addComment', { projectId: 'talk', itemId: 'm1', body: 'x', attachments: links })).toMatchObject({ __typename: 'ValidationError', path: ['attachments'] })
    const { id } = await add('x', { attachments: links.slice(1) })
    expect(await send('attachToComment', { commentId: id, ...links[0] })).toMatchObject({ __typename: 'ValidationError' })
  })

  test('of one comment are not taken from another', async () => {
    const [one, other] = [await add('one', { attachments: [{ kind: 'LINK', url: 'https://a.b' }] }), await add('other')]
    expect(await send('detachFromComment', { commentId: other.id, attachmentId: one.attachments[0].id })).toMatchObject({ __typename: 'NotFoundError' })
  })
})

describe('an edit', () => {
  test('keeps the text before it, with who wrote it and when', async () => {
    const { id } = await add('one')
    await send('editComment', { commentId: id, body: 'two' })
    const { comment } = await send('editComment', { commentId: id, body: 'three' }, grace)
    expect(comment).toMatchObject({ body: 'three', editedBy: { name: 'Grace Hopper' }, revisions: { totalCount: 2, nodes: [{ body: 'two', writtenBy: { name: 'Ada' } }, { body: 'one', writtenBy: { name: 'Ada' } }] } })
    const [two, one] = comment.revisions.nodes
    expect(one.writtenAt < two.writtenAt).toBe(true)
    const pages = await ask(`{ comment(commentId: "${id}") { a: revisions(first: 1) { pageInfo { hasNextPage endCursor } nodes { body } } b: revisions(last: 1) { nodes { body } } } }`)
    expect(pages).toMatchObject({ a: { pageInfo: { hasNextPage: true }, nodes: [{ body: 'two' }] }, b: { nodes: [{ body: 'one' }] } })
    expect((await ask(`{ comment(commentId: "${id}") { revisions(first: 5, after: "${pages.a.pageInfo.endCursor}") { nodes { body } } } }`)).revisions.nodes).toEqual([{ body: 'one' }])
  })
})

test('a comment that is deleted takes its texts, reactions and attachments with it, and takes no new ones', async () => {
  const { id } = await add('secret one', { attachments: [{ kind: 'LINK', url: 'https://secret.example' }] })
  await send('editComment', { commentId: id, body: 'secret two' })
  await send('reactToComment', { commentId: id, emoji: '👀' })
  expect((await send('deleteComment', { commentId: id })).comment).toMatchObject({ body: null, reactions: [], attachments: [], revisions: { totalCount: 0, nodes: [] } })
  for (const table of ['comment_revisions', 'comment_attachments', 'comment_reactions']) {
    expect((await workspace.pool.query(`SELECT 1 FROM ${table} WHERE comment_id = $1`, [id.slice(4)])).rows).toEqual([])
  }
  expect(await send('reactToComment', { commentId: id, emoji: '👀' })).toMatchObject({ __typename: 'ValidationError', path: ['commentId'] })
  expect(await send('attachToComment', { commentId: id, kind: 'LINK', url: 'https://a.b' })).toMatchObject({ __typename: 'ValidationError', path: ['commentId'] })
})

describe('what is unread', () => {
  const unreadOf = async (actor?: Actor): Promise<number> => (await ask('{ project(projectId: "inbox") { unreadComments } }', {}, actor)).unreadComments
  const mark = async (input: object, actor?: Actor): Promise<any> => ask(
    'mutation ($input: MarkCommentsReadInput!) { markCommentsRead(input: $input) { __typename ... on MarkCommentsReadPayload { unreadComments } ... on Error { code path } } }', { input }, actor)
  const write = (itemId: string, actor?: Actor) => add('x', { projectId: 'inbox', itemId }, actor)
  const reply = async (commentId: string, actor?: Actor): Promise<any> => (await send('replyToComment', { commentId, body: 'y' }, actor)).comment
  beforeAll(() => workspace.project('inbox', samplePlan(1, 1, 2)))

  test('is what others wrote, until it is marked; each person has marks of their own', async () => {
    const first = await write('m1', grace)
    const answer = await reply(first.id, grace)
    await reply(first.id)
    expect([await read(first.id), await read(answer.id), await unreadOf(), await unreadOf(grace)]).toMatchObject([{ unread: true, unreadCount: 2 }, { unread: true, unreadCount: 0 }, 2, 1])
    expect(await mark({ commentId: first.id })).toEqual({ __typename: 'MarkCommentsReadPayload', unreadComments: 1 })
    expect([await read(first.id), await read(answer.id), await unreadOf(grace)]).toMatchObject([{ unread: false, unreadCount: 1 }, { unread: true }, 1])
    expect(await mark({ commentId: answer.id })).toMatchObject({ unreadComments: 0 })
  })

  test('stays read when an older device reports less, and is counted without what was deleted', async () => {
    const first = await write('m1.s1', grace)
    const [one, two] = [await reply(first.id, grace), await reply(first.id, grace)]
    await mark({ commentId: one.id })
    expect((await mark({ commentId: first.id })).unreadComments).toBe(1)
    await send('deleteComment', { commentId: two.id }, grace)
    expect([await unreadOf(), (await read(two.id)).unread]).toEqual([0, false])
  })

  test('of a whole project is marked at once, up to what was seen', async () => {
    const [one] = [await write('m1', grace), await write('m1.s1.k1', grace)]
    const { sequence } = await send('replyToComment', { commentId: one.id, body: 'seen' }, grace)
    await reply(one.id, grace)
    expect(await unreadOf()).toBe(4)
    expect((await mark({ projectId: 'inbox', upTo: sequence })).unreadComments).toBe(1)
    expect((await mark({ projectId: 'inbox' })).unreadComments).toBe(0)
    expect((await mark({ projectId: 'inbox' })).unreadComments).toBe(0)
  })

  test('is marked by one comment or one project, that one can see', async () => {
    const { id } = await write('m1')
    expect(await mark({})).toMatchObject({ code: 'VALIDATION_FAILED' })
    expect(await mark({ commentId: id, projectId: 'inbox' })).toMatchObject({ code: 'VALIDATION_FAILED' })
    expect(await mark({ commentId: id }, (await workspace.stranger()).actor)).toMatchObject({ code: 'NOT_FOUND', path: ['commentId'] })
    expect(await mark({ projectId: 'inbox' }, (await workspace.stranger()).actor)).toMatchObject({ code: 'NOT_FOUND', path: ['projectId'] })
  })
})

test('a page of threads with everything that hangs on them costs the same statements, however many there are', async () => {
  await workspace.project('page', samplePlan(1, 1, 1))
  const list = () => ask(`{ comments(projectId: "page", first: 50) { nodes { ${PARTS.replace(/revisions.*\n/, '\n').replace('promotedTo { key promotedFrom { id } }', '')} mentionedPeople { name } replies(first: 5) { nodes { reactions { emoji } attachments { url } unread } } } } }`)
  const talk = async (): Promise<void> => {
    const { id } = await add('@ada @role:PM', { projectId: 'page', itemId: 'm1', attachments: [{ kind: 'LINK', url: 'https://a.b' }] }, grace)
    await send('reactToComment', { commentId: id, emoji: '👍' })
    await send('replyToComment', { commentId: id, body: '@ada', attachments: [{ kind: 'LINK', url: 'https://a.b' }] }, grace)
  }
  await talk()
  const one = await count(list)
  await talk()
  await talk()
  expect(await count(list)).toBe(one)
})

test('an answer comes behind what it answers, so that a page of a thread can be nested as it is read', async () => {
  const { id } = await add('root')
  const ids = [id]
  for (const at of [0, 0, 1, 2, 1, 4, 6, 0]) ids.push((await send('replyToComment', { commentId: ids[at]!, body: String(at) })).comment.id)
  const seen = new Set([id])
  let after: string | null = null
  do {
    const { replies } = await ask('query ($id: ID!, $after: String) { comment(commentId: $id) { replies(first: 3, after: $after) { pageInfo { hasNextPage endCursor } nodes { id parentId } } } }', { id, after })
    for (const reply of replies.nodes) {
      expect(seen.has(reply.parentId)).toBe(true)
      seen.add(reply.id)
    }
    after = replies.pageInfo.hasNextPage ? replies.pageInfo.endCursor : null
  } while (after !== null)
  expect(seen.size).toBe(9)
})

test('nodes tell an attachment from a comment', async () => {
  const { id, attachments } = await add('x', { attachments: [{ kind: 'LINK', url: 'https://a.b' }] })
  expect(await ask(`{ nodes(ids: ["${attachments[0].id}", "${id}"]) { __typename id } }`)).toEqual([{ __typename: 'CommentAttachment', id: attachments[0].id }, { __typename: 'Comment', id }])
})
