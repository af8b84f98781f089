/**
 * Where the site is served, mailed links lead to the console: its pages do what the plain ones do. The token goes behind the `#`, so
 * that no later request tells it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { LANGUAGE_PARAMETER } from '@buildrunner/sdk/languages'
import { textIn } from '@buildrunner/schema/text/text'
import { escapeHtml, pageLanguage, sendPage } from './page.ts'

/** Page of the server: page of the console. */
const CONSOLE_PAGES: Readonly<Record<string, string>> = { '/auth/verify-email': 'verify', '/auth/reset-password': 'reset', '/auth/accept-invitation': 'invitation' }
const INVITATION = '/auth/accept-invitation'

interface MailedLinkOptions {
  /** Whether the console is served now. */
  hasConsole(): boolean
  /** Address that people reach the server by. */
  publicUrl(): string
}

type Handler = (req: IncomingMessage, res: ServerResponse) => void

/** Answers a link that is opened; undefined where the plain page does. */
export function mailedLink({ hasConsole, publicUrl }: MailedLinkOptions, path: string): Handler | undefined {
  const page = CONSOLE_PAGES[path]
  if (page !== undefined && hasConsole()) return (req, res) => toConsole(req, res, page)
  return path === INVITATION ? (req, res) => sendInvitation(req, res, publicUrl()) : undefined
}

const tokenOf = (req: IncomingMessage): string => new URL(req.url ?? '/', 'http://localhost').searchParams.get('token') ?? ''

function toConsole(req: IncomingMessage, res: ServerResponse, page: string): void {
  const location = `/console/?${LANGUAGE_PARAMETER}=${pageLanguage(req)}#/${page}?token=${encodeURIComponent(tokenOf(req))}`
  res.writeHead(302, { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).end()
}

/** Without a console, the command line accepts. */
function sendInvitation(req: IncomingMessage, res: ServerResponse, url: string): void {
  const language = pageLanguage(req)
  const t = textIn(language)
  const command = `br members accept ${tokenOf(req)}`
  sendPage(res, 200, { language, title: t('page.invitation.title'), body: `<p>${escapeHtml(t('invitation.accept', { url }))}</p><pre><code>${escapeHtml(command)}</code></pre>` })
}
