/**
 * Where the link in a mail leads that ends these mails. Opening it changes nothing: programs that look at mail open links too. Its
 * button does, and so does the mail program's own (RFC 8058: a POST without a session).
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Services } from '@buildrunner/schema/context'
import { unsubscribe } from '@buildrunner/schema/notifications/service'
import { UNSUBSCRIBE_PATH, memberOf } from '@buildrunner/schema/notifications/unsubscribe'
import { sendPage } from './page.ts'

const TITLE = 'Mails of notifications'
const FORM = '<p>No more mails of notifications from this organisation? In BuildRunner you see them still.</p><form method="post"><button>No more mails</button></form>'

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
        if (!known) return sendPage(res, 404, TITLE, '<p>The link is not complete. Copy all of it from the mail, or choose in your settings what is mailed.</p>')
        sendPage(res, 200, TITLE, req.method === 'POST' ? '<p>Done. You get no more mails of notifications from this organisation. <code>br notifications settings</code> turns them on again.</p>' : FORM)
      }
