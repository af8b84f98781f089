/** A proxy for bytes, which can cut all connections that go through it. */
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

export interface Cutter {
  readonly url: string
  /** Where new connections go. */
  target: string
  cut(): void
  close(): void
}

export async function startCutter(target: string): Promise<Cutter> {
  const pairs = new Set<Socket>()
  const proxy: Server = createServer((incoming) => {
    const { hostname, port } = new URL(cutter.target)
    const outgoing = connect(Number(port), hostname)
    for (const [from, to] of [[incoming, outgoing], [outgoing, incoming]] as const) {
      pairs.add(from)
      from.pipe(to)
      from.on('error', () => to.destroy()).on('close', () => {
        pairs.delete(from)
        to.destroy()
      })
    }
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  const cutter: Cutter = {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    target,
    cut: () => {
      for (const socket of pairs) socket.resetAndDestroy()
    },
    close: () => {
      cutter.cut()
      proxy.close()
    },
  }
  return cutter
}
