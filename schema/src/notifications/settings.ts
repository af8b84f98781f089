/** How often a member is mailed, by priority. */
import type { Language } from '@buildrunner/sdk/languages'
import { PRIORITIES } from './priorities.ts'
import type { Priority } from './priorities.ts'

export const EMAIL_FREQUENCIES = ['IMMEDIATE', 'DIGEST_HOURLY', 'DIGEST_DAILY', 'OFF'] as const
export type EmailFrequency = (typeof EMAIL_FREQUENCIES)[number]
export type EmailSettings = Readonly<Record<Lowercase<Priority>, EmailFrequency>>
/** With what is the person's own, in all of their organisations. */
export type NotificationSettings = EmailSettings & { readonly language: Language | null }

/** What counts until somebody says otherwise. */
export const DEFAULT_EMAIL_SETTINGS: EmailSettings = { low: 'OFF', normal: 'DIGEST_DAILY', high: 'IMMEDIATE', urgent: 'IMMEDIATE' }
export const NO_EMAIL: EmailSettings = { low: 'OFF', normal: 'OFF', high: 'OFF', urgent: 'OFF' }

/** SQL: what a row `s` of `notification_settings`, which may be missing, says of a priority. */
export const frequencyOf = (priority: string, s: string): string =>
  `CASE ${priority} ${PRIORITIES.map((name) => {
    const column = name.toLowerCase() as Lowercase<Priority>
    return `WHEN '${name}' THEN coalesce(${s}.${column}, '${DEFAULT_EMAIL_SETTINGS[column]}')`
  }).join(' ')} END`
