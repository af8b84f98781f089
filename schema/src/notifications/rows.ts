/** Notifications as they are read: one row each, with what is shown of it. */
import { EFFECTIVE_ROLE } from '../organisations/rows.ts'
import type { Reason } from './causes.ts'
import type { Priority } from './priorities.ts'

export interface NotificationRow {
  readonly id: string
  readonly kind: string
  readonly reason: Reason
  readonly priority: Priority
  /** Null: the server did it by itself. */
  readonly actor: { readonly id: string; readonly name: string } | null
  readonly projectId: string | null
  readonly project: string | null
  readonly itemKey: string | null
  readonly threadId: string | null
  readonly commentId: string | null
  readonly keyName: string | null
  /** Of the comment as it is now; null once deleted. */
  readonly text: string | null
  readonly createdAt: string
  readonly readAt: string | null
}

const EXCERPT = 280

/** A notification `n`, in the tables of {@link VISIBLE}. */
export const NOTIFICATION_JSON = `json_build_object('id', n.id, 'kind', n.kind, 'reason', n.reason, 'priority', n.priority, 'actor', (SELECT json_build_object('id', a.id, 'name', a.name) FROM users a WHERE a.id = n.actor_id),
    'projectId', n.project_id, 'project', p.name, 'itemKey', n.item_key, 'threadId', n.thread_id, 'commentId', n.comment_id, 'keyName', n.key_name,
    'text', (SELECT left(c.body, ${EXCERPT}) FROM comments c WHERE c.id = n.comment_id), 'createdAt', n.created_at, 'readAt', n.read_at)`

/** What was visible when it was made need not be any more: asked again whenever it is read. */
export const VISIBLE = `JOIN members m ON m.organisation_id = n.organisation_id AND m.user_id = n.user_id JOIN organisations o ON o.id = n.organisation_id
    LEFT JOIN projects p ON p.id = n.project_id LEFT JOIN project_members pm ON pm.user_id = n.user_id AND pm.project_id = n.project_id`
export const IS_VISIBLE = `(n.project_id IS NULL OR (p.id IS NOT NULL AND ${EFFECTIVE_ROLE} IS NOT NULL))`

/** What happened, as a sentence without its full stop. */
export function titleOf({ kind, reason, actor, project, itemKey, keyName, priority }: NotificationRow): string {
  const who = actor?.name ?? 'BuildRunner'
  const where = itemKey ?? project ?? 'an item'
  switch (reason) {
    case 'MENTION':
      return `${who} mentioned you on ${where}`
    case 'REPLY':
      return `${who} answered your comment on ${where}`
    case 'PARTICIPATION':
      return `${who} wrote in a thread of yours on ${where}`
    case 'AUTHOR':
      return `${who} resolved your thread on ${where}`
    case 'ROLE':
      return project === null ? `${who} changed your role in the organisation` : `${who} changed your role in ${project}`
    case 'KEY':
      if (kind === 'apiKey.expiring') return `Your API key "${keyName}" is about to expire`
      return `${who} ${kind === 'apiKey.rotated' ? 'replaced' : 'revoked'} your API key "${keyName}"`
    case 'WATCHING':
      if (kind === 'comment.added') return `${who} commented on ${where}`
      if (kind === 'qa.run.recorded') return `A check of ${where} failed that had passed before`
      return priority === 'LOW' ? `${who} edited ${where}` : `${who} changed the status of ${where}, or removed it`
  }
}
