/** Server-sent events: what a subscription answers, one message each, so that `EventSource` goes on where it was cut off. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { badRequest, Problem } from './problem.ts'

export const STREAM_TYPE = 'text/event-stream'

/** Proxies close what is silent for a minute. */
const KEEP_ALIVE_MS = 15_000

/** Where a client that comes back wants to go on: it repeats the address, so this wins over what stands there. */
export function lastEventId(req: IncomingMessage): number | undefined {
  const id = req.headers['last-event-id']
  if (id === undefined || id === '') return undefined
  if (typeof id !== 'string' || !/^\d{1,9}$/.test(id)) throw badRequest([{ parameter: 'Last-Event-ID', detail: 'Last-Event-ID must be the id of a message: a sequence.' }])
  return Number(id)
}

/** Writes messages: `data` is the body, `id` its sequence. What fails on the way is the last message, named `error`. */
export function messages(values: AsyncIterableIterator<unknown>, write: (value: unknown) => unknown, requestId: string): AsyncIterableIterator<string> {
  let failed = false
  const texts: AsyncIterableIterator<string> = {
    [Symbol.asyncIterator]: () => texts,
    async next() {
      if (failed) return { done: true, value: undefined }
      try {
        const { done, value } = await values.next()
        return done === true ? { done, value: undefined } : { done: false, value: message(write(value) as Readonly<Record<string, unknown>>) }
      } catch (error) {
        failed = true
        await values.return?.()
        const problem = error instanceof Problem ? error : new Problem({ code: 'INTERNAL', detail: 'Something went wrong on our side. The request id finds it in the log.' })
        return { done: false, value: `event: error\ndata: ${JSON.stringify(problem.toBody(requestId))}\n\n` }
      }
    },
    async return() {
      await values.return?.()
      return { done: true, value: undefined }
    },
  }
  return texts
}

const message = (body: Readonly<Record<string, unknown>>): string => `${body['sequence'] === undefined ? '' : `id: ${String(body['sequence'])}\n`}data: ${JSON.stringify(body)}\n\n`

/** Sends until the stream ends or the client is gone; either way the subscription is given up. */
export async function sendStream(res: ServerResponse, texts: AsyncIterableIterator<string>): Promise<void> {
  res.flushHeaders()
  const beat = setInterval(() => res.write(':\n\n'), KEEP_ALIVE_MS)
  await pipeline(Readable.from(texts), res).catch(() => undefined).finally(() => clearInterval(beat)) // the client left: that is how a stream ends
}
