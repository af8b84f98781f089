/**
 * Use cases of comments: write, answer, change, delete, resolve, promote. Each is one event in the project's stream. Events tell
 * which comment and who is mentioned, not the text: whoever may follow a project need not be allowed to read what people say about
 * it, and a text that was deleted is gone.
 */
import { parseMentions } from '@buildrunner/sdk/mentions'
import type { Mention } from '@buildrunner/sdk/mentions'
import type { ItemKind } from '@buildrunner/sdk/plans'
import type { Context } from '../context.ts'
import { resolveMentions } from '../organisations/mentions.ts'
import { growMicrostep } from '../plans/service.ts'
import { batched } from '../shared/batch.ts'
import { breaksUnique, statement } from '../shared/database.ts'
import { AlreadyExistsError, ConflictError, NotFoundError, ValidationError } from '../shared/errors.ts'
import { chosenUuid, encodeNodeId } from '../shared/ids.ts'
import { requireInProject, requirePermission } from '../shared/permissions.ts'
import type { RowChange } from '../shared/write.ts'
import { attachmentRows } from './attachments.ts'
import type { NewAttachment } from './attachments.ts'
import type { CommentRow, Person } from './rows.ts'
import { changeComment, changeNamed, commentNamed, commentWith, nodeId, readAbout, readItem, readTarget, requireAuthor, requirePresent } from './write.ts'
import type { CommentChange, CommentRequest, CommentWritten } from './write.ts'

/** Characters of a comment's markdown. */
export const MAX_BODY = 50_000

const INSERT: Omit<RowChange, 'values'> = {
  name: 'comment-insert',
  text: (p) => `INSERT INTO comments (id, organisation_id, project_id, item_id, thread_id, parent_id, author_id, body, created_at, sequence, attachment_count)
    SELECT ${p(1)}::uuid, $3::uuid, $1::uuid, ${p(2)}::uuid, ${p(3)}::uuid, ${p(4)}::uuid, $6::uuid, ${p(5)}::text, $10::timestamptz, head.sequence, ${p(6)}::int FROM head`,
}
/** An answer reopens a resolved thread: somebody has something left to say. */
const COUNT: Omit<RowChange, 'values'> = {
  name: 'comment-count',
  text: (p) => `UPDATE comments SET reply_count = reply_count + 1, resolved_at = NULL, resolved_by_id = NULL FROM head WHERE id = ${p(1)}::uuid`,
}
/** Keeps the text that is there. All parts of the statement see the comment as it was before. */
const KEEP: Omit<RowChange, 'values'> = {
  name: 'comment-keep',
  text: (p) => `INSERT INTO comment_revisions (comment_id, number, organisation_id, project_id, body, written_by_id, written_at)
    SELECT c.id, c.revision_count, c.organisation_id, c.project_id, c.body, coalesce(c.edited_by_id, c.author_id), coalesce(c.edited_at, c.created_at)
    FROM head, comments c WHERE c.id = ${p(1)}::uuid`,
}
const EDIT: Omit<RowChange, 'values'> = {
  name: 'comment-edit',
  text: (p) => `UPDATE comments SET body = ${p(2)}::text, edited_at = $10::timestamptz, edited_by_id = $6::uuid, revision_count = revision_count + 1 FROM head WHERE id = ${p(1)}::uuid`,
}
const DELETE: Omit<RowChange, 'values'> = {
  name: 'comment-delete',
  text: (p) => `UPDATE comments SET body = NULL, deleted_at = $10::timestamptz, revision_count = 0, reaction_count = 0, attachment_count = 0 FROM head WHERE id = ${p(1)}::uuid`,
}
/** What goes with the text. */
const FORGET = ['comment_revisions', 'comment_reactions', 'comment_attachments'].map((table): Omit<RowChange, 'values'> => ({
  name: `comment-forget:${table}`,
  text: (p) => `DELETE FROM ${table} d USING head WHERE d.comment_id = ${p(1)}::uuid`,
}))
const RESOLVE: Omit<RowChange, 'values'> = {
  name: 'comment-resolve',
  text: (p) => `UPDATE comments SET resolved_at = CASE WHEN ${p(2)}::boolean THEN $10::timestamptz END, resolved_by_id = CASE WHEN ${p(2)}::boolean THEN $6::uuid END
    FROM head WHERE id = ${p(1)}::uuid`,
}
const PROMOTE: Omit<RowChange, 'values'> = {
  name: 'comment-promote',
  text: (p) => `UPDATE comments SET promoted_to_id = ${p(2)}::uuid FROM head WHERE id = ${p(1)}::uuid`,
}

function checkBody(body: string): string {
  if (body.trim() === '') throw new ValidationError('A comment has a text.', ['body'])
  if (body.length > MAX_BODY) throw new ValidationError(`A comment has at most ${MAX_BODY} characters; this one has ${body.length}.`, ['body'])
  return body
}

const taken = (id: string) => (error: unknown): never => {
  throw breaksUnique(error, 'comments_pkey') ? new AlreadyExistsError(`A comment with the id ${id} exists already.`, ['id']) : error
}

interface NewComment {
  readonly body: string
  readonly attachments?: readonly NewAttachment[] | null | undefined
  readonly id?: string | null | undefined
}

interface Place {
  readonly itemId: string
  readonly threadId: string
  readonly parentId: string | null
}

function added(ctx: Context, id: string, input: NewComment, { itemId, threadId, parentId }: Place): CommentChange {
  const body = checkBody(input.body)
  const attachments = input.attachments ?? []
  return {
    kind: 'added', commentId: id, before: null, after: attachments.length === 0 ? { body } : { body, attachments },
    data: { parentId: parentId && nodeId(parentId), mentions: parseMentions(body) },
    rows: [{ ...INSERT, values: [id, itemId, threadId, parentId, body, attachments.length] }, ...attachmentRows(ctx, id, attachments)],
  }
}

export interface AddComment extends NewComment {
  readonly projectId: string
  readonly itemId: string
  /** What the item is expected to be. */
  readonly itemKind?: ItemKind | null | undefined
  readonly idempotencyKey?: string | null | undefined
}

/** Begins a thread on an item. */
export async function addComment(ctx: Context, input: AddComment): Promise<CommentWritten> {
  requirePermission(ctx, 'comments.write')
  const id = chosenUuid('Comment', input.id, ctx.clock.now())
  return changeComment(ctx, input.projectId, {
    action: 'comment.add', named: { kind: 'project', ref: input.projectId, path: ['projectId'] }, input,
    read: () => readItem(ctx, input.projectId, input.itemId, input.idempotencyKey),
    decide(target) {
      if (target.item_id === null) throw new NotFoundError('plan item', input.itemId, ['itemId'])
      if (input.itemKind != null && target.item_kind !== input.itemKind) throw new ValidationError(`${input.itemId} is a ${target.item_kind}, no ${input.itemKind}.`, ['itemKind'])
      return added(ctx, id, input, { itemId: target.item_id, threadId: id, parentId: null })
    },
  }).catch(taken(id))
}

export interface ReplyToComment extends CommentRequest, NewComment {}

/** Answers a comment, in its thread. A resolved thread is open again. */
export async function replyToComment(ctx: Context, input: ReplyToComment): Promise<CommentWritten> {
  requirePermission(ctx, 'comments.write')
  const id = chosenUuid('Comment', input.id, ctx.clock.now())
  return changeNamed(ctx, input, {
    action: 'comment.reply',
    read: () => readTarget(ctx, input),
    decide(target) {
      const threadId = target.thread_id as string
      const change = added(ctx, id, input, { itemId: target.item_id as string, threadId, parentId: target.id })
      return { ...change, rows: [...change.rows, { ...COUNT, values: [threadId] }] }
    },
  }).catch(taken(id))
}

export interface EditComment extends CommentRequest {
  readonly body: string
  /** When the text was written that its author saw; null: it was never edited. Default: whichever text it is. */
  readonly expectedEditedAt?: Date | null | undefined
}

const EDITED = commentWith<string | null>('edited', 'to_json(c.edited_at)')

function requireUnedited({ expectedEditedAt }: EditComment, editedAt: string | null): void {
  if (expectedEditedAt === undefined) return
  if ((expectedEditedAt?.getTime() ?? null) !== (editedAt === null ? null : Date.parse(editedAt))) throw new ConflictError('The comment was edited since you read it. Read it again.')
}

/** Changes the text of a comment; the one before is kept. @throws ConflictError when it is not the text that was expected */
export const editComment = async (ctx: Context, input: EditComment): Promise<CommentWritten> =>
  changeNamed(ctx, input, {
    action: 'comment.edit',
    read: () => readAbout(ctx, input, EDITED),
    decide(target) {
      requireAuthor(ctx, target)
      const [before, after] = [{ body: target.body }, { body: checkBody(input.body) }]
      const commentId = target.id as string
      if (before.body === after.body) return commentId
      requireUnedited(input, target.about)
      const rows = [{ ...KEEP, values: [commentId] }, { ...EDIT, values: [commentId, after.body] }]
      return { kind: 'edited', commentId, rows, before, after, data: { mentions: parseMentions(after.body) } }
    },
  })

/** Deletes the texts of a comment and what hangs on it. Its place in the thread stays, so that answers keep what they answer. */
export const deleteComment = async (ctx: Context, input: CommentRequest): Promise<CommentWritten> =>
  changeNamed(ctx, input, {
    action: 'comment.delete',
    read: () => readTarget(ctx, input),
    decide(target) {
      const commentId = target.id as string
      if (target.deleted) return commentId
      requireAuthor(ctx, target)
      const rows = [DELETE, ...FORGET].map((change) => ({ ...change, values: [commentId] }))
      return { kind: 'deleted', commentId, rows, before: { body: target.body }, after: null }
    },
  })

export interface ResolveComment extends CommentRequest {
  readonly resolved: boolean
}

/** Resolves the thread of a comment, or opens it again. */
export const resolveComment = async (ctx: Context, input: ResolveComment): Promise<CommentWritten> =>
  changeNamed(ctx, input, {
    action: 'comment.resolve',
    read: () => readTarget(ctx, input),
    decide(target) {
      const thread = target.thread_id as string
      if (target.thread_resolved === input.resolved) return thread
      const [before, after] = [{ resolved: target.thread_resolved }, { resolved: input.resolved }]
      return { kind: input.resolved ? 'resolved' : 'reopened', commentId: thread, rows: [{ ...RESOLVE, values: [thread, input.resolved] }], before, after }
    },
  })

export interface PromoteComment extends CommentRequest {
  /** Key or id of the step that the microstep is added to, at its end. */
  readonly stepId: string
  readonly title: string
  readonly criteria: readonly string[]
  /** Default: the next one of the step. */
  readonly key?: string | null | undefined
  readonly id?: string | null | undefined
}

export interface CommentPromoted extends CommentWritten {
  readonly microstepId: string
}

/** The key of the microstep that the comment was promoted to, while that is in the plan. */
const PROMOTED = commentWith<string | null>('promoted', '(SELECT i.key FROM plan_items i WHERE i.id = c.promoted_to_id)')

/** Where the plan document says which comment a microstep comes from. Keys that begin with `x-` pass through every version of the format. */
const ORIGIN = 'x-promotedFrom'

function checkCriteria(criteria: readonly string[]): { text: string }[] {
  const empty = criteria.findIndex((text) => text.trim() === '')
  if (empty >= 0) throw new ValidationError('A criterion says what must be true.', ['criteria', String(empty)])
  return criteria.map((text) => ({ text }))
}

/**
 * Makes a microstep of a comment, as one change of the plan, which names the comment in the plan document too.
 *
 * @throws AlreadyExistsError when it was promoted before, naming the microstep
 */
export async function promoteComment(ctx: Context, input: PromoteComment): Promise<CommentPromoted> {
  requirePermission(ctx, 'comments.promote')
  const uuid = chosenUuid('Microstep', input.id, ctx.clock.now())
  const read = () => readAbout(ctx, { commentId: input.commentId }, PROMOTED)
  const found = await read()
  requireInProject(ctx, 'comments.promote', found.project_id, commentNamed(input.commentId))
  const commentId = found.id as string
  const criteria = checkCriteria(input.criteria)
  const grown = await growMicrostep(ctx, { projectId: found.project_id, idempotencyKey: input.idempotencyKey }, {
    action: 'comment.promote', request: input, uuid, step: input.stepId, stepPath: 'stepId', key: input.key ?? null,
    fields: { title: input.title, ...(criteria.length > 0 && { acceptanceCriteria: criteria }), [ORIGIN]: nodeId(commentId) },
    async along(sequence, key) {
      // a comment that changed after the plan was read has raised the sequence, and the write begins again
      const target = sequence === found.sequence ? found : await read()
      requirePresent(target)
      if (target.about !== null) throw new AlreadyExistsError(`The comment was promoted already: to the microstep ${target.about}.`, ['commentId'])
      return {
        target: { type: 'comment', id: commentId }, rows: [{ ...PROMOTE, values: [commentId, uuid] }],
        data: { promoted: { commentId: nodeId(commentId), threadId: nodeId(target.thread_id as string), itemKey: target.item_key, microstepId: encodeNodeId('Microstep', uuid), microstepKey: key } },
      }
    },
  })
  return { commentId, microstepId: grown.uuid, sequence: grown.sequence }
}

const PEOPLE = statement<Person>('comments:people', 'SELECT id, name FROM users WHERE id = ANY($1::uuid[])')

const personOf = (ctx: Context, id: string): Promise<Person | undefined> =>
  batched(ctx, 'comments:people', id, async (ids) => new Map((await ctx.db.query(PEOPLE, [[...new Set(ids)]])).map((person) => [person.id, person])))

/** UUIDs of those whom a mention means in a project. */
const meantBy = (ctx: Context, where: { organisationId: string; projectId: string }, mention: Mention): Promise<readonly string[] | undefined> =>
  batched(ctx, `comments:mentions:${where.projectId}`, JSON.stringify(mention), async (texts) => {
    const asked = [...new Set(texts)].map((text) => [text, JSON.parse(text) as Mention] as const)
    const meant = await resolveMentions(ctx, where, asked.map(([, one]) => one))
    return new Map(asked.map(([text, { kind, name }]) => [text, meant.get(kind === 'user' ? `@${name}` : `@${kind}:${name}`) ?? []]))
  })

/** Of those whom one comment mentions. */
const MAX_PEOPLE = 100

/** Whom the mentions of a comment mean now, each once, in the order of the text; for all comments of a request in two statements. */
export async function peopleMentioned(ctx: Context, { projectId, body }: CommentRow): Promise<readonly Person[]> {
  const { organisationId } = requirePermission(ctx, 'comments.read')
  const meant = await Promise.all(parseMentions(body ?? '').map((mention) => meantBy(ctx, { organisationId, projectId }, mention)))
  const ids = [...new Set(meant.flatMap((some) => some ?? []))].slice(0, MAX_PEOPLE)
  const people = await Promise.all(ids.map((id) => personOf(ctx, id)))
  return people.filter((person) => person !== undefined)
}
