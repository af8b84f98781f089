/** What people are told by mail. Texts are functions of their parameters, one place for each language to come. */
import type { Mail } from '../shared/mail.ts'
import { VALID_MS } from './links.ts'
import type { Purpose } from './links.ts'

const PAGES = { verify: 'verify-email', reset: 'reset-password' } as const satisfies Partial<Record<Purpose, string>>

const hours = (purpose: keyof typeof PAGES): string => (VALID_MS[purpose] === 3_600_000 ? 'one hour' : `${VALID_MS[purpose] / 3_600_000} hours`)

/** Where a mailed link leads. */
export const linkTo = (baseUrl: string, purpose: keyof typeof PAGES, token: string): string => `${baseUrl}/auth/${PAGES[purpose]}?token=${token}`

const mail = (to: string, name: string, subject: string, lines: readonly string[]): Mail => ({ to, subject, text: [`Hello ${name},`, ...lines, 'BuildRunner'].join('\n\n') + '\n' })

export const verificationMail = (to: string, name: string, link: string): Mail =>
  mail(to, name, 'Verify your e-mail address', [
    'somebody, probably you, signed up to BuildRunner with this address. Open this link to finish:', link,
    `It holds for ${hours('verify')}, and once. If it was not you, do nothing: without the link there is no account.`,
  ])

export const knownAddressMail = (to: string, name: string, baseUrl: string): Mail =>
  mail(to, name, 'You have an account already', [
    'somebody, probably you, signed up to BuildRunner with this address, which has an account. Nothing was changed.',
    `Sign in as before, or ask for a new password: br auth reset-password --email ${to}`, baseUrl,
  ])

export const resetMail = (to: string, name: string, link: string): Mail =>
  mail(to, name, 'Set a new password', [
    'somebody, probably you, asked for a new password. Open this link to set it:', link,
    `It holds for ${hours('reset')}, and once. All sessions end with it. If it was not you, do nothing: the password stays as it is.`,
  ])

/** @param what e.g. `Your password was changed.` */
export const noticeMail = (to: string, name: string, what: string): Mail =>
  mail(to, name, what.replace(/\.$/, ''), [what, 'If it was not you, set a new password now and end all sessions: br auth reset-password.'])
