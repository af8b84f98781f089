/** What hangs on comments: reactions, attachments, earlier texts, what was read, and the microstep that one becomes. */
import type {
  CommentsAddData, CommentsAttachVariables, CommentsDetachVariables, CommentsMarkAllReadVariables, CommentsMarkReadData, CommentsMarkReadVariables, CommentsPromoteData,
  CommentsPromoteVariables, CommentsReactVariables, CommentsRevisionsData, CommentsRevisionsVariables, CommentsUnreadData, CommentsUnreadVariables,
} from '../_generated/comments.ts'
import type { WriteVariables } from './change-plan.ts'
import { newAttachment, requireRoom } from './attachments.ts'
import { changeComment, findComment, isUnread, requireAuthor, requirePresent, viewComment } from './comments.ts'
import type { Placed } from './comments.ts'
import { growMicrostep, itemById, readEnum } from './items.ts'
import { pageOf } from './pages.ts'
import { invalid, notFound, taken } from './refusals.ts'
import { parseReference, personOf, requirePermission } from './state.ts'
import type { Call, ProjectState, StoredComment } from './state.ts'

const MAX_EMOJI = 50
/** The flag `v` is newer than the compiler's target. */
const EMOJI = new RegExp('^\\p{RGI_Emoji}$', 'v')

function readEmoji(text: string): string {
  const emoji = [text, `${text}\uFE0F`].find((candidate) => EMOJI.test(candidate))
  if (emoji === undefined) throw invalid('A reaction is one emoji.', ['emoji'])
  return emoji
}

const indexOf = (call: Call, { reactions }: StoredComment, emoji: string): number =>
  reactions.findIndex((reaction) => reaction.emoji === emoji && reaction.person.id === personOf(call).id)

export function reactToComment(call: Call, variables: CommentsReactVariables & WriteVariables): CommentsAddData {
  const emoji = readEmoji(variables.emoji)
  return changeComment(call, {
    action: 'comment.react', variables,
    read: () => findComment(call.state, variables.commentId),
    write({ comment }) {
      requirePresent(comment)
      if (indexOf(call, comment, emoji) >= 0) return { comment }
      const others = new Set(comment.reactions.map((reaction) => reaction.emoji))
      others.delete(emoji)
      if (others.size >= MAX_EMOJI) throw invalid(`A comment has at most ${MAX_EMOJI} different reactions. Use one that is there.`, ['emoji'])
      comment.reactions.push({ emoji, person: personOf(call) })
      return { comment, kind: 'reacted', data: { emoji } }
    },
  })
}

export function unreactToComment(call: Call, variables: CommentsReactVariables & WriteVariables): CommentsAddData {
  const emoji = readEmoji(variables.emoji)
  return changeComment(call, {
    action: 'comment.unreact', variables,
    read: () => findComment(call.state, variables.commentId),
    write({ comment }) {
      const index = indexOf(call, comment, emoji)
      if (index < 0) return { comment }
      comment.reactions.splice(index, 1)
      return { comment, kind: 'unreacted', data: { emoji } }
    },
  })
}

const KINDS = ['pull_request', 'file', 'test_result', 'link'] as const

export function attachToComment(call: Call, variables: CommentsAttachVariables & WriteVariables): CommentsAddData {
  readEnum('kind', variables.kind, KINDS)
  return changeComment(call, {
    action: 'comment.attach', variables,
    read: () => findComment(call.state, variables.commentId),
    write({ comment }) {
      requireAuthor(call, comment)
      requireRoom(comment.attachments.length + 1, ['commentId'])
      const attachment = newAttachment(call, variables)
      comment.attachments.push(attachment)
      return { comment, kind: 'attached', data: { attachmentId: attachment.id, attachmentKind: attachment.kind.toLowerCase() } }
    },
  })
}

export const detachFromComment = (call: Call, variables: CommentsDetachVariables & WriteVariables): CommentsAddData =>
  changeComment(call, {
    action: 'comment.detach', variables,
    read: () => findComment(call.state, variables.commentId),
    write({ comment }) {
      requireAuthor(call, comment)
      const { id } = parseReference(variables.attachmentId, 'att')
      const attachments = comment.attachments.filter((attachment) => attachment.id !== `att_${id}`)
      if (attachments.length === comment.attachments.length) throw notFound('attachment', variables.attachmentId, ['attachmentId'])
      Object.assign(comment, { attachments })
      return { comment, kind: 'detached', data: { attachmentId: `att_${id}` } }
    },
  })

/** Newest first. */
export function listRevisions(call: Call, { commentId, first = 50, after }: CommentsRevisionsVariables): CommentsRevisionsData {
  requirePermission(call, 'comments.read')
  const { comment } = findComment(call.state, commentId)
  const rows = comment.revisions.map((revision, number) => ({ ...revision, id: String(number) })).reverse()
  const { items, pageInfo, totalCount } = pageOf(rows, { first, after })
  return { revisions: items.map(({ body, writtenAt, writtenBy }) => ({ body, writtenAt, writtenBy })), pageInfo, totalCount }
}

const unreadIn = (call: Call, project: ProjectState): CommentsUnreadData => ({ unreadComments: [...project.comments.values()].filter((comment) => isUnread(call, { project, comment })).length })

export function countUnread(call: Call, { projectId = '' }: CommentsUnreadVariables): CommentsUnreadData {
  requirePermission(call, 'projects.read')
  const project = call.state.project(projectId)
  requirePermission(call, 'comments.read')
  return unreadIn(call, project)
}

/** A mark only moves forward. */
function mark(call: Call, { project, comment: { threadId, sequence } }: Placed): void {
  const { readBy } = project.comments.get(threadId) as StoredComment
  const { id } = personOf(call)
  readBy.set(id, Math.max(readBy.get(id) ?? 0, sequence))
}

export function markRead(call: Call, { commentId }: CommentsMarkReadVariables): CommentsMarkReadData {
  requirePermission(call, 'comments.read')
  const placed = findComment(call.state, commentId)
  mark(call, placed)
  return unreadIn(call, placed.project)
}

export function markAllRead(call: Call, { projectId = '', upTo }: CommentsMarkAllReadVariables): CommentsMarkReadData {
  requirePermission(call, 'comments.read')
  const project = call.state.project(projectId)
  for (const comment of project.comments.values()) if (comment.sequence <= (upTo ?? Infinity)) mark(call, { project, comment })
  return unreadIn(call, project)
}

export function promoteComment(call: Call, variables: CommentsPromoteVariables & WriteVariables): CommentsPromoteData {
  const { commentId, criteria, key, title } = variables
  requirePermission(call, 'comments.promote')
  const given = variables.id == null ? undefined : parseReference(variables.id, 'mic').id
  if (variables.id != null && given === undefined) throw invalid('An id given by the client is a UUID, or mic_ and a UUID without dashes.', ['id'])
  requirePermission(call, 'comments.read')
  const { project, comment } = findComment(call.state, commentId)
  const empty = criteria.findIndex((text) => text.trim() === '')
  if (empty >= 0) throw invalid('A criterion says what must be true.', ['criteria', String(empty)])
  const fields = { title, ...(criteria.length > 0 && { acceptanceCriteria: criteria.map((text) => ({ text })) }), 'x-promotedFrom': `cmt_${comment.id}` }
  const id = given ?? call.state.newId()
  const { microstep, sequence } = growMicrostep(call, {
    action: 'comment.promote', variables: { ...variables, projectId: `prj_${project.id}` }, step: variables.stepId, key: key ?? null, id, fields,
    along(_project, microstepKey) {
      requirePresent(comment)
      const before = comment.promotedTo === null ? undefined : itemById(project, comment.promotedTo)
      if (before !== undefined) throw taken(`The comment was promoted already: to the microstep ${before.id}.`, ['commentId'])
      return { promoted: { commentId: `cmt_${comment.id}`, threadId: `cmt_${comment.threadId}`, itemKey: itemById(project, comment.itemId)?.id ?? null, microstepId: `mic_${id}`, microstepKey } }
    },
  })
  // a repeated request made no microstep of this id
  if (itemById(project, id) !== undefined) comment.promotedTo = id
  return { comment: viewComment(call, { project, comment }), microstep, sequence }
}
