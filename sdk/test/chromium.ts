/** Runs a script in Chromium, on a page whose origin passes `/graphql` on to a server. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { chromium } from 'playwright-core'

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** What the page's `main()` answers. @throws when the page logs an error or an exception is not caught */
export async function runInChromium(script: string, apiUrl: string): Promise<unknown> {
  const server = createServer((request, response) => void serve(request, response, script, apiUrl))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: FLAGS })
  try {
    const page = await browser.newPage()
    const failures: string[] = []
    page.on('pageerror', (error) => failures.push(error.message))
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    const answer: unknown = await page.evaluate('main()')
    if (failures.length > 0) throw new Error(failures.join('\n'))
    return answer
  } finally {
    await browser.close()
    server.closeAllConnections()
    server.close()
  }
}

async function serve(request: IncomingMessage, response: ServerResponse, script: string, apiUrl: string): Promise<void> {
  if (request.url === '/graphql') {
    const { authorization = '' } = request.headers
    const answer = await fetch(`${apiUrl}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization }, body: await text(request) })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
  } else if (request.url === '/main.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
  else response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script src="/main.js"></script>')
}
