/** The server is killed (-9) at each commit point of a sync; `br sync` is run again, and everything is there once. */
import * as fs from 'node:fs'
import { createTestDatabase, type TestDatabase } from '@buildrunner/schema/testing/database'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestCli, samplePlan, writePlan, type RunResult, type TestCli } from './testing/br.ts'
import { startFaultProxy, type FaultProxy } from './testing/fault-proxy.ts'
import { startKillableServer, type KillableServer } from './testing/killable-server.ts'

/** Where the server is when it dies. */
type Point = 'reading' | 'before the commit' | 'after the commit' | 'answering'
const POINTS: readonly Point[] = ['reading', 'before the commit', 'after the commit', 'answering']

let cli: TestCli
let database: TestDatabase
let server: KillableServer
/** Between the server and Postgres. */
let wire: FaultProxy
let dying: Point | undefined
let death: Promise<void> | undefined

const dieAt = (point: Point): 'reset' | undefined => {
  if (dying !== point) return undefined
  dying = undefined
  death = server.kill()
  return 'reset'
}

beforeAll(async () => {
  ;[cli, database] = await Promise.all([createTestCli(), createTestDatabase()])
  const isWrite = (message: string): boolean => message.includes('write:') && message.includes('plan.changed')
  wire = await startFaultProxy(database.url, {
    onRequest: (message) => (isWrite(message) ? dieAt('before the commit') : undefined),
    onReply: (message) => (isWrite(message) ? dieAt('after the commit') : message.includes('plan:id:all') ? dieAt('reading') : undefined),
  })
  const proxied = new URL(database.url)
  proxied.port = new URL(wire.url).port
  server = await startKillableServer({ DATABASE_URL: proxied.href }, { onReply: (request) => (request.includes('execution_sync') ? dieAt('answering') : undefined) })
})
afterAll(async () => {
  await server?.close()
  await wire?.close()
  await database?.drop()
  cli?.close()
})

test.each(POINTS)('%s: the next sync ends with every change there, once', async (point) => {
  const env = { BUILDRUNNER_BASE_URL: server.proxy.url, BUILDRUNNER_API_KEY: server.apiKey }
  const cwd = cli.folder()
  const sync = (): Promise<RunResult> => cli.run(['sync', '--json'], { cwd, env })
  const client = new BuildRunnerSDK({ baseUrl: server.proxy.url, apiKey: server.apiKey })
  const { id: projectId } = (await client.projects.create({ name: point }).orThrow()).project
  const file = writePlan(cwd, { ...samplePlan(), 'x-sync': { projectId, sequence: 0 } })
  dying = point
  expect(await sync()).toMatchObject({ code: 7, stdout: '' })
  expect(dying).toBeUndefined()
  await death
  await server.start()
  expect(await sync()).toMatchObject({ code: 0, stderr: '' })
  const { document, sequence } = await client.planning.getDocument({ projectId }).orThrow()
  const { 'x-sync': mark, ...plan } = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>
  expect(document).toMatchObject(plan)
  // One event made the project, one brought the plan: nothing was written twice.
  expect({ sequence, mark }).toMatchObject({ sequence: 2, mark: { projectId, sequence: 2 } })
})
