/**
 * The client's half of the GraphQL over WebSocket protocol (`graphql-transport-ws`, PROTOCOL.md of graphql-ws): one socket for all
 * subscriptions of a client, opened for the first and closed after the last. It never opens again by itself: who subscribes does,
 * because only there it is known where to resume. That is the part of graphql-ws's own client we have no use for, and the rest of
 * it would still be a third of what a page loads.
 */
import type { WebSocketConstructor } from './config.ts'
import { record } from './errors.ts'

export interface SocketOptions {
  /** `ws:` or `wss:`. */
  readonly url: string
  readonly webSocket: WebSocketConstructor
  /** What the server is told when it is connected to; asked for each time. */
  readonly introduce: () => Promise<Readonly<Record<string, unknown>>>
  /** Told what closed the socket, before those who subscribe are. */
  readonly onClosed: (cause: unknown) => void
}

/** Where the results of one subscription go. After `error` or `complete` nothing follows. */
export interface Sink {
  next(result: Readonly<Record<string, unknown>>): void
  /** @param cause GraphQL's errors, the `CloseEvent` of the socket, or what kept it from opening */
  error(cause: unknown): void
  complete(): void
}

export interface Socket {
  /** Opens the socket where it is not open. The returned function completes the subscription. */
  subscribe(payload: object, sink: Sink): () => void
}

/** What we use of the web's `WebSocket`. */
interface WebSocketLike {
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onerror: ((event: unknown) => void) | null
  onclose: ((event: unknown) => void) | null
  send(data: string): void
  close(code?: number, reason?: string): void
}

/** How long a socket without a subscription stays open. */
const IDLE_MS = 1_000
/** Together with the answer's: how long a socket may be silent before it counts as dead, as after a laptop slept. */
const PING_MS = 15_000
/** How long the server has to say that it is ready, and to answer a ping. */
const ANSWER_MS = 10_000

export function createSocket(options: SocketOptions): Socket {
  let connection: Connection | undefined
  let lastId = 0
  return {
    subscribe(payload, sink) {
      if (!connection?.usable) connection = new Connection(options)
      return connection.subscribe(String(++lastId), payload, sink)
    },
  }
}

/** One socket, from its opening to its end, with those who subscribe on it. */
class Connection {
  /** False from when it begins to close. */
  usable = true
  readonly #options: SocketOptions
  readonly #sinks = new Map<string, Sink>()
  readonly #ready: Promise<void>
  #setReady!: () => void
  #socket: WebSocketLike | undefined
  #failure: unknown
  #idle: ReturnType<typeof setTimeout> | undefined
  #silence: ReturnType<typeof setTimeout> | undefined
  #pinging: ReturnType<typeof setInterval> | undefined

  constructor(options: SocketOptions) {
    this.#options = options
    this.#ready = new Promise((resolve) => (this.#setReady = resolve))
    options.introduce().then((introduction) => this.#open(introduction)).catch((cause: unknown) => this.#end(cause))
  }

  subscribe(id: string, payload: object, sink: Sink): () => void {
    this.#sinks.set(id, sink)
    void this.#ready.then(() => this.#sinks.has(id) && this.#send({ id, type: 'subscribe', payload }))
    return () => {
      if (!this.#sinks.delete(id)) return
      void this.#ready.then(() => this.usable && this.#send({ id, type: 'complete' }))
      sink.complete()
      this.#rest()
    }
  }

  #open(introduction: object): void {
    const socket = new this.#options.webSocket(this.#options.url, 'graphql-transport-ws') as WebSocketLike
    this.#socket = socket
    socket.onopen = () => this.#send({ type: 'connection_init', payload: introduction })
    socket.onmessage = ({ data }) => this.#receive(data)
    // Where the socket did not open, the error says why and the event that follows does not.
    socket.onerror = (event) => (this.#failure = event)
    socket.onclose = (event) => this.#end(record(event)['reason'] ? event : this.#failure ?? event)
    this.#expectAnswer()
  }

  #receive(data: unknown): void {
    if (!this.usable) return
    const { type, id, payload } = read(data)
    const sink = this.#sinks.get(String(id))
    if (type === 'next') return sink?.next(record(payload))
    if (type === 'ping') return this.#send({ type: 'pong' })
    if (type === 'pong') return clearTimeout(this.#silence)
    if (type === 'connection_ack') return this.#acknowledged()
    if (type !== 'error' && type !== 'complete') return this.#close(4400, 'not the protocol')
    this.#sinks.delete(String(id))
    if (type === 'error') sink?.error(payload)
    else sink?.complete()
    this.#rest()
  }

  #acknowledged(): void {
    clearTimeout(this.#silence)
    this.#setReady()
    this.#rest()
    this.#pinging = setInterval(() => {
      this.#send({ type: 'ping' })
      this.#expectAnswer()
    }, PING_MS)
  }

  #expectAnswer(): void {
    this.#silence = setTimeout(() => this.#close(4408, 'no answer'), ANSWER_MS)
  }

  /** Closes the socket a while after its last subscription. */
  #rest(): void {
    clearTimeout(this.#idle)
    if (this.#sinks.size === 0) this.#idle = setTimeout(() => this.#sinks.size === 0 && this.#close(1000, ''), IDLE_MS)
  }

  /** Does not wait for the other side: it may be gone. */
  #close(code: number, reason: string): void {
    this.#end({ code, reason })
    this.#socket?.close(code, reason)
  }

  #end(cause: unknown): void {
    if (!this.usable) return
    this.usable = false
    clearTimeout(this.#idle)
    clearTimeout(this.#silence)
    clearInterval(this.#pinging)
    this.#options.onClosed(cause)
    for (const sink of this.#sinks.values()) sink.error(cause)
    this.#sinks.clear()
  }

  #send(message: object): void {
    this.#socket?.send(JSON.stringify(message))
  }
}

function read(data: unknown): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(String(data)))
  } catch {
    return {}
  }
}
