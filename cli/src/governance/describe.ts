/** Approvals and what rules say, for the terminal. */
import { t } from '../text/text.ts'
import type { Approval } from '@buildrunner/sdk'
import type { Style } from '../core/style.ts'

export const when = (time: string): string => time.slice(0, 16).replace('T', ' ')

export const effectText = (effect: string, { red, yellow, dim }: Style): string => {
  const text = effect.toLowerCase().replace('_', ' ')
  return effect === 'BLOCK' ? red(text) : effect === 'NOTIFY' ? dim(text) : yellow(text)
}

/** One approval in two lines: what it is about, and what became of it. */
export function approvalLines({ id, rule, summary, requestedBy, reason, roles, count, status, decisions, expiresAt }: Approval, style: Style): string[] {
  const agreed = decisions.filter(({ decision }) => decision === 'GRANTED')
  const state = status === 'PENDING' ? t('{agreed} of {count, plural, one {# approval} other {# approvals}} by {roles}, until {expiresAt}', { agreed: agreed.length, count, roles: roles.join(' or '), expiresAt: when(expiresAt) }) : status.toLowerCase()
  return [
    `${style.bold(summary)}  ${style.dim(id)}`,
    `  ${rule}  ${state}  ${style.dim(`${requestedBy.name}: ${reason}`)}`,
    ...decisions.map(({ by, role, decision, comment }) => `  ${decision === 'GRANTED' ? style.green('✓') : style.red('✗')} ${by.name} (${role})${comment === null || comment === '' ? '' : `  ${comment}`}`),
  ]
}

/** A value of a fact, short enough for a line. */
export function valueText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 58)}…` : text
}
