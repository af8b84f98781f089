/**
 * Posts webhooks over HTTP(S), to the public internet and what the operator allows beside it.
 *
 * The name is resolved once for each request, and the connection is made to the addresses that were checked: a name that answers
 * another address a moment later (DNS rebinding) gains nothing. Sockets are not kept, so that no request rides on the check of an
 * earlier one. No proxy of the environment is used: it would resolve the name again.
 */
import { lookup as dnsLookup } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { request as httpRequest } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { hostOf, mayConnect, refusalOf } from '@buildrunner/schema/webhooks/addresses'
import type { AllowedTargets } from '@buildrunner/schema/webhooks/addresses'
import { WebhookSendError } from '@buildrunner/schema/webhooks/ports'
import type { WebhookAnswer, WebhookSender } from '@buildrunner/schema/webhooks/ports'

/** Resolves a name to all its addresses. */
export type Resolve = (host: string, options: { readonly all: true }, callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void) => void

export interface WebhookSenderOptions {
  readonly allowed: AllowedTargets
  /** From resolving the name to the last byte of the answer. Default: 10 seconds. */
  readonly timeoutMs?: number
  /** Default: the operating system's resolver. */
  readonly resolve?: Resolve
  /** Certificates to trust instead of the public ones. */
  readonly ca?: string
}

const TIMEOUT_MS = 10_000
/** Bytes of an answer that are read. */
const MAX_ANSWER = 4_096

/** What went wrong, in words that do not tell what the server sees of its own network. */
function reasonOf(error: NodeJS.ErrnoException): string {
  const code = error.code ?? ''
  if (code === 'ABORT_ERR') return 'no answer in time'
  if (['ENOTFOUND', 'EAI_AGAIN', 'ENODATA'].includes(code)) return 'the name of its host cannot be resolved'
  if (code === 'ECONNREFUSED') return 'the connection was refused'
  if (['ECONNRESET', 'EPIPE'].includes(code)) return 'the connection was closed without an answer'
  return code === '' ? 'it cannot be reached' : `it cannot be reached (${code})`
}

/** A resolver that answers nothing where one of the addresses may not be connected to. */
const guarded = (resolve: Resolve, allowed: AllowedTargets): LookupFunction => (host, options, callback) =>
  resolve(host, { all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error !== null) callback(error, '')
    else if (first === undefined || !addresses.every(({ address }) => mayConnect(address, host, allowed))) callback(new WebhookSendError('its name does not lead to the public internet'), '')
    else if (options.all === true) callback(null, addresses)
    else callback(null, first.address, first.family)
  })

/** The beginning of an answer's body, as far as it comes before the time is over. */
async function readStart(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      size += chunk.length
      if (size >= MAX_ANSWER) break // ends the connection
    }
  } catch {
    // the status was answered: it counts, whatever becomes of the body
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER).toString('utf8')
}

export function createWebhookSender({ allowed, timeoutMs = TIMEOUT_MS, resolve = dnsLookup, ca }: WebhookSenderOptions): WebhookSender {
  const lookup = guarded(resolve, allowed)

  function open(url: URL, headers: Readonly<Record<string, string>>): ClientRequest {
    const options = { method: 'POST', headers: { ...headers }, agent: false, lookup, signal: AbortSignal.timeout(timeoutMs) } as const
    return url.protocol === 'https:' ? httpsRequest(url, { ...options, ...(ca !== undefined && { ca }) }) : httpRequest(url, options)
  }

  return {
    async send({ url: address, headers, body }): Promise<WebhookAnswer> {
      const url = new URL(address)
      const refusal = refusalOf(url, allowed)
      if (refusal !== null) throw new WebhookSendError(refusal)
      const request = open(url, { ...headers, 'content-length': String(Buffer.byteLength(body)) })
      const response = await new Promise<IncomingMessage>((answered, failed) => {
        request.on('response', answered).on('error', failed).end(body)
      }).catch((error: NodeJS.ErrnoException) => {
        throw error instanceof WebhookSendError ? error : new WebhookSendError(`${hostOf(url)}: ${reasonOf(error)}`, { cause: error })
      })
      const text = await readStart(response)
      return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null, text }
    },
  }
}
