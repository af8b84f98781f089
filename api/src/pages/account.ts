/**
 * Where mailed links lead. Opening one changes nothing: programs that look at mail open links too. Its button does, through the
 * same pipeline as every other request.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { execute } from '../rest/execute.ts'
import type { Yoga } from '../rest/execute.ts'
import { OPERATIONS } from '../rest/index.ts'
import type { RestOperation } from '../rest/operations.ts'
import { Problem } from '../rest/problem.ts'
import { escapeHtml, sendPage } from './page.ts'

interface AccountPage {
  readonly operation: string
  readonly title: string
  readonly fields: string
  readonly button: string
  readonly done: string
}

const PAGES: Readonly<Record<string, AccountPage>> = {
  '/auth/verify-email': {
    operation: 'auth_verifyEmail', title: 'Verify your e-mail address', fields: '<p>One click finishes your sign-up.</p>', button: 'Verify', done: 'Your address is verified. You can sign in now.',
  },
  '/auth/reset-password': {
    operation: 'auth_resetPassword', title: 'Set a new password', button: 'Set password', done: 'Your password was set, and all your sessions ended. You can sign in now.',
    fields: '<label for="password">New password</label><input id="password" name="newPassword" type="password" autocomplete="new-password" required autofocus>',
  },
}

function form({ fields, button }: AccountPage, token: string, fault?: string): string {
  const told = fault === undefined ? '' : `<p role="alert"><strong>${escapeHtml(fault)}</strong></p>`
  return `${told}<form method="post"><input type="hidden" name="token" value="${escapeHtml(token)}">${fields}<button>${button}</button></form>`
}

async function carryOut(yoga: Yoga, req: IncomingMessage, res: ServerResponse, page: AccountPage): Promise<void> {
  const variables = Object.fromEntries(new URLSearchParams(await readText(req)))
  try {
    await execute(yoga, req, { operation: OPERATIONS.get(page.operation) as RestOperation, variables, locate: () => null })
    sendPage(res, 200, page.title, `<p>${page.done}</p>`)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const again = error.code === 'LINK_INVALID' ? `<p role="alert">${escapeHtml(error.message)}</p>` : form(page, variables['token'] ?? '', error.message)
    sendPage(res, error.status, page.title, again)
  }
}

/** Answers a path of its own; undefined for all others. */
export function accountPage(yoga: Yoga, path: string): ((req: IncomingMessage, res: ServerResponse) => Promise<void>) | undefined {
  const page = PAGES[path]
  if (page === undefined) return undefined
  return async (req, res) => {
    if (req.method === 'POST') return carryOut(yoga, req, res, page)
    if (req.method !== 'GET' && req.method !== 'HEAD') return void res.writeHead(405, { allow: 'GET, HEAD, POST' }).end()
    sendPage(res, 200, page.title, form(page, new URL(req.url ?? '/', 'http://localhost').searchParams.get('token') ?? ''))
  }
}
