/** Sends one GraphQL request over fetch: time limit, cancellation, and retries of what is safe to send twice. */
import { readAnswer } from './answer.ts'
import type { Answer, Outcome } from './answer.ts'
import { checkRetries, checkTimeout, isThisMachine } from './config.ts'
import type { Config, AttemptInfo } from './config.ts'
import type { BuildRunnerError } from './errors.ts'
import { errorOf, record } from './errors.ts'
import { gzipped } from './gzip.ts'
import { backoffMs } from './resilience/backoff.ts'
import type { CircuitPermit } from './resilience/circuit-breaker.ts'
import { DEFAULT_SYNC_BACKOFF } from './resilience/policy.ts'

/** Options of one call; they win over the client's. */
export interface CallOptions {
  /** Ends the call, whether it waits for an answer or between two attempts. */
  signal?: AbortSignal | undefined
  /** How long the call may take, retries and back-off included, in milliseconds. */
  timeoutMs?: number | undefined
  /** How often it is tried again after a passing failure. */
  maxRetries?: number | undefined
  /**
   * Makes a mutation happen once however often it is sent.
   *
   * @defaultValue a random key, the same for all attempts of the call
   */
  idempotencyKey?: string | undefined
  /**
   * Writes in spite of the project's own rules that refuse: their ids, and why. It needs the permission `governance.override`, and is
   * on record.
   */
  override?: { readonly rules: readonly string[]; readonly reason: string } | undefined
  /**
   * In a browser: the request is sent to its end though the page is closed meanwhile.
   *
   * @defaultValue false
   */
  keepalive?: boolean | undefined
  /** Sent beside the client's own. */
  headers?: Readonly<Record<string, string>> | undefined
}

export interface Payload {
  /** What `onRequest` is told. */
  method: string
  body: string
  /** Sending it twice is the same as sending it once. */
  safe: boolean
}

interface Attempt extends Answer {
  /** What it was sent with. */
  token?: string | undefined
}

/**
 * Sends `body` until an attempt succeeds, fails for good, or the call ends. It does not throw for anything that happens
 * after the options were found right.
 *
 * A wait that would not be over within `timeoutMs` is not begun: this is the cap on `Retry-After`.
 *
 * @throws ConfigurationError for options out of range; InputError for headers that cannot be sent.
 */
export async function send(config: Config, { method, body, safe }: Payload, options: CallOptions, cancel: AbortSignal): Promise<Outcome> {
  const timeoutMs = checkTimeout(options.timeoutMs ?? config.timeoutMs)
  let retries = safe ? checkRetries(options.maxRetries ?? config.maxRetries) : 0
  const headers = headersOf(config, options)
  // on this machine bytes cost nothing
  const small = isThisMachine(new URL(config.baseUrl)) ? undefined : await gzipped(body)
  if (small !== undefined) headers.set('content-encoding', 'gzip')
  const deadline = Date.now() + timeoutMs
  const ending = new Ending(config, timeoutMs, [cancel, options.signal])
  try {
    for (let attempt = 0, refused: string | undefined; ; attempt++) {
      const result = await guarded(config, async () => {
        const startedAt = performance.now()
        const answer = await ending.race(() => attemptOnce(config, { body: small ?? body, headers, keepalive: options.keepalive ?? false, signal: ending.signal }, refused))
        report(config, { method, attempt, durationMs: performance.now() - startedAt }, answer)
        return answer
      })
      if (result.error?.code === 'UNAUTHENTICATED' && config.credentials.renewable && refused === undefined) {
        // Refused before anything was done: also a mutation is safe to send again.
        refused = result.token
        retries++
        continue
      }
      if (!result.passing || attempt >= retries) return result
      const waitMs = result.retryAfterMs ?? backoffMs(attempt + 1, DEFAULT_SYNC_BACKOFF, Math.random())
      if (Date.now() + waitMs >= deadline) return result
      const ended = await ending.race(() => ending.wait(waitMs))
      if (ended) return ended
    }
  } finally {
    ending.release()
  }
}

/** What says that no server was there to answer. */
const AWAY = new Set(['NETWORK', 'TIMEOUT', 'SERVICE_UNAVAILABLE'])

/** One attempt, if the client's circuit breaker lets it through; the breaker learns how it ended. */
async function guarded({ circuitBreaker }: Config, attempt: () => Promise<Attempt>): Promise<Attempt> {
  let permit: CircuitPermit | undefined
  try {
    permit = circuitBreaker?.acquire()
  } catch (error) {
    return { error: error as BuildRunnerError }
  }
  const result = await attempt()
  const code = result.error?.code ?? ''
  if (AWAY.has(code)) permit?.failed()
  else if (code === 'ABORTED') permit?.released()
  else permit?.succeeded()
  return result
}

function report({ onRequest, baseUrl }: Config, told: Pick<AttemptInfo, 'method' | 'attempt' | 'durationMs'>, { status, requestId, error }: Attempt): void {
  try {
    onRequest?.({ ...told, url: `${baseUrl}/graphql`, status, requestId, code: error?.code })
  } catch {
    // The hook is the caller's own; a fault of it is not one of the call.
  }
}

/** The ways in which a call ends before its answer: the caller's signals and the clock. Nothing of it outlives `release`. */
class Ending {
  readonly #controller = new AbortController()
  readonly #signals: readonly AbortSignal[]
  readonly #timers: ReturnType<typeof setTimeout>[] = []
  readonly #ended: Promise<Attempt>
  #end!: (outcome: Outcome) => void

  constructor(config: Config, timeoutMs: number, signals: readonly (AbortSignal | undefined)[]) {
    this.#ended = new Promise((resolve) => (this.#end = resolve))
    this.#signals = signals.filter((signal) => signal !== undefined)
    const expire = (): void => this.#finish(errorOf({ code: 'TIMEOUT', message: `${config.baseUrl} did not answer within ${timeoutMs} ms.` }))
    this.#timers.push(setTimeout(expire, timeoutMs))
    for (const signal of this.#signals) {
      if (signal.aborted) this.#abort()
      else signal.addEventListener('abort', this.#abort)
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** `work`, unless the call ends first: a `fetch` that ignores its signal holds nobody up. */
  race<Value>(work: () => Promise<Value>): Promise<Value | Attempt> {
    return this.signal.aborted ? this.#ended : Promise.race([this.#ended, work()])
  }

  wait(ms: number): Promise<undefined> {
    return new Promise((resolve) => this.#timers.push(setTimeout(resolve, ms, undefined)))
  }

  release(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    for (const signal of this.#signals) signal.removeEventListener('abort', this.#abort)
  }

  readonly #abort = (): void => {
    const cause: unknown = this.#signals.find((signal) => signal.aborted)?.reason
    this.#finish(errorOf({ code: 'ABORTED', message: 'The call was aborted.', cause }))
  }

  #finish(error: BuildRunnerError): void {
    this.#end({ error })
    this.#controller.abort()
  }
}

async function attemptOnce(config: Config, init: Pick<RequestInit, 'body' | 'keepalive' | 'signal'> & { headers: Headers }, refused?: string): Promise<Attempt> {
  const { credentials } = config
  const token = await credentials.token(refused)
  let response: Response
  let text: string
  try {
    if (token !== undefined) init.headers.set('authorization', `Bearer ${token}`)
    // A redirect would carry the request elsewhere, or turn it into a GET; it is reported instead.
    response = await config.fetch(`${config.baseUrl}/graphql`, { ...init, method: 'POST', redirect: 'manual' })
    text = credentials.redact(await response.text())
  } catch (cause) {
    const inner = record(record(cause)['cause'])
    const reason = String(inner['code'] ?? inner['message'] ?? record(cause)['message'] ?? cause)
    const message = credentials.redact(`${config.baseUrl} cannot be reached (${reason}).`)
    return { error: errorOf({ code: 'NETWORK', message, cause: credentials.copyOf(cause) }), passing: true }
  }
  return { ...readAnswer(config, response, text), token }
}

/** The call's headers, and over them the client's own. */
function headersOf(config: Config, options: CallOptions): Headers {
  try {
    const headers = new Headers(options.headers)
    headers.set('content-type', 'application/json')
    headers.set('accept', 'application/graphql-response+json, application/json;q=0.9')
    headers.set('x-buildrunner-client', config.clientName)
    return headers
  } catch (cause) {
    const message = 'The headers of the call, or clientName, cannot be sent.'
    throw errorOf({ code: 'BAD_USER_INPUT', path: ['headers'], message, cause: config.credentials.copyOf(cause) })
  }
}
