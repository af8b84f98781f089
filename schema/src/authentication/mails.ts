/** What people are told by mail of their account. */
import { LANGUAGE_PARAMETER } from '@buildrunner/sdk/languages'
import type { Language } from '@buildrunner/sdk/languages'
import type { Mail } from '../shared/mail.ts'
import { textIn } from '../text/text.ts'
import type { MessageKey, Text } from '../text/text.ts'
import { VALID_MS } from './links.ts'
import type { Purpose } from './links.ts'

const PAGES = { verify: 'verify-email', reset: 'reset-password' } as const satisfies Partial<Record<Purpose, string>>

export interface Reader {
  readonly email: string
  readonly name: string
  readonly language: Language
}

/** Where a mailed link leads: the page speaks the language of the mail. */
export const linkTo = (baseUrl: string, purpose: keyof typeof PAGES, token: string, language: Language): string =>
  `${baseUrl}/auth/${PAGES[purpose]}?token=${token}&${LANGUAGE_PARAMETER}=${language}`

const validity = (purpose: keyof typeof PAGES): { hours: number } => ({ hours: VALID_MS[purpose] / 3_600_000 })

function mail({ email, name, language }: Reader, subject: MessageKey, lines: (t: Text) => readonly string[]): Mail {
  const t = textIn(language)
  return { to: email, subject: t(subject), text: [t('mail.greeting', { name }), ...lines(t), 'BuildRunner'].join('\n\n') + '\n' }
}

export const verificationMail = (reader: Reader, link: string): Mail =>
  mail(reader, 'mail.verify.subject', (t) => [t('mail.verify.intro'), link, t('mail.verify.validity', validity('verify'))])

export const knownAddressMail = (reader: Reader, baseUrl: string): Mail =>
  mail(reader, 'mail.known.subject', (t) => [t('mail.known.intro'), t('mail.known.remedy', { command: `br auth reset-password --email ${reader.email}` }), baseUrl])

export const resetMail = (reader: Reader, link: string): Mail =>
  mail(reader, 'mail.reset.subject', (t) => [t('mail.reset.intro'), link, t('mail.reset.validity', validity('reset'))])

/** Something about the account has changed. */
export const noticeMail = (reader: Reader, what: 'passwordChanged' | 'passwordReset' | 'secondFactorOff' | 'secondFactorOn'): Mail =>
  mail(reader, `mail.notice.${what}`, (t) => [`${t(`mail.notice.${what}`)}.`, t('mail.notice.remedy', { command: 'br auth reset-password' })])
