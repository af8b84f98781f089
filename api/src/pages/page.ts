/** Plain pages of the server: no script, nothing from elsewhere. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { LANGUAGE_PARAMETER, negotiateLanguage, parseAcceptLanguage } from '@buildrunner/sdk/languages'
import type { Language } from '@buildrunner/sdk/languages'

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string)

const STYLE = `
  :root { color-scheme: light dark; --ink: #12263a; --paper: #fff; --line: #d5dde5; --accent: #0b5cad }
  @media (prefers-color-scheme: dark) { :root { --ink: #e8eef4; --paper: #12202e; --line: #33475b; --accent: #8fc1f5 } }
  body { margin: 0; padding: 2rem 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
  main { max-width: 42rem; margin: 0 auto }
  h1 { font-size: 1.5rem; line-height: 1.25 }
  a { color: var(--accent) }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit }
  table { width: 100%; border-collapse: collapse }
  th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere }
  label { display: block; margin-bottom: .25rem }
  input { box-sizing: border-box; width: 100%; padding: .5rem .75rem; border: 1px solid #7d93a8; border-radius: 4px; background: transparent; color: inherit; font: inherit }
  button { margin-top: 1rem; padding: .5rem 1.25rem; border: 0; border-radius: 4px; background: var(--accent); color: var(--paper); font: inherit; cursor: pointer }
  :focus-visible { outline: 3px solid #ffb000; outline-offset: 2px }`

export interface Page {
  readonly language: Language
  readonly title: string
  /** HTML: what comes from elsewhere is escaped in it. */
  readonly body: string
}

/** What a page is read in: the choice in its address, else that of the cookie, else what the browser asks for. */
export function pageLanguage(req: IncomingMessage): Language {
  const chosen = new URL(req.url ?? '/', 'http://localhost').searchParams.get(LANGUAGE_PARAMETER)
  const cookie = new RegExp(`(?:^|;)\\s*${LANGUAGE_PARAMETER}=([^;]*)`).exec(req.headers.cookie ?? '')?.[1]
  return negotiateLanguage([chosen ?? '', cookie ?? '', ...parseAcceptLanguage(req.headers['accept-language'])])
}

export function sendPage(res: ServerResponse, status: number, { language, title, body }: Page): void {
  res.writeHead(status, {
    'content-type': 'text/html; charset=utf-8', 'content-language': language, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff',
    // the address of a page may hold a token: it goes nowhere else
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  })
  res.end(`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} - BuildRunner</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body>
</html>`)
}
