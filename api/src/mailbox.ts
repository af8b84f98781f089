/**
 * The mail-box of a server in development: where no mail server is configured, and only this machine can reach the server, mails
 * are kept in memory and shown at /mailbox.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Mail, Mailer } from '@buildrunner/schema/shared/mail'
import { DEFAULT_LANGUAGE } from '@buildrunner/sdk/languages'
import { escapeHtml, sendPage } from './pages/page.ts'

const KEPT = 200
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i

/** Whether only this machine reaches a server that listens there. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host)

export interface Mailbox extends Mailer {
  handles(path: string): boolean
  answer(req: IncomingMessage, res: ServerResponse): void
}

export const isMailbox = (mail: Mailer): mail is Mailbox => 'handles' in mail

interface Kept extends Mail {
  readonly id: number
  readonly at: Date
}

/** For developers: its own words are English, whatever the mails are in. */
const send = (res: ServerResponse, status: number, title: string, body: string): void => sendPage(res, status, { language: DEFAULT_LANGUAGE, title, body })

/** Text with its links made to work. */
const withLinks = (text: string): string => escapeHtml(text).replace(/https?:\/\/[^\s&]+(?:&amp;[^\s&]+)*/g, (url) => `<a href="${url}">${url}</a>`)

const time = (at: Date): string => `<time datetime="${at.toISOString()}">${at.toISOString().slice(0, 19).replace('T', ' ')}</time>`

function list(mails: readonly Kept[]): string {
  if (mails.length === 0) return '<p>Nothing yet. What this server mails appears here while it runs; set SMTP_URL to have it delivered.</p>'
  const rows = mails.toReversed().map(({ id, at, to, subject }) => `<tr><td><a href="/mailbox/${id}">${escapeHtml(subject)}</a></td><td>${escapeHtml(to)}</td><td>${time(at)}</td></tr>`)
  return `<table><thead><tr><th scope="col">Subject</th><th scope="col">To</th><th scope="col">Sent (UTC)</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

const message = ({ to, at, text }: Kept): string => `<p>To ${escapeHtml(to)}, ${time(at)}</p><pre>${withLinks(text)}</pre><p><a href="/mailbox">All messages</a></p>`

export function createMailbox(): Mailbox {
  const mails: Kept[] = []
  let newest = 0
  const keep = (mail: Mail): void => {
    mails.push({ ...mail, id: ++newest, at: new Date() })
    if (mails.length > KEPT) mails.shift()
  }
  return {
    send: keep,
    deliver: async (mail) => keep(mail),
    handles: (path) => path === '/mailbox' || path.startsWith('/mailbox/'),
    answer(req, res) {
      const path = (req.url ?? '').split('?', 1)[0] as string
      // a page elsewhere may resolve its own name to this machine: the links here are secrets
      if (!isLoopback((req.headers.host ?? '').replace(/:\d+$/, ''))) return send(res, 403, 'Mail-box', '<p>The mail-box is shown under the name localhost only.</p>')
      if (req.method !== 'GET' && req.method !== 'HEAD') return void res.writeHead(405, { allow: 'GET, HEAD' }).end()
      if (path === '/mailbox') return send(res, 200, 'Mail-box', list(mails))
      const mail = mails.find(({ id }) => path === `/mailbox/${id}`)
      if (mail === undefined) return send(res, 404, 'Mail-box', '<p>There is no such message any more.</p><p><a href="/mailbox">All messages</a></p>')
      send(res, 200, mail.subject, message(mail))
    },
  }
}
