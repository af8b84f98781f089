/** The WebSockets of `/graphql`: who may open one, how large its messages are, whether it still lives, how it is closed. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { GraphQLError } from 'graphql'
import { CloseCode, handleProtocols } from 'graphql-ws'
import type { RealtimeLimits } from '@buildrunner/schema/shared/operator-policy'
import type { Logger } from 'pino'
import { WebSocket, WebSocketServer } from 'ws'
import type { RawData } from 'ws'
import type { RequestHead } from '../context.ts'
import { TRY_AGAIN_LATER, createOperations } from './operations.ts'
import type { OperationsOptions, SocketPeer } from './operations.ts'
import type { Place, Places } from './places.ts'
import { createProtocol } from './protocol.ts'
import type { Operation, Peer } from './protocol.ts'

export interface SocketsOptions extends OperationsOptions {
  readonly logger: Logger
  readonly limits: RealtimeLimits
  readonly places: Places
  /** The client's. */
  readonly addressOf: (req: IncomingMessage) => string | null
  /** How often a socket is asked whether it lives; one that has not answered by the next time is dropped. Default: 12000. */
  readonly pingMs?: number
}

export interface Sockets {
  /** Answers a request to open a socket. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
  /** How many are open. */
  count(): number
  /** Closes all with 1001, so that clients go on elsewhere; drops who does not answer. */
  close(): Promise<void>
}

/** What is asked of later. */
const HEADERS = ['authorization', 'user-agent', 'x-buildrunner-client', 'x-forwarded-for']
const CLOSE_MS = 2_000
const GOING_AWAY = 1001
/** Ours, of the range for applications: the client reads too slowly. It connects again, and resumes by sequence. */
export const TOO_SLOW = 4290

/** Reasons are at most 123 bytes (RFC 6455, section 5.5). */
const reasonOf = (message: string): string => message.slice(0, 120)

/** One socket, as operations see it. There are thousands: what it holds, each of them holds. */
class Connection implements SocketPeer {
  readonly head: RequestHead
  readonly place: Place
  readonly operations = new Map<string, Operation>()
  stage: Peer['stage'] = 'opened'
  introduction: NodeJS.Timeout | undefined
  authorization: string | undefined
  client: string | undefined
  refusal: string | undefined
  readonly #socket: ClientSocket
  readonly #stream: Duplex
  readonly #limits: RealtimeLimits
  #waiting: (() => void)[] | undefined
  #stuck: NodeJS.Timeout | undefined

  constructor(req: IncomingMessage, socket: ClientSocket, stream: Duplex, place: Place, limits: RealtimeLimits) {
    this.head = { headers: Object.fromEntries(HEADERS.map((name) => [name, req.headers[name]])), socket: req.socket }
    this.place = place
    this.#socket = socket
    this.#stream = stream
    this.#limits = limits
  }

  get protocol(): string {
    return this.#socket.protocol
  }

  get full(): boolean {
    return this.#stream.writableLength > this.#limits.maxBufferedKb * 1_024
  }

  /** Between two frames of `ws`, which writes each of its own in one go. */
  write(frame: Buffer): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#stream.write(frame)
  }

  together(work: () => void): void {
    this.#stream.cork()
    try {
      work()
    } finally {
      this.#stream.uncork()
    }
  }

  drained(resume: () => void): void {
    if (this.#waiting !== undefined) return void this.#waiting.push(resume)
    this.#waiting = [resume]
    this.#stuck = setTimeout(() => closeSlow(this.#socket), this.#limits.slowReaderSeconds * 1_000)
    this.#stream.once('drain', () => {
      clearTimeout(this.#stuck)
      const waiting = this.#waiting ?? []
      this.#waiting = undefined
      for (const each of waiting) each()
    })
  }

  send(data: string): Promise<void> {
    const { refusal } = this
    return new Promise((resolve) => {
      if (this.#socket.readyState !== this.#socket.OPEN) return resolve()
      this.#socket.send(data, () => resolve())
      if (refusal !== undefined) this.close(CloseCode.Forbidden, refusal)
    })
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reasonOf(reason))
  }

  ended(): void {
    clearTimeout(this.#stuck)
    this.place.leave()
  }
}

/** Listeners find the connection by their socket: functions that all share, instead of closures of each. */
class ClientSocket extends WebSocket {
  connection: Connection | undefined
}

const connectionOf = (socket: WebSocket): Connection => (socket as ClientSocket).connection!

/** Holds nothing: what a listener of a socket's stream holds lasts as long as the socket. */
function destroy(this: Duplex): void {
  this.destroy()
}

/** A client that does not answer to being closed is not waited for. */
function drop(socket: WebSocket): void {
  const timer = setTimeout(() => socket.terminate(), CLOSE_MS)
  socket.once('close', () => clearTimeout(timer))
}

function closeSlow(socket: WebSocket): void {
  socket.close(TOO_SLOW, 'What was sent is not read. Connect again, and resume after the last sequence.')
  drop(socket)
}

export function createSockets(options: SocketsOptions): Sockets {
  const { logger, mask, limits, places, addressOf, pingMs = 12_000 } = options
  const protocol = createProtocol(createOperations(options), { initTimeoutMs: limits.initTimeoutSeconds * 1_000 })
  // Operations are small; what imports a large plan goes over HTTP.
  const sockets = new WebSocketServer<typeof ClientSocket>({ WebSocket: ClientSocket, noServer: true, maxPayload: limits.maxMessageKb * 1_024, perMessageDeflate: false, handleProtocols })
  const silent = new WeakSet<WebSocket>()
  let closing = false

  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      // one that has not read what was sent before the ping may live; a close frame waits for it behind that
      if (silent.has(socket) && socket.bufferedAmount > 0) closeSlow(socket)
      else if (silent.has(socket)) socket.terminate()
      silent.add(socket)
      socket.ping()
    }
  }, pingMs).unref()

  function fail(socket: WebSocket, error: unknown): void {
    const masked = mask(error)
    const away = masked instanceof GraphQLError && masked.extensions['code'] === 'SERVICE_UNAVAILABLE'
    socket.close(away ? TRY_AGAIN_LATER : CloseCode.InternalServerError, reasonOf(masked.message))
  }

  // a frame that breaks the protocol, or is too large: `ws` closes the socket with the right code
  const broken = (error: Error): void => logger.debug({ err: error }, 'socket')

  function alive(this: WebSocket): void {
    silent.delete(this)
  }

  function received(this: WebSocket, data: RawData): void {
    protocol.receive(connectionOf(this), String(data)).catch((error: unknown) => fail(this, error))
  }

  function closed(this: WebSocket): void {
    const connection = connectionOf(this)
    connection.ended()
    protocol.closed(connection)
  }

  function open(socket: ClientSocket, req: IncomingMessage, stream: Duplex): void {
    // `ws` listens for its errors from here on
    stream.off('error', destroy)
    socket.on('error', broken)
    const place = places.enter(addressOf(req))
    if (typeof place === 'string') {
      socket.close(TRY_AGAIN_LATER, reasonOf(place))
      return drop(socket)
    }
    socket.connection = new Connection(req, socket, stream, place, limits)
    socket.on('pong', alive).on('message', received).on('close', closed)
    protocol.open(socket.connection)
  }

  return {
    upgrade(req, socket, head) {
      socket.on('error', destroy)
      const path = (req.url ?? '/').split('?', 1)[0]
      if (path === '/graphql' && !closing) sockets.handleUpgrade(req, socket, head, (opened) => open(opened, req, socket))
      else socket.end(`HTTP/1.1 ${closing ? '503 Service Unavailable' : '404 Not Found'}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
    },
    count: () => sockets.clients.size,
    async close() {
      closing = true
      clearInterval(heartbeat)
      for (const socket of sockets.clients) socket.close(GOING_AWAY, 'The server stops.')
      const deadline = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate()
      }, CLOSE_MS)
      await new Promise<void>((resolve) => sockets.close(() => resolve()))
      clearTimeout(deadline)
    },
  }
}
