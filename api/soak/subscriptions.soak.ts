/**
 * Clients of the SDK follow a project while 10,000 events are written, their connections are cut at random, servers are killed and
 * started again, and Redis goes away and comes back. Each client must get each event of the log once and in order.
 *
 * `--minutes 5` (the default) is the time there is; what is not written by two thirds of it is left out. `--events`, `--clients` and
 * `--seed` change the rest; a seed makes the same decisions, but when they fall depends on the machine.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import { startEmbeddedPostgres } from '../src/database/embedded.ts'
import { readLocalFile } from '../src/local-file.ts'
import { startCutter } from '../src/testing/cutter.ts'
import type { Cutter } from '../src/testing/cutter.ts'
import { hasRedis, startRedis } from '../src/testing/redis.ts'
import { runServer } from '../src/testing/server-process.ts'
import type { ServerProcess } from '../src/testing/server-process.ts'

const { values: given } = parseArgs({
  options: { minutes: { type: 'string', default: '5' }, events: { type: 'string', default: '10000' }, clients: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
})
const [minutes, events, clients] = [Number(given.minutes), Number(given.events), Number(given.clients)]
if (!hasRedis('an outage of Redis')) process.exit(1)

const begun = performance.now()
const elapsedMs = (): number => performance.now() - begun
const log = (text: string): void => console.log(`${(elapsedMs() / 1_000).toFixed(0).padStart(4)} s  ${text}`)

/** Mulberry32. */
let state = Number(given.seed)
function random(): number {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!

const dataDir = mkdtempSync(join(tmpdir(), 'br-soak-'))
const database = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') })
const redis = await startRedis()
const environment = { DATABASE_URL: database.url, REDIS_URL: redis.url, BUILDRUNNER_DATA_DIR: dataDir, LOG_LEVEL: 'fatal' }

interface Place {
  server: ServerProcess
  url: string
  /** Of the clients that go here. */
  readonly cutters: Cutter[]
}

async function startPlace(): Promise<Place> {
  const server = runServer(environment)
  return { server, url: await server.ready(), cutters: [] }
}

/** Kills a server, and starts another one in its place. */
async function restart(place: Place): Promise<void> {
  place.server.process.kill('SIGKILL')
  await place.server.ended
  const { server, url } = await startPlace()
  Object.assign(place, { server, url })
  for (const cutter of place.cutters) cutter.target = url
}

const places = [await startPlace(), await startPlace()]
const { apiKey } = readLocalFile(dataDir)!
const clientAt = async (place: Place): Promise<BuildRunnerSDK> => {
  const cutter = await startCutter(place.url)
  place.cutters.push(cutter)
  return new BuildRunnerSDK({ apiKey, projectId: 'soak', baseUrl: cutter.url })
}
const writer = await clientAt(places[0]!)
await writer.projects.create({ name: 'Soak', slug: 'soak' }).orThrow()
await writer.planning.importPlan({ document: samplePlan(1, 1, 1) }).orThrow()

const stop = new AbortController()
const faults: string[] = []
const reached = Array.from({ length: clients }, () => 0)

async function follow(index: number): Promise<void> {
  const client = await clientAt(places[index % places.length]!)
  for await (const { event, gap } of client.events.watch({ since: 0 }, { signal: stop.signal })) {
    const sequence = event?.sequence ?? gap
    if (event === null || sequence !== reached[index]! + 1) faults.push(`client ${index}: after ${reached[index]} came ${event === null ? `a gap at ${gap}` : sequence}`)
    reached[index] = Number(sequence)
  }
}
const following = Array.from({ length: clients }, (_, index) => follow(index).catch((error: unknown) => {
  if (!stop.signal.aborted) faults.push(`client ${index} ended: ${String(error)}`)
}))

const done = { cuts: 0, restarts: 0, outages: 0, retries: 0 }
let writing = true
async function disturb(): Promise<void> {
  while (writing) {
    await wait(300 + random() * 1_200)
    const chance = random()
    if (chance < 0.8) {
      pick(pick(places).cutters).cut()
      done.cuts++
    } else if (chance < 0.92) {
      await restart(pick(places))
      done.restarts++
    } else {
      await redis.stop()
      await wait(2_000 + random() * 8_000)
      await redis.start()
      done.outages++
    }
  }
}
const disturbing = disturb()

const STATUSES = ['DONE', 'BLOCKED', 'IN_PROGRESS'] as const
let written = 0
while (written < events && elapsedMs() < minutes * 40_000) {
  const { error } = await writer.planning.setStatus({ id: 'm1.s1.k1', status: STATUSES[written % 3]! })
  // its server was killed, or its connection cut, more often than the SDK tries: the next attempt is another request
  if (error === undefined) written++
  else done.retries++
  if (error === undefined && written % 1_000 === 0) log(`${written} written; ${JSON.stringify(done)}; the slowest client is at ${Math.min(...reached)}`)
}
writing = false
await disturbing
const { sequence: newest } = await writer.events.list({ since: 0, first: 1 }).orThrow()
while (reached.some((sequence) => sequence < newest) && elapsedMs() < minutes * 60_000 && faults.length === 0) await wait(100)
for (const [index, sequence] of reached.entries()) if (sequence !== newest) faults.push(`client ${index} is at ${sequence} of ${newest}`)
log(`${newest} events to ${clients} clients; ${JSON.stringify(done)}; ${faults.length === 0 ? '0 lost, 0 twice, in order' : faults.slice(0, 20).join('\n        ')}`)
if (done.restarts + done.outages === 0) faults.push('nothing was disturbed: give it more minutes')
process.exitCode = faults.length === 0 && written > 0 ? 0 : 1

stop.abort()
await Promise.all(following)
for (const { server, cutters } of places) {
  for (const cutter of cutters) cutter.close()
  server.process.kill('SIGKILL')
  await server.ended
}
await redis.stop()
await database.stop()
rmSync(dataDir, { recursive: true, force: true })
