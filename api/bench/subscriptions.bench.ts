/**
 * Events of one project to 1,000 subscribers over WebSocket, against the same frames sent by `ws` alone: server CPU of 1,000
 * deliveries, writing the events and reading the log included; in one process, and written in one and read in another through
 * Redis. And what an idle subscriber holds, against an idle socket of `ws`.
 */
import { importPlan } from '@buildrunner/schema/plans/service'
import { createProject } from '@buildrunner/schema/projects/service'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { startRedis } from '../src/testing/redis.ts'
import { compare, detail, openBench, send } from './harness.ts'
import type { Bench, Cpu, Served } from './harness.ts'
import { connect, subscribe, write } from './subscribers.ts'
import type { Subscribers } from './subscribers.ts'

const SUBSCRIBERS = 1_000
const EVENTS = 20
const ROUNDS = 5

/** Server CPU of 1,000 deliveries, of all that serve. */
async function cpuOfDeliveries(bench: Bench, served: readonly Served[], to: Subscribers, publish: () => Promise<unknown>): Promise<Cpu> {
  const now = async (): Promise<number> => (await Promise.all(served.map((each) => bench.cpuNow(each)))).reduce((sum, { server }) => sum + server, 0)
  const before = await now()
  const delivered = to.received(EVENTS)
  for (let index = 0; index < EVENTS; index++) await publish()
  await delivered
  const server = (await now() - before) / (SUBSCRIBERS * EVENTS / 1_000)
  return { server, database: 0, total: server }
}

/** Bytes of one connection; clients stay open. */
async function memoryOf(served: Served, open: () => Promise<Subscribers>, opened: Subscribers[]): Promise<{ used: number; rss: number }> {
  const before = await served.memory()
  opened.push(await open())
  const after = await served.memory()
  const each = (of: (memory: NodeJS.MemoryUsage) => number): number => (of(after) - of(before)) / SUBSCRIBERS
  return { used: each(({ heapUsed, external }) => heapUsed + external), rss: each(({ rss }) => rss) }
}

const kb = (bytes: number): string => `${(bytes / 1_024).toFixed(1)} kB`

export default async function subscriptions(): Promise<BenchResult[]> {
  const bench = await openBench()
  const redis = await startRedis()
  const opened: Subscribers[] = []
  try {
    const { projectId } = await createProject(bench.ctx, { name: 'Watched' })
    await importPlan(bench.ctx, { projectId }, samplePlan(1, 1, 1), false)
    const [ours, bare] = [await bench.serve('serve-ours.ts'), await bench.serve('serve-broadcast.ts')]
    // what a process loads with its first subscription is not held by each
    opened.push(await subscribe(ours.url, 10, bench.apiKey, projectId), await connect(bare.url, 10))
    for (const subscribers of opened.splice(0)) subscribers.close()
    const idle = [await memoryOf(ours, () => subscribe(ours.url, SUBSCRIBERS, bench.apiKey, projectId), opened), await memoryOf(bare, () => connect(bare.url, SUBSCRIBERS), opened)] as const
    const [watching, listening] = opened as [Subscribers, Subscribers]
    const broadcast = (): Promise<Cpu> => cpuOfDeliveries(bench, [bare], listening, () => send(bare.url, { path: '/', body: JSON.stringify([watching.last()]) }))
    const writeAt = (at: Served) => (): Promise<void> => write(at.url, bench.apiKey, projectId)
    const alone = await compare(bench, ROUNDS, () => cpuOfDeliveries(bench, [ours], watching, writeAt(ours)), broadcast)
    watching.close()
    const two = [await bench.serve('serve-ours.ts', redis.url), await bench.serve('serve-ours.ts', redis.url)] as const
    const elsewhere = await subscribe(two[1].url, SUBSCRIBERS, bench.apiKey, projectId)
    opened.push(elsewhere)
    const across = await compare(bench, ROUNDS, () => cpuOfDeliveries(bench, two, elsewhere, writeAt(two[0])), broadcast)
    const baseline = 'the same frames sent by ws alone'
    return [
      { what: `deliver an event to ${SUBSCRIBERS} subscribers`, baseline, ratio: alone.ratio, bar: 1.5, detail: `per 1,000 deliveries ${detail(alone)}` },
      { what: 'the same, written at one process and delivered by another, with Redis', baseline, ratio: across.ratio, bar: 2, detail: `per 1,000 deliveries, both processes ${detail(across)}` },
      {
        what: `memory of one of ${SUBSCRIBERS} idle subscribers`, baseline: 'an idle connection of ws alone', ratio: idle[0].used / idle[1].used, bar: 2,
        detail: `heap and external ${kb(idle[0].used)} against ${kb(idle[1].used)}; resident ${kb(idle[0].rss)} against ${kb(idle[1].rss)}`,
      },
    ]
  } finally {
    for (const subscribers of opened) subscribers.close()
    await bench.close()
    await redis.stop()
  }
}
