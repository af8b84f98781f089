/** How a key is shown. */
import { t } from '../../text/text.ts'
import type { ApiKey } from '@buildrunner/sdk'
import type { Context } from '../../core/context.ts'
import type { Style } from '../../core/style.ts'

const day = (time: string): string => time.slice(0, 10)

/** `CI  br_ab12cd34_…  planner.read, qa.run  until 2027-01-31`. */
export function keyLine({ name, prefix, scopes, projectId, state, expiresAt, revokedAt, lastUsedAt, id }: ApiKey, { bold, dim, red }: Style): string {
  const end = state === 'REVOKED' && revokedAt !== null ? red(t('revoked {revokedAt}', { revokedAt: day(revokedAt) })) : expiresAt === null ? '' : state === 'EXPIRED' ? red(t('expired {expiresAt}', { expiresAt: day(expiresAt) })) : t('until {expiresAt}', { expiresAt: day(expiresAt) })
  const parts = [bold(name), `br_${prefix}_…`, scopes.join(', '), projectId === null ? '' : t('only {projectId}', { projectId }), end, lastUsedAt === null ? t('never used') : t('used {lastUsedAt}', { lastUsedAt: day(lastUsedAt) })]
  return `${parts.filter((part) => part !== '').join('  ')}  ${dim(id)}`
}

interface Made {
  readonly secret: string | null
  readonly apiKey: ApiKey
}

/** The secret alone on stdout, so that another program can take it; what else there is to say, on stderr. */
export function tellSecret(context: Context, made: Made, remark: string): void {
  const { green, dim } = context.out.errorStyle
  context.out.note(`${green('✓')} ${remark}  ${dim(made.apiKey.id)}`)
  if (made.secret === null) context.out.warn(t('This request was carried out before: the key was shown then, and nobody knows it any more. Rotate it to get another.'))
  else context.out.note(dim(`  ${t('The key is shown this once:')}`))
  context.out.result({ secret: made.secret, apiKey: made.apiKey }, () => made.secret ?? [])
}
