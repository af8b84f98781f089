/** Links that are attached to comments: a pull request, a file, the result of a test run, anything else. */
import type { Context } from '../context.ts'
import { batched } from '../shared/batch.ts'
import { statement } from '../shared/database.ts'
import { NotFoundError, ValidationError } from '../shared/errors.ts'
import { encodeNodeId, newUuid, parseReference } from '../shared/ids.ts'
import { requirePermission, visibleProjects } from '../shared/permissions.ts'
import type { RowChange } from '../shared/write.ts'
import type { CommentRow, Person } from './rows.ts'
import { changeNamed, commentWith, readAbout, requireAuthor } from './write.ts'
import type { CommentRequest, CommentWritten } from './write.ts'

export const ATTACHMENT_KINDS = ['pull_request', 'file', 'test_result', 'link'] as const
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number]

export interface AttachmentRow {
  readonly id: string
  readonly kind: AttachmentKind
  readonly url: string
  readonly title: string | null
  readonly addedBy: Person
  readonly createdAt: string
}

export interface NewAttachment {
  readonly kind: AttachmentKind
  /** Absolute, http or https. */
  readonly url: string
  readonly title?: string | null | undefined
}

/** Of one comment. */
export const MAX_ATTACHMENTS = 20
const MAX_URL = 2_000
const MAX_TITLE = 200

/** What is stored of an attachment: its address as the URL standard writes it, so that no other scheme hides in it. */
function check({ kind, url: text, title }: NewAttachment, path: readonly string[]): { kind: AttachmentKind; url: string; title: string | null } {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol)) throw new ValidationError('An attachment is an absolute address that begins with http:// or https://.', [...path, 'url'])
  if (url.href.length > MAX_URL) throw new ValidationError(`An address has at most ${MAX_URL} characters; this one has ${url.href.length}.`, [...path, 'url'])
  const name = title?.trim() ?? ''
  if (name.length > MAX_TITLE) throw new ValidationError(`A title has at most ${MAX_TITLE} characters; this one has ${name.length}.`, [...path, 'title'])
  return { kind, url: url.href, title: name === '' ? null : name }
}

function requireRoom(count: number, path: readonly string[]): void {
  if (count > MAX_ATTACHMENTS) throw new ValidationError(`A comment has at most ${MAX_ATTACHMENTS} attachments.`, path)
}

const ATTACH: Omit<RowChange, 'values'> = {
  name: 'comment-attach',
  text: (p) => `INSERT INTO comment_attachments (id, comment_id, organisation_id, project_id, kind, url, title, added_by_id, created_at)
    SELECT a.id, ${p(1)}::uuid, $3::uuid, $1::uuid, a.kind, a.url, a.title, $6::uuid, $10::timestamptz
    FROM head, json_to_recordset(${p(2)}::json) AS a (id uuid, kind attachment_kind, url text, title text)`,
}
const DETACH: Omit<RowChange, 'values'> = {
  name: 'comment-detach',
  text: (p) => `DELETE FROM comment_attachments a USING head WHERE a.id = ${p(1)}::uuid`,
}
const COUNT: Omit<RowChange, 'values'> = {
  name: 'comment-attachments',
  text: (p) => `UPDATE comments SET attachment_count = attachment_count + ${p(2)}::int FROM head WHERE id = ${p(1)}::uuid`,
}

/** The row change that comes with a new comment; none without attachments. */
export function attachmentRows(ctx: Context, commentId: string, given: readonly NewAttachment[]): RowChange[] {
  if (given.length === 0) return []
  requireRoom(given.length, ['attachments'])
  const now = ctx.clock.now().getTime()
  // in the order of their ids, which are of one millisecond
  const ids = given.map(() => newUuid(now)).sort()
  const attachments = given.map((attachment, index) => ({ id: ids[index] as string, ...check(attachment, ['attachments', String(index)]) }))
  return [{ ...ATTACH, values: [commentId, JSON.stringify(attachments)] }]
}

const HELD = commentWith<number>('attachments', 'c.attachment_count')

export interface AttachToComment extends CommentRequest, NewAttachment {}

/** Attaches a link to a comment that is there. */
export const attachToComment = async (ctx: Context, input: AttachToComment): Promise<CommentWritten> =>
  changeNamed(ctx, input, {
    action: 'comment.attach',
    read: () => readAbout(ctx, input, HELD),
    decide(target) {
      requireAuthor(ctx, target)
      requireRoom(target.about + 1, ['commentId'])
      const [commentId, id] = [target.id as string, newUuid(ctx.clock.now().getTime())]
      const attachment = { id, ...check(input, []) }
      const { kind } = attachment
      return {
        kind: 'attached', commentId, before: null, after: attachment, data: { attachmentId: encodeNodeId('CommentAttachment', id), attachmentKind: kind },
        rows: [{ ...ATTACH, values: [commentId, JSON.stringify([attachment])] }, { ...COUNT, values: [commentId, 1] }],
      }
    },
  })

export interface DetachFromComment extends CommentRequest {
  readonly attachmentId: string
}

const ATTACHED = commentWith<object | null>('attachment', `(SELECT row_to_json(a) FROM comment_attachments a WHERE a.id = $5::uuid AND a.comment_id = c.id)`)

/** Takes an attachment away. */
export async function detachFromComment(ctx: Context, input: DetachFromComment): Promise<CommentWritten> {
  const { uuid } = parseReference(input.attachmentId, 'CommentAttachment')
  return changeNamed(ctx, input, {
    action: 'comment.detach',
    read: () => readAbout(ctx, input, ATTACHED, [uuid]),
    decide(target) {
      requireAuthor(ctx, target)
      if (uuid === null || target.about === null) throw new NotFoundError('attachment', input.attachmentId, ['attachmentId'])
      const commentId = target.id as string
      return {
        kind: 'detached', commentId, before: target.about, after: null, data: { attachmentId: encodeNodeId('CommentAttachment', uuid) },
        rows: [{ ...DETACH, values: [uuid] }, { ...COUNT, values: [commentId, -1] }],
      }
    },
  })
}

const ATTACHMENT_JSON = `json_build_object('id', a.id, 'kind', a.kind, 'url', a.url, 'title', a.title, 'createdAt', a.created_at,
    'addedBy', (SELECT json_build_object('id', u.id, 'name', u.name) FROM users u WHERE u.id = a.added_by_id))`
const OF_COMMENTS = statement<{ comment_id: string; attachments: AttachmentRow[] }>(
  'comments:attachments',
  `SELECT a.comment_id, json_agg(${ATTACHMENT_JSON} ORDER BY a.created_at, a.id) AS attachments FROM comment_attachments a
   WHERE a.comment_id = ANY($1::uuid[]) AND a.organisation_id = $2::uuid GROUP BY a.comment_id`,
)

/** What is attached to a comment, oldest first; for all comments of a request in one statement. */
export async function attachmentsOf(ctx: Context, comment: CommentRow): Promise<readonly AttachmentRow[]> {
  const actor = requirePermission(ctx, 'comments.read')
  if (comment.attachmentCount === 0) return []
  const found = await batched(ctx, 'comments:attachments', comment.id, async (ids) => {
    const rows = await ctx.db.query(OF_COMMENTS, [ids, actor.organisationId])
    return new Map(rows.map((row) => [row.comment_id, row.attachments]))
  })
  return found ?? []
}

const BY_IDS = statement<{ attachment: AttachmentRow }>(
  'comments:attachment-nodes',
  `SELECT ${ATTACHMENT_JSON} AS attachment FROM comment_attachments a
   WHERE a.id = ANY($1::uuid[]) AND a.organisation_id = $2::uuid AND ($3::uuid[] IS NULL OR a.project_id = ANY($3::uuid[]))`,
)

/** Attachments by UUID, in the order asked for; null for what the key does not see. */
export async function attachmentsByUuid(ctx: Context, uuids: readonly string[]): Promise<(AttachmentRow | null)[]> {
  const actor = requirePermission(ctx, 'comments.read')
  const rows = await ctx.db.query(BY_IDS, [uuids, actor.organisationId, visibleProjects(actor)])
  const found = new Map(rows.map(({ attachment }) => [attachment.id, attachment]))
  return uuids.map((uuid) => found.get(uuid) ?? null)
}
