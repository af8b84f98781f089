/** The WebSockets of `/graphql`: who may open one, how large its messages are, whether it still lives, how it is closed. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { GraphQLError } from 'graphql'
import { CloseCode, handleProtocols } from 'graphql-ws'
import type { Logger } from 'pino'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { createOperations } from './operations.ts'
import type { OperationsOptions, SocketExtra } from './operations.ts'

export interface SocketsOptions extends OperationsOptions {
  readonly logger: Logger
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

/** Operations are small; what imports a large plan goes over HTTP. A larger message closes the socket with 1009. */
const MAX_MESSAGE_BYTES = 1024 * 1024
const CLOSE_MS = 2_000
const GOING_AWAY = 1001
const TRY_AGAIN_LATER = 1013

export function createSockets(options: SocketsOptions): Sockets {
  const { logger, mask, pingMs = 12_000 } = options
  const server = createOperations(options)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false, handleProtocols })
  const silent = new WeakSet<WebSocket>()
  let closing = false

  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate()
      silent.add(socket)
      socket.ping()
    }
  }, pingMs).unref()

  function fail(socket: WebSocket, error: unknown): void {
    const masked = mask(error)
    const away = masked instanceof GraphQLError && masked.extensions['code'] === 'SERVICE_UNAVAILABLE'
    socket.close(away ? TRY_AGAIN_LATER : CloseCode.InternalServerError, masked.message.slice(0, 120))
  }

  function open(socket: WebSocket, req: IncomingMessage): void {
    const extra: SocketExtra = { req, requestIds: new Map(), close: (code, reason) => socket.close(code, reason) }
    // a frame that breaks the protocol, or is too large: `ws` closes the socket with the right code
    socket.on('error', (error) => logger.debug({ err: error }, 'socket'))
    socket.on('pong', () => silent.delete(socket))
    const closed = server.opened(
      {
        protocol: socket.protocol,
        // Resolved when the message was written: a subscription waits for a slow client here, instead of filling memory.
        send: (data) => new Promise((resolve) => (socket.readyState === socket.OPEN ? socket.send(data, () => resolve()) : resolve())),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) => socket.on('message', (data) => void handle(String(data)).catch((error: unknown) => fail(socket, error))),
      },
      extra,
    )
    socket.once('close', (code, reason) => {
      closed(code, String(reason)).catch((error: unknown) => logger.error({ err: error }, 'closing a socket'))
    })
  }

  return {
    upgrade(req, socket, head) {
      socket.on('error', () => socket.destroy())
      const path = (req.url ?? '/').split('?', 1)[0]
      if (path === '/graphql' && !closing) sockets.handleUpgrade(req, socket, head, (opened) => open(opened, req))
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
