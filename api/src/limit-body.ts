/** Bounds what a request may send, before anything parses it: also where no `content-length` announces the size. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { requestIdOf } from './context.ts'
import { Problem, PROBLEM_TYPE } from './rest/problem.ts'

/** A plan of ten thousand microsteps is about five megabytes. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024

function refuse(req: IncomingMessage, res: ServerResponse): void {
  if (res.headersSent) return
  const detail = `The request is larger than ${MAX_BODY_BYTES / 1024 / 1024} MB. Send the plan in several batches.`
  const isGraphQL = /^\/graphql\b/.test(req.url ?? '')
  const body = isGraphQL
    ? { errors: [{ message: detail, extensions: { code: 'LIMIT_EXCEEDED' } }] }
    : new Problem({ code: 'LIMIT_EXCEEDED', status: 413, detail }).toBody(requestIdOf(req))
  res.writeHead(413, { 'content-type': isGraphQL ? 'application/json' : PROBLEM_TYPE, connection: 'close' })
  res.end(JSON.stringify(body), () => req.destroy())
}

export function limitBody(req: IncomingMessage, res: ServerResponse): void {
  if (req.method === 'GET' || req.method === 'HEAD') return
  let received = 0
  const push = req.push.bind(req)
  // Node's parser hands each piece of a body to `push`: counting there sees it before any reader buffers it
  req.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    received += chunk?.length ?? 0
    if (received <= MAX_BODY_BYTES) return push(chunk, encoding)
    refuse(req, res)
    return false
  }
}
