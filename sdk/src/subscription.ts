/** Subscriptions over one shared WebSocket: they reconnect, resume after the last item, and never buffer without bound. */
import { PASSING_CODES } from './answer.ts'
import type { Config } from './config.ts'
import { BuildRunnerError, errorFromGraphQL, errorOf, record } from './errors.ts'
import { backoffMs } from './resilience/backoff.ts'
import { DEFAULT_SYNC_BACKOFF } from './resilience/policy.ts'
import { createSocket } from './socket.ts'
import type { Socket } from './socket.ts'

/** Options of one subscription. */
export interface SubscribeOptions {
  /** Ends the subscription: its loops throw an `AbortedError`. (`close()` ends them without an error.) */
  signal?: AbortSignal | undefined
  /**
   * How often in a row the connection may fail before the loop throws a `NetworkError`.
   *
   * @defaultValue Infinity
   */
  maxRetries?: number | undefined
  /** Told when the stream is being opened, again after each loss, and when it stands. */
  onState?: ((state: 'connecting' | 'open') => void) | undefined
}

/** What is subscribed to: a document that the server knows, its text, or both: the text then serves where the id is unknown. */
export interface SubscriptionDocument {
  readonly documentId?: string | undefined
  readonly query?: string | undefined
}

type Variables = Readonly<Record<string, unknown>>
type Read<Item> = (closing: readonly AbortSignal[]) => AsyncGenerator<Item, void, undefined>

/** Items that may wait for a slow consumer; at more the stream is closed, and resumed once they are consumed. */
const BUFFER = 100
/** Whatever else closes a socket is passing: a network, a server that restarts. */
const FATAL_CLOSE: Readonly<Record<number, string>> = { 1009: 'LIMIT_EXCEEDED', 4400: 'BAD_RESPONSE', 4401: 'UNAUTHENTICATED', 4403: 'UNAUTHENTICATED', 4406: 'BAD_RESPONSE' }

/**
 * Items as they happen. Each loop subscribes for itself, over one socket that the client's subscriptions share; nothing is
 * opened before the first. A lost connection is opened again, for ever, at growing intervals, and the items go on after the
 * last `sequence` that the loop saw: it gets each one once and in order, or a `gap` that says what is gone.
 *
 * @example
 * ```ts
 * for await (const { event, gap } of client.events.watch({ since: 0 })) {
 *   if (event) console.log(event.sequence, event.kind)
 *   else if (gap !== null) console.log(`events up to ${gap} are gone: read the plan again`)
 * }
 * ```
 */
export class Subscription<Item> implements AsyncIterable<Item> {
  readonly #closing = new AbortController()
  readonly #read: Read<Item>

  /** @internal */
  constructor(read: Read<Item>) {
    this.#read = read
  }

  /** @throws BuildRunnerError for what does not pass: a key that is refused, a project that is not there, no `WebSocket`. */
  [Symbol.asyncIterator](): AsyncIterator<Item, void, undefined> {
    const leaving = new AbortController()
    const items = this.#read([this.#closing.signal, leaving.signal])
    return {
      next: () => items.next(),
      // A generator alone would return only after the item that it waits for.
      return: () => {
        leaving.abort()
        return items.return()
      },
    }
  }

  /** Ends all loops, without an error. */
  close(): void {
    this.#closing.abort()
  }
}

/** Subscribes to `document`. Items that have a `sequence` are resumed by the variable `since`. */
export const subscribe = <Item>(config: Config, document: SubscriptionDocument, variables: Variables, options: SubscribeOptions = {}): Subscription<Item> =>
  new Subscription((closing) => read(config, document, { ...variables }, closing, options))

async function* read<Item>(
  config: Config, document: SubscriptionDocument, variables: Record<string, unknown>, closing: readonly AbortSignal[], options: SubscribeOptions,
): AsyncGenerator<Item, void, undefined> {
  const { signal, maxRetries = Infinity, onState } = options
  const { documentId, query } = document
  let payload: object = documentId ? { query: '', extensions: { documentId }, variables } : { query, variables }
  const pause = new Pause(signal ? [...closing, signal] : closing)
  const ended = (): boolean => {
    if (signal?.aborted) throw errorOf({ code: 'ABORTED', message: 'The subscription was aborted.', cause: signal.reason })
    return closing.some(({ aborted }) => aborted)
  }
  try {
    for (let attempt = 0, renewed = false; !ended(); ) {
      onState?.('connecting')
      const stream = new Stream(socketOf(config), payload, pause.end)
      let stands = false
      try {
        while (!ended() && (stream.open || stream.items.length > 0)) {
          const item = stream.items.shift()
          if (item === undefined) {
            await pause.wait()
            continue
          }
          attempt = 0
          renewed = false
          if (!stands) onState?.('open')
          stands = true
          const { sequence } = record(item)
          if (typeof sequence === 'number') {
            // A stream begins by telling where it stands: nothing new for one that was resumed.
            if (sequence <= Number(variables['since'] ?? -1)) continue
            variables['since'] = sequence
          }
          yield item as Item
        }
      } finally {
        stream.close()
      }
      if (ended() || stream.full) continue
      if (stream.cause === undefined) return
      const { error, refused, passing } = failureOf(config, stream.cause)
      if (error.code === 'DOCUMENT_UNKNOWN' && query && 'extensions' in payload) payload = { query, variables }
      else if (refused && !renewed && config.credentials.renewable) renewed = true
      else if (!passing || attempt >= maxRetries) throw error
      else await pause.wait(backoffMs(++attempt, DEFAULT_SYNC_BACKOFF, Math.random()))
    }
  } finally {
    pause.release()
  }
}

/** One run of an operation on the socket, until it ends or too much of it waits. */
class Stream {
  readonly items: unknown[] = []
  readonly close: () => void
  open = true
  full = false
  /** What ended it; nothing when the server, or `close`, completed it. */
  cause: unknown

  constructor(socket: Socket, payload: object, notify: () => void) {
    const end = (cause?: unknown): void => {
      this.cause ??= cause
      this.open = false
      notify()
    }
    this.close = socket.subscribe(payload, {
      next: ({ data, errors }) => {
        if (errors !== undefined) return end(errors)
        const item = Object.values(record(data))[0]
        // What has no place in a log is a state: the newest is all there is to know.
        if (record(item)['sequence'] === undefined) this.items.length = 0
        this.full = this.items.push(item) >= BUFFER
        if (!this.full) return notify()
        this.close()
        end()
      },
      error: end,
      complete: end,
    })
  }
}

/** Waits that any of the signals ends. Nothing of it outlives `release`. */
class Pause {
  readonly #signals: readonly AbortSignal[]
  #timer: ReturnType<typeof setTimeout> | undefined
  #resolve = (): void => {}

  constructor(signals: readonly AbortSignal[]) {
    this.#signals = signals
    for (const signal of signals) signal.addEventListener('abort', this.end)
  }

  readonly end = (): void => this.#resolve()

  wait(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      this.#resolve = resolve
      if (ms !== undefined) this.#timer = setTimeout(resolve, ms)
    })
  }

  release(): void {
    clearTimeout(this.#timer)
    for (const signal of this.#signals) signal.removeEventListener('abort', this.end)
  }
}

interface Failure {
  error: BuildRunnerError
  /** The token was: a new one may do. */
  refused?: boolean
  /** Another attempt may succeed. */
  passing?: boolean
}

/** `cause` is GraphQL's errors, what closed the socket, or what kept it from opening. */
function failureOf({ baseUrl, credentials }: Config, cause: unknown): Failure {
  if (cause instanceof BuildRunnerError) return { error: cause }
  if (Array.isArray(cause)) {
    const error = errorFromGraphQL(cause[0], undefined)
    return { error, passing: PASSING_CODES.has(error.code) }
  }
  const { code: closeCode, reason, message } = record(cause)
  const code = FATAL_CLOSE[Number(closeCode)]
  const why = credentials.redact(String(reason || message || closeCode || 'no connection'))
  const error = errorOf({ code: code ?? 'NETWORK', message: `${baseUrl} closed the subscription (${why}).`, details: { closeCode } })
  return { error, refused: code === 'UNAUTHENTICATED', passing: code === undefined }
}

const sockets = /* @__PURE__ */ new WeakMap<Config, Socket>()

function socketOf(config: Config): Socket {
  const socket = sockets.get(config) ?? openSocket(config)
  sockets.set(config, socket)
  return socket
}

/** @throws ConfigurationError where nothing opens sockets */
function openSocket({ baseUrl, clientName, credentials, webSocket = globalThis.WebSocket }: Config): Socket {
  if (!webSocket) {
    const message = "There is no global WebSocket here. Give one: import WebSocket from 'ws', then new BuildRunnerSDK({ webSocket: WebSocket })."
    throw errorOf({ code: 'INVALID_CONFIGURATION', message })
  }
  let token: string | undefined
  let refused: string | undefined
  return createSocket({
    url: `${baseUrl.replace(/^http/, 'ws')}/graphql`,
    webSocket,
    introduce: async () => {
      token = await credentials.token(refused)
      return { authorization: token && `Bearer ${token}`, client: clientName }
    },
    onClosed: (cause) => {
      if (FATAL_CLOSE[Number(record(cause)['code'])] === 'UNAUTHENTICATED') refused = token
    },
  })
}
