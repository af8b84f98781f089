/** Calls about comments whose answers must be the same from the real server and from the one in memory: in this order, on the plan of `server.ts`. */
import type { BuildRunnerSDK, Request } from '../src/index.ts'

/** The ids are the client's, so that both servers know the comments by the same ones. */
const uuid = (last: number): string => `01939e8c-0000-7000-8000-0000000000${String(last).padStart(2, '0')}`
const comment = (last: number): { commentId: string } => ({ commentId: `cmt_${uuid(last).replaceAll('-', '')}` })
const text = (client: BuildRunnerSDK) => async (variables: Parameters<BuildRunnerSDK['comments']['list']>[0]) => (await client.comments.list(variables).toArray()).map(({ body }) => body)
const itemNodeId = async (client: BuildRunnerSDK, id: string): Promise<string> => (await client.planning.getItem({ id }).orThrow() as { id: string }).id

const WRITTEN: Record<string, (client: BuildRunnerSDK) => Request<unknown> | Promise<unknown>> = {
  'no comments': (client) => client.comments.list(),
  'a comment': (client) => client.comments.add({ id: uuid(1), itemId: 'T-12', body: 'Great @johndoe, @JohnDoe! @role:QA and @team:frontend review `@code`.' }),
  'a comment of one kind of items': (client) => client.comments.add({ id: comment(2).commentId, itemId: 'M-1', itemKind: 'MILESTONE', body: 'two' }),
  'a comment by node id': async (client) => client.comments.add({ id: uuid(3), itemId: await itemNodeId(client, 'S-1'), body: 'three' }),
  'a comment with an id of the server': async (client) => (await client.comments.add({ itemId: 'T-12', body: 'four' }).orThrow()).comment.replyCount,
  'a comment on nothing': (client) => client.comments.add({ itemId: 'T-99', body: 'x' }),
  'a comment in no project': (client) => client.comments.add({ projectId: 'nowhere', itemId: 'T-12', body: 'x' }),
  'a comment on another kind': (client) => client.comments.add({ itemId: 'M-1', itemKind: 'MICROSTEP', body: 'x' }),
  'a comment on no kind': async (client) => (await client.comments.add({ itemId: 'M-1', itemKind: 'EPIC', body: 'x' })).error?.code,
  'a comment of white space': (client) => client.comments.add({ itemId: 'T-12', body: ' \n' }),
  'a comment that is too long': (client) => client.comments.add({ itemId: 'T-12', body: 'x'.repeat(50_001) }),
  'a comment that cannot be stored': (client) => client.comments.add({ itemId: 'T-12', body: 'a\u0000b' }),
  'a comment under an id that is none': (client) => client.comments.add({ id: 'mine', itemId: 'T-12', body: 'x' }),
  'a comment under an id that is taken': (client) => client.comments.add({ id: uuid(1), itemId: 'T-12', body: 'x' }),
  'a comment with two faults': (client) => client.comments.add({ id: 'mine', projectId: 'nowhere', itemId: 'T-12', body: '' }),
  'a comment under a key': (client) => client.comments.add({ itemId: 'T-1', body: 'once' }, { idempotencyKey: 'comment-1' }),
  'it again': (client) => client.comments.add({ itemId: 'T-1', body: 'once' }, { idempotencyKey: 'comment-1' }),
  'another under that key': (client) => client.comments.add({ itemId: 'T-1', body: 'twice' }, { idempotencyKey: 'comment-1' }),
  'a comment that is read': (client) => client.comments.get(comment(1)),
  'a comment by UUID': (client) => client.comments.get({ commentId: uuid(2) }),
  'a comment that is not there': (client) => client.comments.get(comment(99)),
  'a comment by the id of something else': (client) => client.comments.get({ commentId: 'prj_01939e8c000070008000000000000001' }),
}

const ANSWERED: typeof WRITTEN = {
  'an answer': (client) => client.comments.reply({ ...comment(1), id: uuid(11), body: 'Yes, @ada.' }),
  'an answer to the answer': (client) => client.comments.reply({ ...comment(11), id: uuid(12), body: 'No.' }),
  'a third answer': (client) => client.comments.reply({ ...comment(1), id: uuid(13), body: 'Well.' }),
  'an answer to nothing': (client) => client.comments.reply({ ...comment(99), body: 'x' }),
  'an answer without a text': (client) => client.comments.reply({ ...comment(1), body: '' }),
  'an answer under an id that is none': (client) => client.comments.reply({ ...comment(99), id: 'mine', body: 'x' }),
  'an answer under an id that is taken': (client) => client.comments.reply({ ...comment(1), id: uuid(12), body: 'x' }),
  'an answer under a key that is too long': (client) => client.comments.reply({ ...comment(99), body: 'x' }, { idempotencyKey: 'k'.repeat(201) }),
  'the answers': (client) => client.comments.replies(comment(1)),
  'the answers in pages': async (client) => {
    const pages: unknown[] = []
    for await (const page of client.comments.replies({ ...comment(1), first: 2 }).pages()) pages.push(page)
    return pages
  },
  'the answers of an answer': (client) => client.comments.replies(comment(11)),
  'the answers of nothing': (client) => client.comments.replies(comment(99)),
  'answers behind no cursor': (client) => client.comments.replies({ ...comment(1), after: 'nonsense' }),
  'too large a page of answers': (client) => client.comments.replies({ ...comment(1), first: 101 }),
  'the thread with its answers': (client) => client.comments.get(comment(1)),
}

const CHANGED: typeof WRITTEN = {
  'an edit': (client) => client.comments.edit({ ...comment(2), body: 'Two for @ada' }),
  'an edit that changes nothing': (client) => client.comments.edit({ ...comment(2), body: 'Two for @ada' }),
  'an edit that leaves no text': (client) => client.comments.edit({ ...comment(2), body: ' ' }),
  'an edit that cannot be stored': (client) => client.comments.edit({ ...comment(2), body: '\u0000' }),
  'an edit of nothing': (client) => client.comments.edit({ ...comment(99), body: 'x' }),
  'an edit under a key': (client) => client.comments.edit({ ...comment(2), body: 'Two' }, { idempotencyKey: 'comment-2' }),
  'an edit since': (client) => client.comments.edit({ ...comment(2), body: 'two, since' }),
  'the edit under the key again': (client) => client.comments.edit({ ...comment(2), body: 'Two' }, { idempotencyKey: 'comment-2' }),
  'a deletion under the key': (client) => client.comments.delete(comment(2), { idempotencyKey: 'comment-2' }),
  'a resolved thread': (client) => client.comments.resolve(comment(1)),
  'a resolved thread resolved': (client) => client.comments.resolve(comment(1)),
  'a resolved thread resolved by an answer': (client) => client.comments.resolve(comment(11)),
  'an answer that opens it': (client) => client.comments.reply({ ...comment(12), id: uuid(14), body: 'Not yet.' }),
  'the thread that is open again': (client) => client.comments.get(comment(1)),
  'a thread resolved by an answer': (client) => client.comments.resolve(comment(12)),
  'a thread that is opened': (client) => client.comments.resolve({ ...comment(13), resolved: false }),
  'a thread resolved under a key': (client) => client.comments.resolve(comment(3), { idempotencyKey: 'comment-3' }),
  'it resolved again, in so many words': (client) => client.comments.resolve({ ...comment(3), resolved: true }, { idempotencyKey: 'comment-3' }),
  'a thread of nothing': (client) => client.comments.resolve(comment(99)),
  'a deletion': (client) => client.comments.delete(comment(11)),
  'a deletion of what is deleted': (client) => client.comments.delete(comment(11)),
  'an edit of what is deleted': (client) => client.comments.edit({ ...comment(11), body: 'x' }),
  'an edit of what is deleted to nothing': (client) => client.comments.edit({ ...comment(11), body: '' }),
  'an answer to what is deleted': (client) => client.comments.reply({ ...comment(11), id: uuid(15), body: 'What was it?' }),
  'a deletion of nothing': (client) => client.comments.delete(comment(99)),
  'the answers, one of them deleted': (client) => client.comments.replies(comment(1)),
}

const LINK = { kind: 'LINK', url: 'HTTPS://example.com/a b' } as const
/** Ids of attachments are the server's. */
const linkOf = async (client: BuildRunnerSDK, last: number): Promise<string> => (await client.comments.get(comment(last)).orThrow()).attachments[0]?.id ?? ''
const titles = async (client: BuildRunnerSDK, last: number): Promise<unknown[]> =>
  (await client.comments.get(comment(last)).orThrow()).attachments.map(({ kind, url, title, addedBy }) => [kind, url, title, addedBy.name])
const code = async (call: Request<unknown>): Promise<unknown[]> => {
  const { error } = await call
  return [error?.code, error?.message]
}

const PARTS: typeof WRITTEN = {
  'a reaction': (client) => client.comments.react({ ...comment(1), emoji: '🎉' }),
  'the reaction again': (client) => client.comments.react({ ...comment(1), emoji: '🎉' }),
  'another reaction': (client) => client.comments.react({ ...comment(1), emoji: '❤' }),
  'a reaction that is none': (client) => client.comments.react({ ...comment(1), emoji: 'no' }),
  'a reaction to nothing': (client) => client.comments.react({ ...comment(99), emoji: '🎉' }),
  'a reaction to what is deleted': (client) => client.comments.react({ ...comment(11), emoji: '🎉' }),
  'a reaction taken back': (client) => client.comments.unreact({ ...comment(1), emoji: '🎉' }),
  'a reaction taken back that was none': (client) => client.comments.unreact({ ...comment(1), emoji: '🎉' }),
  'an attachment': async (client) => [await code(client.comments.attach({ ...comment(3), ...LINK, title: ' A ' })), await titles(client, 3)],
  'an attachment of another kind': async (client) => (await client.comments.attach({ ...comment(3), url: LINK.url, kind: 'VIDEO' })).error?.code,
  'an attachment that leads nowhere': (client) => client.comments.attach({ ...comment(3), ...LINK, url: 'javascript:x' }),
  'an attachment that is taken away': async (client) => [await code(client.comments.detach({ ...comment(3), attachmentId: await linkOf(client, 3) })), await titles(client, 3)],
  'an attachment that is not there': (client) => client.comments.detach({ ...comment(3), attachmentId: 'att_01939e8c000070008000000000000099' }),
  'attachments of a new comment': async (client) => [await code(client.comments.add({ itemId: 'S-1', id: uuid(21), body: 'links', attachments: [LINK, { ...LINK, kind: 'FILE', title: 'B' }] })), await titles(client, 21)],
  'attachments of a new comment, one of them none': (client) => client.comments.add({ itemId: 'S-1', body: 'links', attachments: [LINK, { ...LINK, url: '/a' }] }),
  'revisions': (client) => client.comments.revisions({ ...comment(2), first: 1 }),
  'all revisions': async (client) => (await client.comments.revisions(comment(2)).toArray()).map(({ body, writtenBy }) => [body, writtenBy.name]),
  'revisions of what is deleted': (client) => client.comments.revisions(comment(11)),
  'what is unread of own comments': (client) => client.comments.unread(),
  'a comment that was read': (client) => client.comments.markRead(comment(1)),
  'a comment that was read and is not there': (client) => client.comments.markRead(comment(99)),
  'a project that was read': (client) => client.comments.markAllRead(),
  'a project that was read and is not there': (client) => client.comments.markAllRead({ projectId: 'nowhere' }),
  'a promotion': (client) => client.comments.promote({ ...comment(1), stepId: 'S-1', title: 'Handle errors', criteria: ['Errors are shown.', 'Nothing is lost.'], id: uuid(31) }),
  'a promotion again': (client) => client.comments.promote({ ...comment(1), stepId: 'S-1', title: 'Again', criteria: [] }),
  'a promotion in no step': (client) => client.comments.promote({ ...comment(3), stepId: 'M-1', title: 'x', criteria: [] }),
  'a promotion with an empty criterion': (client) => client.comments.promote({ ...comment(3), stepId: 'S-1', title: 'x', criteria: ['a', ' '] }),
  'a promotion without a title': (client) => client.comments.promote({ ...comment(3), stepId: 'S-1', title: '', criteria: [] }),
  'a promotion under a key that is taken': (client) => client.comments.promote({ ...comment(3), stepId: 'S-1', title: 'x', criteria: [], key: 'T-1' }),
  'a promotion under an id that is taken': (client) => client.comments.promote({ ...comment(3), stepId: 'S-1', title: 'x', criteria: [], id: uuid(31) }),
  'a promotion of what is deleted': (client) => client.comments.promote({ ...comment(11), stepId: 'S-1', title: 'x', criteria: [] }),
  'a promotion of nothing': (client) => client.comments.promote({ ...comment(99), stepId: 'S-1', title: 'x', criteria: [] }),
  'a promotion under an idempotency key': (client) => client.comments.promote({ ...comment(3), stepId: 'S-1', title: 'Three', criteria: [], key: 'three', id: uuid(32) }, { idempotencyKey: 'promote-3' }),
  'it under that key again': (client) => client.comments.promote({ ...comment(3), stepId: 'S-1', title: 'Three', criteria: [], key: 'three', id: uuid(32) }, { idempotencyKey: 'promote-3' }),
  'another under that idempotency key': (client) => client.comments.promote({ ...comment(3), stepId: 'S-1', title: 'Four', criteria: [], key: 'three', id: uuid(32) }, { idempotencyKey: 'promote-3' }),
  'what was promoted, when that is deleted': async (client) => [await code(client.planning.deleteMicrostep({ id: 'three' })), (await client.comments.get(comment(3)).orThrow()).promotedToKey],
  'the plan without what was promoted': async (client) => code(client.planning.deleteMicrostep({ id: uuid(31) })),
}

const LISTED: typeof WRITTEN = {
  'threads': (client) => client.comments.list(),
  'threads in pages': async (client) => {
    const pages: unknown[] = []
    for await (const page of client.comments.list({ first: 2 }).pages()) pages.push(page)
    return pages
  },
  'threads of an item': (client) => text(client)({ itemId: 'T-12' }),
  'threads of an item by node id': async (client) => text(client)({ itemId: await itemNodeId(client, 'M-1') }),
  'threads of an item without any': (client) => client.comments.list({ itemId: 'M-2' }),
  'threads of an item that is not there': (client) => client.comments.list({ itemId: 'T-99' }),
  'threads of a kind': (client) => text(client)({ itemKind: 'MICROSTEP' }),
  'threads of an item and another kind': (client) => text(client)({ itemId: 'T-12', itemKind: 'STEP' }),
  'threads of no kind': async (client) => (await client.comments.list({ itemKind: 'EPIC' })).error?.code,
  'resolved threads': (client) => text(client)({ resolved: true }),
  'open threads': (client) => text(client)({ resolved: false }),
  'threads of no project': (client) => client.comments.list({ projectId: 'nowhere' }),
  'too small a page of threads': (client) => client.comments.list({ first: 0 }),
  'threads behind no cursor': (client) => client.comments.list({ after: 'nonsense' }),
  'open threads, each resolved as it comes': async (client) => {
    const seen: unknown[] = []
    for await (const { id, body } of client.comments.list({ resolved: false, first: 1 })) seen.push(body, await client.comments.resolve({ commentId: id }).orThrow())
    return seen
  },
  'microsteps of a status that each loses as it comes': async (client) => {
    const seen: unknown[] = []
    for await (const { key } of client.planning.listMicrosteps({ first: 1, status: ['TODO', 'DONE'] })) seen.push(key, await client.planning.setStatus({ id: key, status: 'BLOCKED' }).orThrow())
    return seen
  },
}

const OUTLIVED: typeof WRITTEN = {
  'an item that goes': (client) => client.planning.deleteMicrostep({ id: 'T-12' }),
  'a comment that outlives its item': (client) => client.comments.get(comment(1)),
  'an answer to it': (client) => client.comments.reply({ ...comment(1), id: uuid(16), body: 'Where is it?' }),
  'threads of the item that is gone': (client) => text(client)({ itemId: 'T-12' }),
  'threads of microsteps that are there': (client) => text(client)({ itemKind: 'MICROSTEP' }),
  'another item of that key': (client) => client.planning.addMicrostep({ key: 'T-12', parent: 'S-1', title: 'Again' }),
  'threads of the new item': (client) => text(client)({ itemId: 'T-12' }),
  'an item with another key': (client) => client.planning.applyChanges({ changes: [{ op: 'rename', id: 'M-1', to: 'M-10' }] }),
  'a comment that follows its item': (client) => client.comments.get(comment(2)),
  'a project with talk in the archive': (client) => client.projects.archive(),
  'a comment in the archive': (client) => client.comments.add({ itemId: 'M-10', body: 'x' }),
  'an answer in the archive': (client) => client.comments.reply({ ...comment(1), body: '' }),
  'a deletion in the archive': (client) => client.comments.delete(comment(11)),
  'talk in the archive': (client) => text(client)({}),
  'the log of all that': async (client) => (await client.events.list({ since: 0 }).toArray()).map(({ sequence, kind, version, actor, data }) => ({ sequence, kind, version, actor, data })),
}

export const COMMENT_STEPS = { ...WRITTEN, ...ANSWERED, ...CHANGED, ...PARTS, ...LISTED, ...OUTLIVED }
