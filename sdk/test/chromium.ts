/** Runs a script in Chromium, on pages whose origin passes `/graphql` on to a server. */
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'

/** For a browser that a test starts. */
export const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** Where Chromium is, and whether it is there. */
export const CHROMIUM_PATH = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
export const hasChromium = existsSync(CHROMIUM_PATH)
if (!hasChromium) console.warn(`NOT TESTED in a browser: there is no ${CHROMIUM_PATH}; name one in CHROMIUM_PATH.`)

export interface Browser {
  /** A new tab of one and the same browser, on a page of one and the same origin that has run the script. */
  newTab(): Promise<Page>
  /** @throws when a page logged an exception that is not caught */
  close(): Promise<void>
}

/** Opens Chromium. @param apiUrl the server that `/graphql` of the page's origin leads to */
export async function openChromium(script: string, apiUrl?: string): Promise<Browser> {
  const server = createServer((request, response) => void serve(request, response, script, apiUrl))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: FLAGS })
  const context = await browser.newContext()
  const failures: string[] = []
  return {
    async newTab() {
      const page = await context.newPage()
      page.on('pageerror', (error) => failures.push(error.message))
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      return page
    },
    async close() {
      await browser.close()
      server.closeAllConnections()
      server.close()
      if (failures.length > 0) throw new Error(failures.join('\n'))
    },
  }
}

/** What the page's `main()` answers. @throws when the page logs an error or an exception is not caught */
export async function runInChromium(script: string, apiUrl?: string): Promise<unknown> {
  const browser = await openChromium(script, apiUrl)
  try {
    return await (await browser.newTab()).evaluate('main()')
  } finally {
    await browser.close()
  }
}

async function serve(request: IncomingMessage, response: ServerResponse, script: string, apiUrl: string | undefined): Promise<void> {
  if (request.url === '/graphql' && apiUrl !== undefined) {
    const { authorization = '' } = request.headers
    const answer = await fetch(`${apiUrl}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization }, body: await text(request) })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
  } else if (request.url === '/main.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
  else response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script src="/main.js"></script>')
}
