/**
 * Receives webhooks on 127.0.0.1:4100, or PORT; see README.md.
 *
 *   WEBHOOK_SECRET=whsec_... node --conditions=@buildrunner/source examples/webhook-receiver/main.ts
 */
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebhookError, unwrap } from '@buildrunner/sdk/webhooks'
import type { WebhookEvent } from '@buildrunner/sdk/webhooks'
import { readBody } from './body.ts'
import { Seen } from './seen.ts'

const MAX_BODY_BYTES = 1_000_000
const secrets = (process.env['WEBHOOK_SECRET'] ?? '').split(',').filter(Boolean)
if (secrets.length === 0) {
  console.error('WEBHOOK_SECRET is not set: give the secret of the endpoint, whsec_... (two while one replaces the other, parted by a comma).')
  process.exit(1)
}

const seen = new Seen()

/** The status to answer. The work is not waited for: a sender that waits for long tries again. */
async function receive(request: IncomingMessage): Promise<number> {
  if (request.method !== 'POST') return 405
  const body = await readBody(request, MAX_BODY_BYTES)
  if (body === undefined) return 413
  try {
    const event = await unwrap(body, request.headers, secrets)
    // Its signature covers the id.
    const id = String(request.headers['webhook-id'])
    if (seen.add(id)) setImmediate(work, id, event)
    else console.log(`${id} came again`)
    return 204
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error
    console.warn(`refused: ${error.code}: ${error.message}`)
    return error.code === 'WEBHOOK_SECRET_INVALID' ? 500 : error.code === 'WEBHOOK_SIGNATURE_MISMATCH' ? 401 : 400
  }
}

function work(id: string, event: WebhookEvent): void {
  switch (event.kind) {
    case 'plan.changed':
      console.log(`${id}: the plan of ${event.projectId} changed: ${event.data.changes.map(({ op }) => op).join(', ')}`)
      break
    case 'project.created':
      console.log(`${id}: ${event.data.name} was created`)
      break
    default:
      // Further kinds can come at any time.
      console.log(`${id}: ${event.kind}`)
  }
}

const server = createServer((request, response) => {
  void receive(request)
    .catch((error: unknown) => {
      console.error(error)
      return 500
    })
    // What is left of a body that is too long is not read: the connection ends with the answer.
    .then((status) => response.writeHead(status, status === 413 ? { connection: 'close' } : {}).end())
})
server.listen(Number(process.env['PORT'] ?? 4_100), '127.0.0.1', () => console.log(`Waiting for webhooks at http://127.0.0.1:${(server.address() as AddressInfo).port}/`))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close())
