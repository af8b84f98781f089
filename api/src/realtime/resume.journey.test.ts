/** The SDK's subscriptions against real server processes that are cut off, killed and doubled. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { createTestDatabase } from '@buildrunner/schema/testing/database'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import { readLocalFile } from '../local-file.ts'
import { startCutter } from '../testing/cutter.ts'
import type { Cutter } from '../testing/cutter.ts'
import { hasRedis, startRedis } from '../testing/redis.ts'
import { runServer } from '../testing/server-process.ts'
import type { ServerProcess } from '../testing/server-process.ts'
import { createClient } from 'redis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'

const ends: (() => unknown)[] = []
let environment: Record<string, string>
let first: ServerProcess
let firstUrl: string
let apiKey: string

function start(variables: Record<string, string> = {}): ServerProcess {
  const server = runServer({ ...environment, ...variables })
  ends.push(async () => {
    server.process.kill('SIGKILL')
    await server.ended
  })
  return server
}

beforeAll(async () => {
  const database = await createTestDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'buildrunner-resume-'))
  ends.push(() => database.drop(), () => rmSync(dataDir, { recursive: true, force: true }))
  environment = { DATABASE_URL: database.url, BUILDRUNNER_DATA_DIR: dataDir, LOG_LEVEL: 'warn' }
  first = start()
  firstUrl = await first.ready()
  apiKey = readLocalFile(dataDir)!.apiKey
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

let projectId: string
let projects = 0
let written: number
const client = (baseUrl = firstUrl): BuildRunnerSDK => new BuildRunnerSDK({ apiKey, projectId, baseUrl })
const STATUSES = ['DONE', 'BLOCKED', 'IN_PROGRESS'] as const

/** Writes `count` events through a server. */
async function write(count: number, baseUrl = firstUrl): Promise<void> {
  const writer = client(baseUrl)
  for (let index = 0; index < count; index++) await writer.planning.setStatus({ id: 'm1.s1.k1', status: STATUSES[written++ % 3]! }).orThrow()
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** Collects sequences until the one given. */
async function collect(watcher: BuildRunnerSDK, until: number, onSequence: (sequence: number) => unknown = () => {}): Promise<number[]> {
  const sequences: number[] = []
  for await (const { event, gap } of watcher.events.watch({ since: 0 })) {
    if (event === null) throw new Error(`a gap at ${gap}`)
    sequences.push(event.sequence)
    onSequence(event.sequence)
    if (event.sequence >= until) break
  }
  return sequences
}

beforeEach(async () => {
  projectId = `resume-${++projects}`
  written = 0
  const owner = client()
  await owner.projects.create({ name: projectId, slug: projectId }).orThrow()
  await owner.planning.importPlan({ document: samplePlan(1, 1, 1) }).orThrow()
})

let cutter: Cutter | undefined
afterEach(() => {
  cutter?.close()
  cutter = undefined
})

describe('a subscription', () => {
  test('gets every event once and in order while its connection is cut again and again', async () => {
    const { url, cut } = (cutter = await startCutter(firstUrl))
    const collected = collect(client(url), 42, (sequence) => sequence % 7 === 0 && cut())
    await write(40)
    expect(await collected).toEqual(range(1, 42))
  })

  test('goes on when its server is killed and started again', async () => {
    const server = start()
    cutter = await startCutter(await server.ready())
    const seen = Promise.withResolvers<void>()
    const collected = collect(client(cutter.url), 12, (sequence) => sequence === 7 && seen.resolve())
    await write(5)
    await seen.promise
    server.process.kill('SIGKILL')
    await server.ended
    await write(3) // nobody serves the subscriber now
    cutter.target = await start().ready()
    await write(2)
    expect(await collected).toEqual(range(1, 12))
  })

  test('goes on elsewhere when its server is stopped, which is told to it and takes no time', async () => {
    const server = start()
    cutter = await startCutter(await server.ready())
    const seen = Promise.withResolvers<void>()
    const collected = collect(client(cutter.url), 8, (sequence) => sequence === 5 && seen.resolve())
    await write(3)
    await seen.promise
    cutter.target = firstUrl
    server.process.kill('SIGTERM')
    expect(await server.ended).toBe(0)
    await write(3)
    expect(await collected).toEqual(range(1, 8))
  })
})

describe('two servers on one database', () => {
  test('without Redis a subscriber of one learns by itself what was written at the other', async () => {
    const collected = collect(client(await start().ready()), 5)
    await write(3)
    expect(await collected).toEqual(range(1, 5))
  })

  const installed = hasRedis('what two servers tell each other through Redis')

  test.skipIf(!installed)('with Redis each write is announced to the other, and nothing is lost when Redis is gone', async () => {
    const redis = await startRedis()
    ends.push(redis.stop)
    const [a, b] = [start({ REDIS_URL: redis.url }), start({ REDIS_URL: redis.url })]
    const [at, watched] = [await a.ready(), await b.ready()]
    const messages = client(watched).events.watch({ since: 0 })[Symbol.asyncIterator]()
    const next = async (): Promise<number> => (await messages.next()).value!.sequence
    expect([await next(), await next()]).toEqual([1, 2])
    const observer = await createClient({ url: redis.url }).on('error', () => {}).connect()
    ends.push(() => observer.destroy())
    const announced: number[] = []
    // both servers listen to what is announced, beside this one
    expect(Number((await observer.sendCommand(['PUBSUB', 'NUMPAT'])) as unknown)).toBeGreaterThan(0)
    await observer.pSubscribe('buildrunner:stream:*', (sequence) => announced.push(Number(sequence)))
    for (let sequence = 3; sequence <= 7; sequence++) {
      await write(1, at)
      expect(await next()).toBe(sequence)
    }
    await vi.waitFor(() => expect(announced).toEqual([3, 4, 5, 6, 7]), { timeout: 30_000 })
    await redis.stop()
    await write(10, at)
    for (let sequence = 8; sequence <= 17; sequence++) expect(await next()).toBe(sequence)
    await messages.return!()
  })

  test.skipIf(!installed)('Redis that is away for ten seconds, while events are written, loses none, repeats none and changes no order', async () => {
    const redis = await startRedis()
    ends.push(redis.stop)
    const [a, b] = [start({ REDIS_URL: redis.url }), start({ REDIS_URL: redis.url })]
    const [at, watched] = [await a.ready(), await b.ready()]
    const stop = new AbortController()
    const sequences: number[] = []
    const collecting = (async () => {
      for await (const { event, gap } of client(watched).events.watch({ since: 0 }, { signal: stop.signal })) {
        if (event === null) throw new Error(`a gap at ${gap}`)
        sequences.push(event.sequence)
      }
    })()
    collecting.catch(() => {})
    await write(5, at)
    await redis.stop()
    const away = performance.now()
    while (performance.now() - away < 10_000) await write(1, at)
    const during = sequences.length
    await redis.start()
    await write(5, at)
    await expect.poll(() => sequences.length, { timeout: 10_000 }).toBe(2 + written)
    expect(during).toBeGreaterThan(7)
    expect(sequences).toEqual(range(1, 2 + written))
    stop.abort()
    await expect(collecting).rejects.toMatchObject({ code: 'ABORTED' })
  }, 90_000)
})
