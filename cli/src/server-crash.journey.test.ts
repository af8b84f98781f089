/**
 * The server is killed (-9) at each commit point of a push, of the plan file's and of the queue's: what was pushed is there once.
 *
 * A push is one read and one write, each a single statement. Where the server is can thus be seen on its connection to Postgres.
 */
import * as fs from 'node:fs'
import path from 'node:path'
import { createTestDatabase, type TestDatabase } from '@buildrunner/schema/testing/database'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestCli, PLAN, samplePlan, writePlan, type RunResult, type TestCli } from './testing/br.ts'
import { startFaultProxy, type FaultProxy } from './testing/fault-proxy.ts'
import { startKillableServer, type KillableServer } from './testing/killable-server.ts'

const POINTS = ['has read', 'is about to commit', 'has committed', 'answers'] as const
type Point = (typeof POINTS)[number]

let cli: TestCli
let database: TestDatabase
let server: KillableServer
/** Between the server and Postgres. */
let wire: FaultProxy
let dying: { at: Point; dead: () => void } | undefined

/** @returns a promise of the death, which comes when the next push is at that point */
const dieAt = (at: Point): Promise<void> => new Promise((dead) => (dying = { at, dead }))
function arrive(point: Point): 'reset' | undefined {
  if (dying?.at !== point) return undefined
  void server.kill().then(dying.dead)
  dying = undefined
  return 'reset'
}

beforeAll(async () => {
  ;[cli, database] = await Promise.all([createTestCli(), createTestDatabase()])
  const isWrite = (message: string): boolean => message.includes('write:') && message.includes('plan.changed')
  const isRead = (message: string): boolean => message.includes('plan:id:current') || message.includes('sync:replica')
  wire = await startFaultProxy(database.url, {
    onRequest: (message) => (isWrite(message) ? arrive('is about to commit') : undefined),
    onReply: (message) => (isWrite(message) ? arrive('has committed') : isRead(message) ? arrive('has read') : undefined),
  })
  const proxied = new URL(database.url)
  proxied.port = new URL(wire.url).port
  server = await startKillableServer({ DATABASE_URL: proxied.href }, { onReply: (request) => (/execution_sync|sync_push/.test(request) ? arrive('answers') : undefined) })
})
afterAll(async () => {
  await server?.close()
  await wire?.close()
  await database?.drop()
  cli?.close()
})

interface Place {
  client: BuildRunnerSDK
  projectId: string
  cwd: string
  br(...args: string[]): Promise<RunResult>
}

let count = 0
async function place(): Promise<Place> {
  const client = new BuildRunnerSDK({ baseUrl: server.proxy.url, apiKey: server.apiKey })
  const { id: projectId } = (await client.projects.create({ name: `Crash ${++count}` }).orThrow()).project
  const cwd = cli.folder()
  const env = { BUILDRUNNER_BASE_URL: server.proxy.url, BUILDRUNNER_API_KEY: server.apiKey, BUILDRUNNER_PROJECT_ID: projectId, XDG_DATA_HOME: path.join(cwd, 'data') }
  return { client, projectId, cwd, br: (...args) => cli.run(args, { cwd, env }) }
}

/** Syncs while the server dies at `point` and comes back, then once more: nobody has to know whether the first one got through. */
async function syncThroughDeath(point: Point, { br }: Place): Promise<void> {
  const death = dieAt(point)
  const first = br('sync')
  await death
  await server.start()
  expect([0, 7]).toContain((await first).code)
  expect(await br('sync')).toMatchObject({ code: 0, stderr: '' })
}

describe.each(POINTS)('the server dies when it %s', (point) => {
  test('and a plan file ends on the server, written once', async () => {
    const there = await place()
    writePlan(there.cwd, { ...samplePlan(), 'x-sync': { projectId: there.projectId, sequence: 0 } })
    await syncThroughDeath(point, there)
    const { document, sequence } = await there.client.planning.getDocument({ projectId: there.projectId }).orThrow()
    const { 'x-sync': mark, ...plan } = JSON.parse(fs.readFileSync(path.join(there.cwd, PLAN), 'utf8')) as Record<string, unknown>
    expect(document).toMatchObject(plan)
    // One event made the project, one brought the plan.
    expect({ sequence, mark }).toEqual({ sequence: 2, mark: { projectId: there.projectId, sequence: 2 } })
  })

  test('and a queue ends empty, each write applied once', async () => {
    const there = await place()
    await there.client.planning.importPlan({ projectId: there.projectId, document: samplePlan() as never }).orThrow()
    expect(await there.br('sync')).toMatchObject({ code: 0 })
    for (const id of ['T1', 'T2']) expect(await there.br('plan', 'edit', id, '--title', `New ${id}`, '--offline')).toMatchObject({ code: 0 })
    await syncThroughDeath(point, there)
    const { document, sequence } = await there.client.planning.getDocument({ projectId: there.projectId }).orThrow()
    expect(JSON.stringify(document)).toMatch(/"title":"New T1".*"title":"New T2"/)
    expect(sequence).toBe(3)
    expect(JSON.parse((await there.br('queue', 'status', '--json')).stdout)).toMatchObject({ projects: [{ items: [], conflicts: 0 }] })
  })
})
