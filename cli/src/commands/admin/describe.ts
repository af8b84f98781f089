/** How an impersonation is shown. */
import type { Impersonation } from '@buildrunner/sdk'
import type { Style } from '../../core/style.ts'

const clock = (time: string): string => new Date(time).toISOString().slice(11, 16)

export function impersonationLine({ id, impersonator, user, reason, endsAt, endedAt }: Impersonation, { bold, dim }: Style): string {
  const end = endedAt === null ? `until ${clock(endsAt)} UTC` : `ended ${clock(endedAt)} UTC`
  return `${bold(impersonator.name)} as ${bold(user.name)}  ${end}  ${reason}  ${dim(id)}`
}
