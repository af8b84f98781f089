/**
 * The server's half of GraphQL over WebSocket (`graphql-transport-ws`: PROTOCOL.md of graphql-ws, whose reading of messages and
 * whose codes it uses). The library's own server keeps a message, its arguments, an async generator and some twenty closures for
 * as long as a subscription lasts, more than the socket itself takes; here an idle subscription is an {@link Operation} and what
 * answers it.
 */
import { newUuid } from '@buildrunner/schema/shared/ids'
import { GraphQLError } from 'graphql'
import type { ExecutionResult, GraphQLFormattedError } from 'graphql'
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, MessageType, parseMessage } from 'graphql-ws'
import type { SubscribePayload } from 'graphql-ws'

/** One connection, as the protocol sees it. */
export interface Peer {
  /** What the client asked for in the opening handshake. */
  readonly protocol: string
  /** How far it came: opened, `connection_init` received, `connection_ack` sent. */
  stage: 'opened' | 'introduced' | 'acknowledged'
  /** Closes it, until it introduces itself. */
  introduction: NodeJS.Timeout | undefined
  /** By the client's id. */
  readonly operations: Map<string, Operation>
  /** Resolved when it is on its way: an operation waits for a slow client here, instead of filling memory. It never rejects. */
  send(text: string): Promise<void>
  /** Again, it changes nothing. */
  close(code: number, reason: string): void
}

/** Answers by itself, and tells its operation when it has ended. */
export interface Running {
  start(): void
  end(): void
}

/** A list of errors: it was not executed. */
export type Answer = readonly GraphQLError[] | ExecutionResult | AsyncIterable<ExecutionResult> | Running

export interface Handlers<P extends Peer> {
  /** False: closed with 4403, unless it closed the connection itself. */
  connect(peer: P, params: Readonly<Record<string, unknown>>): Promise<boolean>
  execute(peer: P, operation: Operation, payload: SubscribePayload): Promise<Answer>
  /** Errors as the client gets them. */
  present(peer: P, operation: Operation, errors: readonly GraphQLError[]): readonly GraphQLFormattedError[]
}

const isIterable = (answer: object): answer is AsyncIterable<ExecutionResult> => Symbol.asyncIterator in answer
const isRunning = (answer: object): answer is Running => 'start' in answer

const asGraphQLError = (error: unknown): GraphQLError => {
  const originalError = error instanceof Error ? error : new Error(String(error))
  return new GraphQLError(originalError.message, { originalError })
}

/** What a client runs under an id of its own, from `subscribe` until either side completes it. */
export class Operation {
  readonly id: string
  /** Which its errors carry. */
  readonly requestId = newUuid()
  readonly #peer: Peer
  readonly #handlers: Pick<Handlers<Peer>, 'present'>
  #running: Pick<Running, 'end'> | undefined
  #ended = false

  constructor(peer: Peer, id: string, handlers: Pick<Handlers<Peer>, 'present'>) {
    this.#peer = peer
    this.id = id
    this.#handlers = handlers
    peer.operations.set(id, this)
  }

  async answer(answer: Answer): Promise<void> {
    if (isRunning(answer)) return this.#run(answer)
    if (isIterable(answer)) return this.#iterate(answer)
    if (this.#ended) return
    if (Array.isArray(answer)) return this.#fail(answer as readonly GraphQLError[])
    await this.#next(answer as ExecutionResult)
    await this.finish()
  }

  /** A result as the client gets it. */
  present(result: ExecutionResult): object {
    return result.errors === undefined ? result : { ...result, errors: this.#handlers.present(this.#peer, this, result.errors) }
  }

  /** The server's end of it: nothing follows; with an error, because of it. */
  finish(error?: unknown): Promise<void> {
    if (this.#ended) return Promise.resolve()
    if (error !== undefined) return this.#fail([error instanceof GraphQLError ? error : asGraphQLError(error)])
    this.forget()
    return this.#peer.send(JSON.stringify({ id: this.id, type: MessageType.Complete }))
  }

  /** The client's end of it, or that of the connection: nothing more is said about it. */
  end(): void {
    this.forget()
    this.#running?.end()
  }

  /** Its id is free again. */
  forget(): void {
    this.#ended = true
    if (this.#peer.operations.get(this.id) === this) this.#peer.operations.delete(this.id)
  }

  #fail(errors: readonly GraphQLError[]): Promise<void> {
    this.forget()
    return this.#peer.send(JSON.stringify({ id: this.id, type: MessageType.Error, payload: this.#handlers.present(this.#peer, this, errors) }))
  }

  #next(result: ExecutionResult): Promise<void> {
    return this.#peer.send(JSON.stringify({ id: this.id, type: MessageType.Next, payload: this.present(result) }))
  }

  #run(running: Running): void {
    if (this.#ended) return running.end()
    this.#running = running
    running.start()
  }

  async #iterate(results: AsyncIterable<ExecutionResult>): Promise<void> {
    const iterator = results[Symbol.asyncIterator]()
    this.#running = { end: () => void iterator.return?.() }
    if (this.#ended) return this.#running.end()
    try {
      for (let step = await iterator.next(); step.done !== true && !this.#ended; step = await iterator.next()) await this.#next(step.value)
    } catch (error) {
      return this.finish(error)
    }
    await this.finish()
  }
}

export interface Protocol<P extends Peer> {
  open(peer: P): void
  /** Resolved when the message is answered. Rejects for a fault of the server. */
  receive(peer: P, text: string): Promise<void>
  /** The connection is gone. */
  closed(peer: P): void
}

function stopWaiting(peer: Peer): void {
  clearTimeout(peer.introduction)
  peer.introduction = undefined
}

const ACKNOWLEDGED = JSON.stringify({ type: MessageType.ConnectionAck })

export interface ProtocolOptions {
  /** A client that has not introduced itself by then is closed with 4408. */
  readonly initTimeoutMs: number
}

export function createProtocol<P extends Peer>(handlers: Handlers<P>, { initTimeoutMs }: ProtocolOptions): Protocol<P> {
  async function introduce(peer: P, params: Readonly<Record<string, unknown>>): Promise<void> {
    if (peer.stage !== 'opened') return peer.close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests')
    peer.stage = 'introduced'
    stopWaiting(peer)
    if (!(await handlers.connect(peer, params))) return peer.close(CloseCode.Forbidden, 'Forbidden')
    peer.stage = 'acknowledged'
    await peer.send(ACKNOWLEDGED)
  }

  async function execute(peer: P, id: string, payload: SubscribePayload): Promise<void> {
    if (peer.stage !== 'acknowledged') return peer.close(CloseCode.Unauthorized, 'Unauthorized')
    if (peer.operations.has(id)) return peer.close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`)
    const operation = new Operation(peer, id, handlers as Handlers<Peer>)
    try {
      await operation.answer(await handlers.execute(peer, operation, payload))
    } catch (error) {
      operation.forget()
      throw error
    }
  }

  return {
    open(peer) {
      if (peer.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) return peer.close(CloseCode.SubprotocolNotAcceptable, 'Subprotocol not acceptable')
      peer.introduction = setTimeout(() => peer.close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'), initTimeoutMs)
    },
    async receive(peer, text) {
      let message: ReturnType<typeof parseMessage>
      try {
        message = parseMessage(text)
      } catch {
        return peer.close(CloseCode.BadRequest, 'Invalid message received')
      }
      switch (message.type) {
        case MessageType.ConnectionInit: return introduce(peer, message.payload ?? {})
        case MessageType.Subscribe: return execute(peer, message.id, message.payload)
        case MessageType.Complete: return peer.operations.get(message.id)?.end()
        case MessageType.Ping: return peer.send(JSON.stringify({ type: MessageType.Pong, payload: message.payload ?? undefined }))
        case MessageType.Pong: return
        default: return peer.close(CloseCode.BadRequest, 'Invalid message received')
      }
    },
    closed(peer) {
      stopWaiting(peer)
      for (const operation of [...peer.operations.values()]) operation.end()
    },
  }
}
