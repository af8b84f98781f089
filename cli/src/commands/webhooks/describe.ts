/** How webhooks and their deliveries are shown. */
import { t } from '../../text/text.ts'
import type { Webhook, WebhookDelivery } from '@buildrunner/sdk'
import { oneLine } from '../../plan/describe.ts'
import type { Context } from '../../core/context.ts'
import type { Style } from '../../core/style.ts'

const day = (time: string): string => time.slice(0, 10)
const minute = (time: string): string => time.slice(0, 16).replace('T', ' ')
const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('  ')

function stateOf({ enabled, disabledReason, failingSince }: Webhook, { red, yellow }: Style): string {
  if (enabled) return failingSince === null ? '' : yellow(t('fails since {failingSince}', { failingSince: minute(failingSince) }))
  if (disabledReason === null) return yellow(t('disabled'))
  return red(disabledReason === 'GONE' ? t('disabled: its receiver is gone') : t('disabled: nothing arrived for days'))
}

/** `https://example.com/hooks  CI  comment.*, plan.changed  whk_01a2…`. */
export function webhookLine(webhook: Webhook, style: Style): string {
  const { kind, url, description, kinds, id } = webhook
  const form = kind === 'STANDARD' ? '' : kind.toLowerCase()
  return joined([style.bold(url), form, oneLine(description ?? ''), kinds.length === 0 ? t('every event') : kinds.join(', '), stateOf(webhook, style), style.dim(id)])
}

/** `17  comment.added  delivered 2026-11-23 10:00  dlv_01a2…`. */
export function deliveryLine({ sequence, kind, status, attempts, nextAttemptAt, lastError, deliveredAt, createdAt, id }: WebhookDelivery, style: Style): string {
  const outcome = status === 'DELIVERED' ? style.green(t('delivered {deliveredAt}', { deliveredAt: minute(deliveredAt ?? createdAt) })) : status === 'DEAD' ? style.red(t('dead since {attempts} attempts', { attempts })) : style.yellow(t('next {nextAttemptAt}', { nextAttemptAt: minute(nextAttemptAt ?? createdAt) }))
  return joined([style.bold(String(sequence)), kind, outcome, oneLine(lastError ?? ''), style.dim(id)])
}

interface Made {
  readonly secret: string | null
  readonly replayed: boolean
  readonly webhook: Webhook
}

/** The secret alone on stdout, so that another program can take it; what else there is to say, on stderr. */
export function tellSecret(context: Context, { secret, replayed, webhook }: Made, did: string): void {
  const { green, dim } = context.out.errorStyle
  const until = webhook.oldSecretUntil === null ? '' : t('; the old secret signs as well until {oldSecretUntil}', { oldSecretUntil: day(webhook.oldSecretUntil) })
  context.out.note(`${green('✓')} ${did} ${webhook.url}${until}  ${dim(webhook.id)}`)
  if (replayed && webhook.kind === 'STANDARD') context.out.warn(t('This request was carried out before: the secret was shown then. br webhooks rotate makes another.'))
  else if (secret !== null) context.out.note(dim(`  ${t('The secret is shown this once:')}`))
  context.out.result({ secret, webhook }, () => secret ?? [])
}
