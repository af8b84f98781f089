/** Mails of notifications: text, and HTML of the plainest kind. */
import type { Mail } from '../shared/mail.ts'
import { titleOf } from './rows.ts'
import type { NotificationRow } from './rows.ts'

export interface MailOptions {
  readonly to: string
  readonly organisation: string
  readonly notifications: readonly [NotificationRow, ...NotificationRow[]]
  /** One click ends these mails. */
  readonly unsubscribeUrl: string
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] as string)

/** Headers hold one line. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const textOf = (row: NotificationRow): string => [`${titleOf(row)}${row.project === null ? '' : ` (${row.project})`}.`, ...(row.text === null ? [] : [row.text.replace(/^/gm, '> ')])].join('\n')
const htmlOf = (row: NotificationRow): string =>
  `<li><p>${escape(titleOf(row))}${row.project === null ? '' : ` (${escape(row.project)})`}.</p>${row.text === null ? '' : `<blockquote style="white-space: pre-wrap">${escape(row.text)}</blockquote>`}</li>`

/** One notification, or several as a digest. `List-Unsubscribe-Post` is what makes it one click (RFC 8058). */
export function notificationMail({ to, organisation, notifications, unsubscribeUrl }: MailOptions): Mail {
  const [first] = notifications
  const title = notifications.length === 1 ? titleOf(first) : `${notifications.length} notifications`
  const footer = `You are told as a member of ${organisation}.`
  return {
    to, subject: oneLine(`[${organisation}] ${title}`),
    text: [...notifications.map(textOf), `-- \n${footer} No more of these mails: ${unsubscribeUrl}`].join('\n\n'),
    html: `<!doctype html><html lang="en"><body><ul style="list-style: none; padding: 0">${notifications.map(htmlOf).join('')}</ul><p>${escape(footer)} <a href="${escape(unsubscribeUrl)}">No more of these mails</a></p></body></html>`,
    headers: { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'Auto-Submitted': 'auto-generated' },
  }
}
