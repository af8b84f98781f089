/** Failures and latencies to order. Each waits for requests of its operation, first come first served. */

interface Times {
  /**
   * How many requests it meets.
   *
   * @defaultValue 1
   */
  times?: number | undefined
}

/** Something in between answers in the server's place, without GraphQL: a proxy, a load balancer. */
export interface HttpFailure extends Times {
  /** The HTTP status. */
  status: number
  /** Sent as `Retry-After`. */
  retryAfterSeconds?: number | undefined
  /** Headers of the answer. */
  headers?: Readonly<Record<string, string>> | undefined
  /**
   * Body of the answer.
   *
   * @defaultValue `upstream failed`
   */
  body?: string | undefined
}

/** The server answers an error of GraphQL. */
export interface GraphQLFailure extends Times {
  /** E.g. `RATE_LIMITED`, `INTERNAL`; also one that the SDK does not know. */
  code: string
  /** What the error says. */
  message?: string | undefined
  /** Sent as `Retry-After`. */
  retryAfterSeconds?: number | undefined
  /** Further `extensions` of the error. */
  details?: Readonly<Record<string, unknown>> | undefined
}

/**
 * No usable answer arrives.
 *
 * - `network`: the request never reaches the server.
 * - `answer-lost`: the server carries it out, and the answer is lost: what makes idempotency keys worth their while.
 * - `malformed`: the answer is cut in the middle.
 * - `hang`: there is none, until the caller gives up.
 */
export interface TransportFailure extends Times {
  /** What happens to the answer. */
  fault: 'network' | 'answer-lost' | 'malformed' | 'hang'
}

/** What {@link TestServer.fail} takes. */
export type Failure = HttpFailure | GraphQLFailure | TransportFailure

interface Ordered<Value> {
  readonly operation: string
  readonly value: Value
  left: number
}

/** Orders for operations; `*` is for each of them. */
export class Orders<Value> {
  readonly #orders: Ordered<Value>[] = []

  add(operation: string, value: Value, times = 1): void {
    if (!(times > 0)) throw new RangeError(`times must be 1 or more, and is ${times}.`)
    this.#orders.push({ operation, value, left: times })
  }

  /** Takes the oldest order that a request of `operation` meets. */
  take(operation: string): Value | undefined {
    const index = this.#orders.findIndex((order) => order.operation === operation || order.operation === '*')
    const order = this.#orders[index]
    if (order !== undefined && --order.left <= 0) this.#orders.splice(index, 1)
    return order?.value
  }

  clear(): void {
    this.#orders.length = 0
  }
}

/** The error of a `fetch` that reached nobody. */
export const networkError = (): TypeError => new TypeError('fetch failed', { cause: new Error('The test server was told to fail.') })

export const failedAnswer = ({ status, headers = {}, body = 'upstream failed', retryAfterSeconds }: HttpFailure): Response =>
  new Response(status === 204 || status === 304 ? null : body, { status, headers: { ...headers, ...retryAfter(retryAfterSeconds) } })

export const retryAfter = (seconds: number | undefined): Record<string, string> => (seconds === undefined ? {} : { 'retry-after': String(seconds) })

/** Resolves after `ms`; rejects at once, with the signal's reason, when the caller gives up. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = ms === Infinity ? undefined : setTimeout(() => {
      signal.removeEventListener('abort', abort)
      resolve()
    }, ms)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
}
