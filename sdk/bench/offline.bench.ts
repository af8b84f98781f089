/** What working offline costs when one comes back: the CPU of draining 10,000 queued edits, and the bytes of a sync on the wire. */
import { gzipSync } from 'node:zlib'
import { flattenPlan } from '../src/domain/plans/flat.ts'
import type { PlanChange } from '../src/domain/plans/types.ts'
import { OfflineClient } from '../src/offline/client.ts'
import type { SyncServer } from '../src/offline/server.ts'
import { memoryStore } from '../src/offline/store/memory.ts'
import { MemoryServer } from '../src/offline/testing/memory-server.ts'
import type { BenchResult } from './result.ts'
import { samplePlan } from './sample-plan.ts'

const MICROSTEPS = 10_000
const WIRE_BYTES = 30_000

/** Without dependencies between containers: with these hardly any move would be allowed. */
function newServer(): MemoryServer {
  const plan = samplePlan(MICROSTEPS)
  for (const milestone of plan.milestones) {
    delete milestone.dependsOn
    for (const step of milestone.steps ?? []) delete step.dependsOn
  }
  return new MemoryServer(flattenPlan(plan))
}

const cpuMs = async (work: () => unknown): Promise<number> => {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

/** A client with so many edits queued, each of another microstep. */
async function queued(edits: number): Promise<{ server: MemoryServer; offline: OfflineClient }> {
  const server = newServer()
  const offline = await OfflineClient.open({ server: server.port(), store: memoryStore(), projectId: 'house' })
  for (let index = 0; index < edits; index++) await offline.edit([{ op: 'update', id: `T-${index}`, set: { notes: `Edit ${index}` } }])
  return { server, offline }
}

async function drain(edits: number): Promise<number> {
  const { offline } = await queued(edits)
  return cpuMs(() => offline.sync())
}

/** The same writes in one request, and the answer taken in: what a queue that grew to be one batch would cost. */
async function oneBatch(edits: number): Promise<number> {
  const { server, offline } = await queued(edits)
  await offline.sync()
  const writes = server.pushes.flatMap((push) => push.writes)
  const fresh = newServer()
  const port = fresh.port()
  return cpuMs(async () => {
    await port.push(fresh.project.id, { replicaId: 'one', baseSequence: 1, writes })
    await port.pull(fresh.project.id, 1)
  })
}

/** 500 edits here, 500 there, a fifth of each moves. */
function edits(side: number): PlanChange[] {
  return Array.from({ length: 500 }, (_, index): PlanChange => {
    const id = `T-${index * 20 + side}`
    return index % 5 === 0 ? { op: 'move', id, parentId: `S-${(index * 7) % (MICROSTEPS / 20)}`, after: null } : { op: 'update', id, set: { status: 'in_review', notes: `Edit ${index} of ${side}` } }
  })
}

/** Bytes of a whole sync, each body by itself, as HTTP compresses them. */
async function wireBytes(): Promise<number> {
  const server = newServer()
  const port = server.port()
  let bytes = 0
  const count = <Value>(value: Value): Value => {
    bytes += gzipSync(JSON.stringify(value)).length
    return value
  }
  const counting: SyncServer = {
    ...port,
    push: async (id, batch, call) => count(await port.push(id, count(batch), call)),
    pull: async (id, since, call) => count(await port.pull(id, since, call)),
  }
  const offline = await OfflineClient.open({ server: counting, store: memoryStore(), projectId: 'house' })
  bytes = 0
  server.edit(edits(1))
  for (const change of edits(0)) await offline.edit([change])
  await offline.sync()
  return bytes
}

export default async function offlineBench(): Promise<BenchResult[]> {
  const rounds = [1, 2, 3]
  const [half, whole, batch]: number[][] = [[], [], []]
  for (const _ of rounds) {
    half!.push(await drain(5_000))
    whole!.push(await drain(10_000))
    batch!.push(await oneBatch(10_000))
  }
  const [halfMs, wholeMs, batchMs] = [median(half!), median(whole!), median(batch!)]
  const bytes = await wireBytes()
  return [
    { what: '10,000 queued edits drained', baseline: 'pushed as one batch', ratio: wholeMs / batchMs, bar: 5, detail: `${wholeMs.toFixed(0)} ms against ${batchMs.toFixed(0)} ms` },
    { what: '10,000 queued edits drained', baseline: '5,000 of them', ratio: wholeMs / halfMs, bar: 3, detail: `${wholeMs.toFixed(0)} ms against ${halfMs.toFixed(0)} ms: linear is 2` },
    { what: 'bytes of a sync of 10,000 microsteps, 500 + 500 edits', baseline: '30 KB', ratio: bytes / WIRE_BYTES, bar: 1, detail: `${bytes.toLocaleString('en')} bytes, gzip` },
  ]
}
