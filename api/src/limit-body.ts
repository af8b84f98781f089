/**
 * Bounds what a request may send, before anything parses it: also where no `content-length` announces the size. A body in
 * gzip is inflated here, and bounded by what comes out.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createGunzip } from 'node:zlib'
import { requestIdOf } from './context.ts'
import { Problem, PROBLEM_TYPE } from './rest/problem.ts'

/** A plan of ten thousand microsteps is about five megabytes. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024

type Push = (chunk: Buffer | null, encoding?: BufferEncoding) => boolean

interface Refusal {
  readonly code: 'LIMIT_EXCEEDED' | 'BAD_REQUEST'
  readonly status: number
  readonly detail: string
}
const TOO_LARGE: Refusal = { code: 'LIMIT_EXCEEDED', status: 413, detail: `The request is larger than ${MAX_BODY_BYTES / 1024 / 1024} MB. Send the plan in several batches.` }
const NO_GZIP: Refusal = { code: 'BAD_REQUEST', status: 400, detail: 'The body is not what content-encoding: gzip says, or was cut off.' }
const unknown = (encoding: string): Refusal => ({ code: 'BAD_REQUEST', status: 415, detail: `Send the body as it is, or as content-encoding: gzip; this one has ${JSON.stringify(encoding)}.` })

function refuse(req: IncomingMessage, res: ServerResponse, { code, status, detail }: Refusal): void {
  if (res.headersSent) return
  const isGraphQL = /^\/graphql\b/.test(req.url ?? '')
  const body = isGraphQL
    ? { errors: [{ message: detail, extensions: { code } }] }
    : new Problem({ code, status, detail }).toBody(requestIdOf(req))
  res.writeHead(status, { 'content-type': isGraphQL ? 'application/json' : PROBLEM_TYPE, connection: 'close' })
  res.end(JSON.stringify(body), () => req.destroy())
}

/** Hands on at most {@link MAX_BODY_BYTES}. */
function bounded(req: IncomingMessage, res: ServerResponse, push: Push): Push {
  let received = 0
  return (chunk, encoding) => {
    received += chunk?.length ?? 0
    if (received <= MAX_BODY_BYTES) return push(chunk, encoding)
    refuse(req, res, TOO_LARGE)
    return false
  }
}

/** Inflates what it is given into `push`; what is compressed is bounded by what the wire lets through before it is refused. */
function inflated(req: IncomingMessage, res: ServerResponse, push: Push): Push {
  const gunzip = createGunzip()
  gunzip.on('data', (chunk: Buffer) => {
    // of a bomb no more is inflated than what is refused
    if (!push(chunk) && res.headersSent) gunzip.destroy()
  })
  gunzip.on('end', () => push(null))
  gunzip.on('error', () => refuse(req, res, NO_GZIP))
  req.once('close', () => gunzip.destroy())
  return (chunk) => {
    if (chunk === null) gunzip.end()
    else if (!gunzip.destroyed) gunzip.write(chunk)
    return true
  }
}

/** @returns false when the request is answered: it is in an encoding that nobody here reads */
export function limitBody(req: IncomingMessage, res: ServerResponse): boolean {
  if (req.method === 'GET' || req.method === 'HEAD') return true
  const encoding = req.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  // Node's parser hands each piece of a body to `push`: counting there sees it before any reader buffers it
  const push = bounded(req, res, req.push.bind(req) as Push)
  if (encoding === 'identity') req.push = push
  else if (encoding === 'gzip' || encoding === 'x-gzip') {
    // whoever reads the body gets it as it was before
    delete req.headers['content-encoding']
    delete req.headers['content-length']
    req.push = bounded(req, res, inflated(req, res, push))
  } else {
    refuse(req, res, unknown(encoding))
    return false
  }
  return true
}
