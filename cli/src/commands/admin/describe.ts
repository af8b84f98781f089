/** How an impersonation is shown. */
import { t } from '../../text/text.ts'
import type { Impersonation } from '@buildrunner/sdk'
import type { Style } from '../../core/style.ts'

const clock = (time: string): string => new Date(time).toISOString().slice(11, 16)

export function impersonationLine({ id, impersonator, user, reason, endsAt, endedAt }: Impersonation, { bold, dim }: Style): string {
  const end = endedAt === null ? t('until {endsAt} UTC', { endsAt: clock(endsAt) }) : t('ended {endedAt} UTC', { endedAt: clock(endedAt) })
  return `${t('{name} as {name2}', { name: bold(impersonator.name), name2: bold(user.name) })}  ${end}  ${reason}  ${dim(id)}`
}
