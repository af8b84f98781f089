/** What a notification tells, by its kind and reason. */
import type { Notification } from '@buildrunner/sdk'
import type { NotificationsKey } from './notifications-text.ts'

/** The message of a notification; undefined for a kind that a newer server tells of: its own title is shown. */
export function sentenceOf({ kind, reason, priority }: Pick<Notification, 'kind' | 'reason' | 'priority'>): NotificationsKey | undefined {
  switch (reason) {
    case 'MENTION':
      if (kind === 'approval.requested') return 'says.approval'
      return kind === 'policy.notified' ? 'says.rule' : kind.startsWith('comment.') ? 'says.mention' : undefined
    case 'REPLY': return kind.startsWith('approval.') ? 'says.approvalAnswered' : kind.startsWith('comment.') ? 'says.reply' : undefined
    case 'PARTICIPATION': return 'says.participation'
    case 'AUTHOR': return 'says.resolved'
    case 'ROLE': return kind === 'member.roleChanged' ? 'says.roleInOrganisation' : 'says.role'
    case 'WATCHING':
      if (kind === 'comment.added') return 'says.commented'
      if (kind === 'qa.run.recorded') return 'says.checkFailed'
      return kind !== 'plan.changed' ? undefined : priority === 'LOW' ? 'says.edited' : 'says.status'
    default: return undefined // of keys the title names which
  }
}
