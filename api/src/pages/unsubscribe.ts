/**
 * Where the link in a mail leads that ends these mails. Opening it changes nothing: programs that look at mail open links too. Its
 * button does, and so does the mail program's own (RFC 8058: a POST without a session).
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Services } from '@buildrunner/schema/context'
import { unsubscribe } from '@buildrunner/schema/notifications/service'
import { UNSUBSCRIBE_PATH, memberOf } from '@buildrunner/schema/notifications/unsubscribe'
import { textIn } from '@buildrunner/schema/text/text'
import type { Text } from '@buildrunner/schema/text/text'
import { escapeHtml, pageLanguage, sendPage } from './page.ts'

const form = (t: Text): string =>
  `<p>${escapeHtml(t('page.unsubscribe.question'))}</p><form method="post"><button>${escapeHtml(t('page.unsubscribe.button'))}</button></form>`
const done = (t: Text): string => `<p>${escapeHtml(t('page.unsubscribe.done', { command: 'br notifications settings' })).replace('br notifications settings', '<code>$&</code>')}</p>`

/** The page at a path; undefined where there is none. */
export const unsubscribePage = (services: Services, path: string, addressOf: (req: IncomingMessage) => string | null) =>
  path !== UNSUBSCRIBE_PATH
    ? undefined
    : async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
        if (!['GET', 'HEAD', 'POST'].includes(req.method ?? '')) return void res.writeHead(405, { allow: 'GET, HEAD, POST' }).end()
        // what a mail program posts says nothing that the address does not
        req.resume()
        const token = new URL(req.url ?? '', 'http://localhost').searchParams.get('token') ?? ''
        const known = req.method === 'POST' ? await unsubscribe(services, token, addressOf(req)) : memberOf(services.vault, token) !== null
        const language = pageLanguage(req)
        const t = textIn(language)
        const body = known ? (req.method === 'POST' ? done(t) : form(t)) : `<p>${escapeHtml(t('page.unsubscribe.unknown'))}</p>`
        sendPage(res, known ? 200 : 404, { language, title: t('page.unsubscribe.title'), body })
      }
