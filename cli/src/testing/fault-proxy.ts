/**
 * A proxy for bytes on loopback that does to a connection what networks do. It takes turns for exchanges: what the client sends
 * until the server answers is one request, whatever the server then sends is its reply. So a fault of a reply strikes after the
 * server has done what it was asked for, and one of a request before.
 */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * - `reset`: the client's connection is reset.
 * - `half-open`: nothing arrives any more in either direction, and no side is told.
 * - `cut`: half of the first bytes of a reply arrive, then the connection is reset.
 */
export type RequestFault = 'reset' | 'half-open'
export type ReplyFault = RequestFault | 'cut'
export type Fault = 'latency' | 'lost-request' | 'lost-reply' | 'half-open' | 'cut'

export interface FaultProxyOptions {
  /** Asked at the first bytes of a request, with them. The server never gets what is struck. */
  onRequest?(request: string): RequestFault | undefined
  /** Asked at the first bytes of a reply, with what the client had sent for it: its head and, as far as it is text, its body. */
  onReply?(request: string): ReplyFault | undefined
  /** For how many milliseconds bytes are held back, in either direction. Order is kept. */
  latencyMs?(): number
}

export interface FaultProxy {
  readonly url: string
  /** Where new connections go: a server that was started again has another address. */
  target: string
  /** Faults so far. */
  readonly counts: Readonly<Record<Fault, number>>
  close(): Promise<void>
}

export async function startFaultProxy(target: string, options: FaultProxyOptions = {}): Promise<FaultProxy> {
  const counts: Record<Fault, number> = { latency: 0, 'lost-request': 0, 'lost-reply': 0, 'half-open': 0, cut: 0 }
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const { hostname, port } = new URL(proxy.target)
    const link = new Link(client, connect(Number(port), hostname), options, counts)
    for (const socket of [link.client, link.upstream]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target,
    counts,
    async close() {
      const closed = once(server.close(), 'close')
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
  return proxy
}

/** One connection and what is known of the exchange on it. */
class Link {
  readonly client: Socket
  readonly upstream: Socket
  readonly #options: FaultProxyOptions
  readonly #counts: Record<Fault, number>
  #request = ''
  #turn: 'client' | 'server' = 'server'
  #silent = false

  constructor(client: Socket, upstream: Socket, options: FaultProxyOptions, counts: Record<Fault, number>) {
    this.client = client
    this.upstream = upstream
    this.#options = options
    this.#counts = counts
    for (const [from, to] of [[client, upstream], [upstream, client]] as const) {
      from.on('error', () => undefined).on('close', () => {
        if (!this.#silent) to.destroy()
      })
    }
    void this.#carry(client, upstream, (chunk) => this.#passRequest(chunk))
    void this.#carry(upstream, client, (chunk) => this.#passReply(chunk))
  }

  async #carry(from: Socket, to: Socket, pass: (chunk: Buffer) => Buffer | undefined): Promise<void> {
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        await this.#hold()
        const passed = pass(chunk)
        if (passed !== undefined && !to.write(passed)) await once(to, 'drain')
      }
    } catch {
      // The connection broke: whoever is at its other end is told when it is closed.
    }
  }

  async #hold(): Promise<void> {
    const ms = this.#options.latencyMs?.() ?? 0
    if (ms <= 0) return
    this.#counts.latency++
    await wait(ms)
  }

  /** @returns what goes on to the server */
  #passRequest(chunk: Buffer): Buffer | undefined {
    const begins = this.#turn === 'server'
    this.#turn = 'client'
    if (begins) this.#request = ''
    this.#request += chunk.toString()
    const fault = begins ? this.#options.onRequest?.(this.#request) : undefined
    if (fault === 'reset') {
      this.#counts['lost-request']++
      this.#reset()
    } else if (fault === 'half-open') this.#silence()
    return this.#silent || fault !== undefined ? undefined : chunk
  }

  /** @returns what goes on to the client */
  #passReply(chunk: Buffer): Buffer | undefined {
    const fault = this.#turn === 'client' ? this.#options.onReply?.(this.#request) : undefined
    this.#turn = 'server'
    if (fault === 'half-open') this.#silence()
    else if (fault === 'reset') {
      this.#counts['lost-reply']++
      this.#reset()
    } else if (fault === 'cut') {
      this.#counts.cut++
      this.client.write(chunk.subarray(0, Math.ceil(chunk.length / 2)), () => this.#reset())
    }
    return this.#silent || fault !== undefined ? undefined : chunk
  }

  #silence(): void {
    this.#counts['half-open']++
    this.#silent = true
  }

  #reset(): void {
    this.client.resetAndDestroy()
    this.upstream.destroy()
  }
}
