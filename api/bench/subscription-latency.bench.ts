/**
 * From the request that writes an event until a subscriber has it: ten events a second to 1,000 subscribers, the 99th percentile of
 * all deliveries. Against socket.io, which emits the same to a room as soon as it is asked to, and writes nothing down.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { importPlan } from '@buildrunner/schema/plans/service'
import { createProject } from '@buildrunner/schema/projects/service'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { openBench, send } from './harness.ts'
import { subscribe, write } from './subscribers.ts'

const SUBSCRIBERS = 1_000
const EVENTS = 50
const ROUNDS = 3
const INTERVAL_MS = 100

interface Listening {
  /** Called with each delivery. */
  onDelivery: () => void
}

/** The 99th percentile of the milliseconds of all deliveries of a round. */
async function p99(listening: Listening, publish: () => Promise<unknown>): Promise<number> {
  const delays: number[] = []
  for (let event = 0; event < EVENTS; event++) {
    const { promise, resolve } = Promise.withResolvers<void>()
    let left = SUBSCRIBERS
    const asked = performance.now()
    listening.onDelivery = () => {
      delays.push(performance.now() - asked)
      if (--left === 0) resolve()
    }
    await Promise.all([publish(), promise])
    await wait(Math.max(0, INTERVAL_MS - (performance.now() - asked)))
  }
  return delays.toSorted((a, b) => a - b)[Math.ceil(delays.length * 0.99) - 1]!
}

async function connectSocketIo(url: string, listening: Listening): Promise<Socket[]> {
  const sockets: Socket[] = []
  while (sockets.length < SUBSCRIBERS) {
    const opened = Array.from({ length: 100 }, () => io(url, { transports: ['websocket'], forceNew: true, reconnection: false }))
    await Promise.all(opened.map((socket) => new Promise<void>((resolve) => socket.on('connect', () => resolve()))))
    for (const socket of opened) socket.on('event', () => listening.onDelivery())
    sockets.push(...opened)
  }
  return sockets
}

export default async function latency(): Promise<BenchResult[]> {
  const bench = await openBench()
  const closing: (() => void)[] = []
  try {
    const { projectId } = await createProject(bench.ctx, { name: 'Watched' })
    await importPlan(bench.ctx, { projectId }, samplePlan(1, 1, 1), false)
    const [ours, theirs] = [await bench.serve('serve-ours.ts'), await bench.serve('serve-socketio.ts')]
    const [toUs, toThem]: [Listening, Listening] = [{ onDelivery: () => {} }, { onDelivery: () => {} }]
    const watching = await subscribe(ours.url, SUBSCRIBERS, bench.apiKey, projectId)
    watching.onMessage(() => toUs.onDelivery())
    const sockets = await connectSocketIo(theirs.url, toThem)
    closing.push(watching.close, () => sockets.forEach((socket) => socket.disconnect()))
    const event = (): string => JSON.stringify((JSON.parse(watching.last()) as { payload: { data: { projectEvents: unknown } } }).payload.data.projectEvents)
    const ofUs = (): Promise<number> => p99(toUs, () => write(ours.url, bench.apiKey, projectId))
    const ofThem = (): Promise<number> => p99(toThem, () => send(theirs.url, { path: '/', body: event() }))
    await ofUs()
    await ofThem()
    const rounds: { ours: number; theirs: number }[] = []
    for (let round = 0; round < ROUNDS; round++) rounds.push({ ours: await ofUs(), theirs: await ofThem() })
    const median = rounds.toSorted((a, b) => a.ours / a.theirs - b.ours / b.theirs)[Math.floor(ROUNDS / 2)]!
    return [{
      what: `99th percentile of delivery to ${SUBSCRIBERS} subscribers, ten events a second`, baseline: 'socket.io, from a request to a room', ratio: median.ours / median.theirs, bar: 2,
      detail: `${median.ours.toFixed(1)} ms against ${median.theirs.toFixed(1)} ms, from the request that writes`,
    }]
  } finally {
    for (const close of closing) close()
    await bench.close()
  }
}
