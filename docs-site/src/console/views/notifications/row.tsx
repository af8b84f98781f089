/** One notification: what happened, where it leads, and whether it was read. */
import type { ReactNode } from 'react'
import type { Notification } from '@buildrunner/sdk'
import { linkTo } from '../../routes.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { Time } from '../../ui/time.tsx'
import type { NotificationsKey, NotificationsText } from './notifications-text.ts'
import { useNotificationsText } from './notifications-text.ts'
import { sentenceOf } from './sentence.ts'

export interface Named {
  readonly id: string
  readonly name: string
  readonly slug: string
}

interface NotificationRowProps {
  readonly notification: Notification
  readonly project: Named | undefined
  mark(read: boolean): void
}

export function NotificationRow({ notification, project, mark }: NotificationRowProps): ReactNode {
  const t = useNotificationsText()
  const { text, priority, createdAt, readAt } = notification
  const isUnread = readAt === null
  const link = linkOf(notification, project)
  const says = textOf(t, notification, project)
  return (
    <li className="card notification" data-unread={isUnread || undefined} data-priority={priority}>
      <Icon name={iconOf(notification)} />
      <div className="notification-text">
        <p>
          {isUnread && <span className="pill accent">{t('unread')}</span>}
          {(priority === 'URGENT' || priority === 'HIGH') && <span className="pill warn">{t(`priority.${priority}` as PriorityKey)}</span>}
          {link === undefined ? <strong>{says}</strong> : <a href={link} onClick={() => isUnread && mark(true)}>{says}</a>}
        </p>
        {text !== null && <blockquote>{text}</blockquote>}
        <p className="fine">{project && <>{project.name} · </>}<Time at={createdAt} /></p>
      </div>
      <IconButton icon={isUnread ? 'check' : 'bell'} label={t(isUnread ? 'mark.read' : 'mark.unread', { title: says })} onClick={() => mark(isUnread)} />
    </li>
  )
}

export function textOf(t: NotificationsText, notification: Notification, project: Named | undefined): string {
  const key = sentenceOf(notification)
  if (key === undefined) return notification.title
  return t(key, { who: notification.actor?.name ?? 'BuildRunner', where: notification.itemKey ?? project?.name ?? t('where.project'), project: project?.name ?? '' })
}

/** Where it happened: the thread, the item, the rules, the project. */
function linkOf({ kind, itemKey, commentId, threadId }: Notification, project: Named | undefined): string | undefined {
  if (project === undefined) return kind.startsWith('apiKey.') ? linkTo('keys') : undefined
  const comment = commentId ?? threadId
  if (itemKey !== null) return linkTo('plan', { project: project.slug, rest: [itemKey], query: comment !== null ? { comment } : kind === 'qa.run.recorded' ? { tab: 'criteria' } : {} })
  return linkTo(kind.startsWith('approval.') || kind.startsWith('policy.') ? 'governance' : 'plan', { project: project.slug })
}

const ICONS: Readonly<Record<string, IconName>> = { comment: 'comment', plan: 'plan', qa: 'quality', approval: 'rules', policy: 'rules', member: 'people', apiKey: 'key' }
const iconOf = ({ kind }: Notification): IconName => ICONS[kind.split('.')[0] ?? ''] ?? 'bell'

export type PriorityKey = Extract<NotificationsKey, `priority.${string}`>
