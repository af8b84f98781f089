/** What a notification tells, in the language of this run: the server's own sentence is English. */
import type { Notification } from '@buildrunner/sdk'
import { DEFAULT_LANGUAGE } from '@buildrunner/sdk/languages'
import { currentLanguage, t } from '../../text/text.ts'

/** As the server has it where that is not made of what is known here: of roles and keys. */
export function titleOf({ title, reason, kind, priority, actor, itemKey }: Pick<Notification, 'title' | 'reason' | 'kind' | 'priority' | 'actor' | 'itemKey'>): string {
  if (currentLanguage() === DEFAULT_LANGUAGE || itemKey === null) return title
  const values = { who: actor?.name ?? 'BuildRunner', where: itemKey }
  switch (reason) {
    case 'MENTION':
      return t('{who} mentioned you on {where}', values)
    case 'REPLY':
      return t('{who} answered your comment on {where}', values)
    case 'PARTICIPATION':
      return t('{who} wrote in a thread of yours on {where}', values)
    case 'AUTHOR':
      return t('{who} resolved your thread on {where}', values)
    case 'WATCHING':
      if (kind === 'comment.added') return t('{who} commented on {where}', values)
      if (kind === 'qa.run.recorded') return t('A check of {where} failed that had passed before', values)
      return priority === 'LOW' ? t('{who} edited {where}', values) : t('{who} changed the status of {where}, or removed it', values)
    default:
      return title
  }
}
