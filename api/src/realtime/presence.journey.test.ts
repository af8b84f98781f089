/** Who is there, with real server processes on one Redis: clients and servers are killed, and Redis is stopped. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import type { Presence } from '@buildrunner/sdk'
import { createTestDatabase } from '@buildrunner/schema/testing/database'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readLocalFile } from '../local-file.ts'
import { hasRedis, startRedis } from '../testing/redis.ts'
import type { TestRedis } from '../testing/redis.ts'
import { runServer } from '../testing/server-process.ts'
import type { ServerProcess } from '../testing/server-process.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const ends: (() => unknown)[] = []
let environment: Record<string, string>
let redis: TestRedis
let apiKey: string
let one: ServerProcess
let oneUrl: string
let otherUrl: string

function start(variables: Record<string, string> = {}): ServerProcess {
  const server = runServer({ ...environment, ...variables })
  ends.push(async () => {
    server.process.kill('SIGKILL')
    await server.ended
  })
  return server
}

const client = (baseUrl: string): BuildRunnerSDK => new BuildRunnerSDK({ apiKey, projectId: 'shop', baseUrl })

/** States at a server until one is as wanted. */
function watcher(baseUrl: string): { until(wanted: (state: Presence) => boolean): Promise<Presence>; end(): unknown } {
  const states = client(baseUrl).presence.watch()[Symbol.asyncIterator]()
  return {
    async until(wanted) {
      for (;;) {
        const { value } = await states.next()
        if (wanted(value as Presence)) return value as Presence
      }
    },
    end: () => states.return?.(),
  }
}
const on = (item: string) => ({ people }: Presence): boolean => people.some(({ itemKey }) => itemKey === item)
const nobody = ({ people, degraded }: Presence): boolean => people.length === 0 && !degraded

describe.skipIf(!hasRedis('presence on two servers'))('two servers on one Redis', () => {
  beforeAll(async () => {
    const [database, dataDir] = [await createTestDatabase(), mkdtempSync(join(tmpdir(), 'buildrunner-presence-'))]
    redis = await startRedis()
    ends.push(() => database.drop(), () => rmSync(dataDir, { recursive: true, force: true }), () => redis.stop())
    const policy = join(dataDir, 'policy.yml')
    writeFileSync(policy, 'presence: { heartbeat_seconds: 1, expiry_seconds: 3, idle_seconds: 3600 }\n')
    environment = { DATABASE_URL: database.url, BUILDRUNNER_DATA_DIR: dataDir, BUILDRUNNER_POLICY: policy, LOG_LEVEL: 'fatal', REDIS_URL: redis.url }
    one = start()
    oneUrl = await one.ready()
    otherUrl = await start().ready()
    apiKey = readLocalFile(dataDir)!.apiKey
    const owner = client(oneUrl)
    await owner.projects.create({ name: 'Shop', slug: 'shop' }).orThrow()
    await owner.planning.importPlan({ projectId: 'shop', document: samplePlan(1, 1, 2) }).orThrow()
  })
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  test('who joins at one is seen at the other, changes and leaves there', async () => {
    const { until, end } = watcher(otherUrl)
    await until(nobody)
    const here = await client(oneUrl).presence.join({ itemId: 'm1' })
    expect((await until(on('m1'))).people).toMatchObject([{ devices: 1, status: 'ACTIVE' }])
    here.update({ itemId: 'm1.s1', typing: true })
    expect((await until(on('m1.s1'))).people).toMatchObject([{ typing: true }])
    await here.leave()
    await until(nobody)
    await end()
  })

  test('a client that is killed leaves no ghost', async () => {
    const { until, end } = watcher(otherUrl)
    const program = `import { BuildRunnerSDK } from '@buildrunner/sdk'
      await new BuildRunnerSDK(${JSON.stringify({ apiKey, projectId: 'shop', baseUrl: oneUrl })}).presence.join({ itemId: 'm1.s1.k1' })
      setInterval(() => {}, 1_000)`
    const child = spawn(process.execPath, ['--conditions=@buildrunner/source', '--input-type=module', '--eval', program], { cwd: ROOT, stdio: 'inherit' })
    ends.push(() => child.kill('SIGKILL'))
    await until(on('m1.s1.k1'))
    const killed = once(child, 'close')
    child.kill('SIGKILL')
    await killed
    await until(nobody)
    await end()
  })

  test('a Redis that is gone degrades presence and nothing else; with it, everybody is back', async () => {
    const here = await client(otherUrl).presence.join({ itemId: 'm1' })
    const { until, end } = watcher(otherUrl)
    await until(on('m1'))
    await redis.stop()
    expect((await until(({ degraded }) => degraded)).people).toMatchObject([{ itemKey: 'm1' }])
    expect((await client(otherUrl).planning.setStatus({ id: 'm1.s1.k1', status: 'DONE' })).error).toBeUndefined()
    await redis.start()
    await until((state) => !state.degraded && on('m1')(state))
    await here.leave()
    await until(nobody)
    await end()
  })

  test('a server that is killed leaves no ghost at the other; who was there is there again with its successor, on the same item', async () => {
    const { until, end } = watcher(otherUrl)
    const here = await client(oneUrl).presence.join({ itemId: 'm1.s1.k2' })
    await until(on('m1.s1.k2'))
    one.process.kill('SIGKILL')
    await one.ended
    await until(nobody)
    expect(await start({ PORT: new URL(oneUrl).port }).ready()).toBe(oneUrl)
    await until(on('m1.s1.k2'))
    await here.leave()
    await until(nobody)
    await end()
  })
})
