/** Reads the JSON body of a request. Its size is bounded where the request comes in (`limit-body.ts`). */
import type { IncomingMessage } from 'node:http'
import { badRequest, Problem } from './problem.ts'

const JSON_TYPE = /^application\/([\w.+-]+\+)?json\s*(;|$)/i

/**
 * @returns the members of the body's object; none for an empty body.
 * @throws Problem 415 for another media type, 400 for what is no JSON object.
 */
export async function readBody(req: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  if (chunks.length === 0) return {}
  const type = req.headers['content-type'] ?? 'none'
  if (!JSON_TYPE.test(type)) {
    throw new Problem({ code: 'UNSUPPORTED_MEDIA_TYPE', detail: `Send the body as content-type: application/json; this one has ${JSON.stringify(type)}.`, headers: { 'accept-post': 'application/json' } })
  }
  const value = parse(Buffer.concat(chunks).toString('utf8'))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badRequest([{ pointer: '#', detail: 'The body must be one JSON object.' }])
  return value as Readonly<Record<string, unknown>>
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw badRequest([{ pointer: '#', detail: `The body is no JSON: ${(error as Error).message}.` }])
  }
}
