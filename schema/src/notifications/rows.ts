/** Notifications as they are read: one row each, with what is shown of it. */
import type { Language } from '@buildrunner/sdk/languages'
import { EFFECTIVE_ROLE } from '../organisations/rows.ts'
import { textIn } from '../text/text.ts'
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
export function titleOf({ kind, reason, actor, project, itemKey, keyName, priority }: NotificationRow, language: Language): string {
  const t = textIn(language)
  const who = actor?.name ?? 'BuildRunner'
  const where = itemKey ?? project ?? t('notification.item')
  const key = keyName ?? ''
  switch (reason) {
    case 'MENTION':
      return t('notification.mentioned', { who, where })
    case 'REPLY':
      return t('notification.answered', { who, where })
    case 'PARTICIPATION':
      return t('notification.wrote', { who, where })
    case 'AUTHOR':
      return t('notification.resolved', { who, where })
    case 'ROLE':
      return project === null ? t('notification.roleInOrganisation', { who }) : t('notification.role', { who, project })
    case 'KEY':
      if (kind === 'apiKey.expiring') return t('notification.keyExpiring', { key })
      return t(kind === 'apiKey.rotated' ? 'notification.keyReplaced' : 'notification.keyRevoked', { who, key })
    case 'WATCHING':
      if (kind === 'comment.added') return t('notification.commented', { who, where })
      if (kind === 'qa.run.recorded') return t('notification.checkFailed', { where })
      return t(priority === 'LOW' ? 'notification.edited' : 'notification.statusChanged', { who, where })
  }
}
