/**
 * Where mailed links lead. Opening one changes nothing: programs that look at mail open links too. Its button does, through the
 * same pipeline as every other request.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { DEFAULT_LANGUAGE } from '@buildrunner/sdk/languages'
import type { Language } from '@buildrunner/sdk/languages'
import { textIn } from '@buildrunner/schema/text/text'
import type { Text } from '@buildrunner/schema/text/text'
import { execute } from '../rest/execute.ts'
import type { Yoga } from '../rest/execute.ts'
import { OPERATIONS } from '../rest/index.ts'
import type { RestOperation } from '../rest/operations.ts'
import { Problem } from '../rest/problem.ts'
import { escapeHtml, pageLanguage, sendPage } from './page.ts'

interface AccountPage {
  readonly operation: string
  /** The first part of its messages' keys. */
  readonly text: 'page.verify' | 'page.reset'
  readonly fields: (t: Text) => string
}

const PAGES: Readonly<Record<string, AccountPage>> = {
  '/auth/verify-email': { operation: 'auth_verifyEmail', text: 'page.verify', fields: (t) => `<p>${escapeHtml(t('page.verify.intro'))}</p>` },
  '/auth/reset-password': {
    operation: 'auth_resetPassword', text: 'page.reset',
    fields: (t) => `<label for="password">${escapeHtml(t('page.reset.label'))}</label><input id="password" name="newPassword" type="password" autocomplete="new-password" required autofocus>`,
  },
}

const alert = (fault: string): string => `<p role="alert"><strong>${escapeHtml(fault)}</strong></p>`

function form({ fields, text }: AccountPage, t: Text, token: string): string {
  return `<form method="post"><input type="hidden" name="token" value="${escapeHtml(token)}">${fields(t)}<button>${escapeHtml(t(`${text}.button`))}</button></form>`
}

/** What went wrong, in the reader's words where there are some. What is wrong with a password, the operation says in them itself. */
const faultOf = ({ code, message }: Problem, language: Language): string =>
  code === 'LINK_INVALID' && language !== DEFAULT_LANGUAGE ? textIn(language)('page.linkInvalid') : message

async function carryOut(yoga: Yoga, req: IncomingMessage, res: ServerResponse, page: AccountPage): Promise<void> {
  const variables = Object.fromEntries(new URLSearchParams(await readText(req)))
  const language = pageLanguage(req)
  req.headers['accept-language'] = language // the operation answers in the page's language, wherever that was chosen
  const t = textIn(language)
  const title = t(`${page.text}.title`)
  try {
    await execute(yoga, req, { operation: OPERATIONS.get(page.operation) as RestOperation, variables, locate: () => null })
    sendPage(res, 200, { language, title, body: `<p>${escapeHtml(t(`${page.text}.done`))}</p>` })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const again = error.code === 'LINK_INVALID' ? '' : form(page, t, variables['token'] ?? '')
    sendPage(res, error.status, { language, title, body: alert(faultOf(error, language)) + again })
  }
}

/** Answers a path of its own; undefined for all others. */
export function accountPage(yoga: Yoga, path: string): ((req: IncomingMessage, res: ServerResponse) => Promise<void>) | undefined {
  const page = PAGES[path]
  if (page === undefined) return undefined
  return async (req, res) => {
    if (req.method === 'POST') return carryOut(yoga, req, res, page)
    if (req.method !== 'GET' && req.method !== 'HEAD') return void res.writeHead(405, { allow: 'GET, HEAD, POST' }).end()
    const language = pageLanguage(req)
    const t = textIn(language)
    const token = new URL(req.url ?? '/', 'http://localhost').searchParams.get('token') ?? ''
    sendPage(res, 200, { language, title: t(`${page.text}.title`), body: form(page, t, token) })
  }
}
