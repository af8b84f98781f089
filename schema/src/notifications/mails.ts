/** Mails of notifications: text, and HTML of the plainest kind. */
import type { Language } from '@buildrunner/sdk/languages'
import type { Mail } from '../shared/mail.ts'
import { textIn } from '../text/text.ts'
import { titleOf } from './rows.ts'
import type { NotificationRow } from './rows.ts'

export interface MailOptions {
  readonly to: string
  readonly organisation: string
  readonly notifications: readonly [NotificationRow, ...NotificationRow[]]
  /** One click ends these mails. */
  readonly unsubscribeUrl: string
  readonly language: Language
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] as string)

/** Headers hold one line. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const sentence = (row: NotificationRow, language: Language): string => `${titleOf(row, language)}${row.project === null ? '' : ` (${row.project})`}.`
const textOf = (row: NotificationRow, language: Language): string => [sentence(row, language), ...(row.text === null ? [] : [row.text.replace(/^/gm, '> ')])].join('\n')
const htmlOf = (row: NotificationRow, language: Language): string =>
  `<li><p>${escape(sentence(row, language))}</p>${row.text === null ? '' : `<blockquote style="white-space: pre-wrap">${escape(row.text)}</blockquote>`}</li>`

/** One notification, or several as a digest. `List-Unsubscribe-Post` is what makes it one click (RFC 8058). */
export function notificationMail({ to, organisation, notifications, unsubscribeUrl, language }: MailOptions): Mail {
  const t = textIn(language)
  const [first] = notifications
  const title = notifications.length === 1 ? titleOf(first, language) : t('notification.digest', { count: notifications.length })
  const [footer, unsubscribe] = [t('notification.footer', { organisation }), t('notification.unsubscribe')]
  const items = notifications.map((row) => htmlOf(row, language)).join('')
  return {
    to, subject: oneLine(`[${organisation}] ${title}`),
    text: [...notifications.map((row) => textOf(row, language)), `-- \n${footer} ${unsubscribe}: ${unsubscribeUrl}`].join('\n\n'),
    html: `<!doctype html><html lang="${language}"><body><ul style="list-style: none; padding: 0">${items}</ul><p>${escape(footer)} <a href="${escape(unsubscribeUrl)}">${escape(unsubscribe)}</a></p></body></html>`,
    headers: { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
  }
}
