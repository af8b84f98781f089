/** Events of one project to 200 subscribers over WebSocket, against the same frames sent by `ws` alone. Server CPU of 1,000 deliveries. */
import { once } from 'node:events'
import { importPlan, setStatus } from '@buildrunner/schema/plans/service'
import { createProject } from '@buildrunner/schema/projects/service'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import WebSocket from 'ws'
import documents from '../../sdk/documents.json' with { type: 'json' }
import type { BenchResult } from '../../sdk/bench/result.ts'
import { compare, detail, openBench, send } from './harness.ts'
import type { Bench, Cpu, Served } from './harness.ts'

const SUBSCRIBERS = 200
const EVENTS = 100
const STATUSES = ['done', 'blocked', 'in_progress'] as const

interface Subscribers {
  /** Resolves when each has got `count` messages more than before. */
  received(count: number): Promise<void>
  /** Each says it, and waits for one answer. */
  say(message: object): Promise<void>
  /** The last message of any. */
  last(): string
  close(): void
}

async function connect(url: string): Promise<Subscribers> {
  let [total, wanted, last] = [0, 0, '']
  let resolve = (): void => {}
  const sockets = Array.from({ length: SUBSCRIBERS }, () => new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { perMessageDeflate: false }))
  for (const socket of sockets) {
    socket.on('message', (data) => {
      last = String(data)
      if (++total === wanted) resolve()
    })
  }
  await Promise.all(sockets.map((socket) => once(socket, 'open')))
  const received = (count: number): Promise<void> => new Promise((done) => {
    wanted += SUBSCRIBERS * count
    resolve = done
    if (total === wanted) done()
  })
  return {
    received,
    async say(message) {
      const answered = received(1)
      for (const socket of sockets) socket.send(JSON.stringify(message))
      await answered
    },
    last: () => last,
    close: () => sockets.forEach((socket) => socket.terminate()),
  }
}

async function cpuOfDeliveries(bench: Bench, served: Served, act: () => Promise<void>): Promise<Cpu> {
  const before = (await bench.cpuNow(served)).server
  await act()
  const server = ((await bench.cpuNow(served)).server - before) / (SUBSCRIBERS * EVENTS / 1_000)
  return { server, database: 0, total: server }
}

export default async function subscriptions(): Promise<BenchResult[]> {
  const bench = await openBench()
  const opened: Subscribers[] = []
  try {
    const { projectId } = await createProject(bench.ctx, { name: 'Watched' })
    await importPlan(bench.ctx, { projectId }, samplePlan(1, 1, 1), false)
    const [ours, bare] = [await bench.serve('serve-ours.ts'), await bench.serve('serve-broadcast.ts')]
    const watching = await connect(`${ours.url}/graphql`)
    await watching.say({ type: 'connection_init', payload: { authorization: `Bearer ${bench.apiKey}` } })
    await watching.say({ id: '1', type: 'subscribe', payload: { query: '', extensions: { documentId: `${documents.id}.events_watch` }, variables: { projectId } } })
    const listening = await connect(bare.url)
    opened.push(watching, listening)
    let writes = 0
    const compared = await compare(bench, 5,
      () => cpuOfDeliveries(bench, ours, async () => {
        const delivered = watching.received(EVENTS)
        for (let index = 0; index < EVENTS; index++) await setStatus({ ...bench.ctx, memo: new Map() }, { projectId }, 'm1.s1.k1', STATUSES[writes++ % 3]!)
        await delivered
      }),
      () => cpuOfDeliveries(bench, bare, async () => {
        const delivered = listening.received(EVENTS)
        await send(bare.url, { path: '/', body: JSON.stringify(Array.from({ length: EVENTS }, watching.last)) })
        await delivered
      }),
    )
    return [{ what: `deliver an event to ${SUBSCRIBERS} subscribers`, baseline: 'the same frames sent by ws alone', ratio: compared.ratio, bar: 4, detail: `per 1,000 deliveries ${detail(compared)}` }]
  } finally {
    for (const subscribers of opened) subscribers.close()
    await bench.close()
  }
}
