/** A proxy between br and the server, so that a test can act between the server's commit and br's reading of the answer. */
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

export interface TestProxy {
  readonly baseUrl: string
  close(): Promise<void>
}

/** @param onAnswer is called with each request's body once the server has answered it; `drop` loses the answer. */
export async function startProxy(target: string, onAnswer: (body: string) => 'pass' | 'drop'): Promise<TestProxy> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString()
    const headers = Object.fromEntries(
      ['authorization', 'content-type', 'accept'].flatMap((name) => (typeof request.headers[name] === 'string' ? [[name, request.headers[name]]] : [])),
    )
    const answer = await fetch(target + request.url, { method: request.method ?? 'POST', headers, ...(body === '' ? {} : { body }) })
    const text = await answer.text()
    if (onAnswer(body) === 'drop') {
      request.socket.destroy()
      return
    }
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' }).end(text)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
