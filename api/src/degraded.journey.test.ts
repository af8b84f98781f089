/** A server whose primary database goes away and comes back, with real requests under way. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BuildRunnerSDK, ReadOnlyError } from '@buildrunner/sdk'
import { retry } from '@buildrunner/sdk/resilience'
import { afterAll, describe, expect, test } from 'vitest'
import { EXIT_CODES } from './exit-codes.ts'
import type { LocalFile } from './local-file.ts'
import { createTestCli } from '../../cli/src/testing/br.ts'
import { hasPostgresPair, startPostgresPair } from './testing/postgres-pair.ts'
import { runServer } from './testing/server-process.ts'
import type { ServerProcess } from './testing/server-process.ts'

const SOON = { minMs: 50, maxMs: 500, factor: 1.5, jitter: false, maxAttempts: 100 }
/** Of this repository's plan, the demo. */
const ITEM = 'file-to-server'
const always = { isPassing: () => true }

describe.runIf(hasPostgresPair('a primary database that goes away'))('with a replica', async () => {
  if (!hasPostgresPair('')) return
  const pair = await startPostgresPair()
  const dataDir = mkdtempSync(join(tmpdir(), 'buildrunner-degraded-'))
  const running: ServerProcess[] = []
  const environment = { DATABASE_URL: pair.primary.url, DATABASE_REPLICA_URL: pair.replica.url, BUILDRUNNER_DATA_DIR: dataDir }
  afterAll(async () => {
    pair.primary.signal('SIGCONT')
    for (const { process } of running) process.kill('SIGKILL')
    await pair[Symbol.asyncDispose]()
    rmSync(dataDir, { recursive: true, force: true })
  })

  async function start(): Promise<{ server: ServerProcess; client: BuildRunnerSDK; baseUrl: string; apiKey: string; projectId: string }> {
    const server = runServer(environment)
    running.push(server)
    const baseUrl = await server.ready()
    const { apiKey, projectId } = JSON.parse(readFileSync(join(dataDir, 'local.json'), 'utf8')) as LocalFile
    return { server, baseUrl, apiKey, projectId, client: new BuildRunnerSDK({ apiKey, projectId, baseUrl, webSocket: globalThis.WebSocket }) }
  }

  const comment = (client: BuildRunnerSDK, text: string) => client.comments.add({ itemId: ITEM, body: text }).orThrow()
  const writes = (client: BuildRunnerSDK) => retry(() => comment(client, 'is it back?'), SOON, always)

  test('killed under load, no acknowledged write is lost, reads go on, and all are told; then it is as before, by itself', async () => {
    const { client, baseUrl, apiKey, projectId } = await start()
    const headers = { authorization: `Bearer ${apiKey}` }
    const acknowledged: string[] = []
    const reads = { normal: 0, readOnly: 0 }
    const errors: unknown[] = []
    let stop = false
    let killed: Promise<void> | undefined
    const heard: number[] = []
    const events = client.events.watch({ since: 0 })
    const listening = (async () => {
      for await (const { sequence } of events) heard.push(sequence as number)
    })()

    async function write(writer: number): Promise<void> {
      for (let number = 0; !stop; number++) {
        const text = `writer ${writer}, number ${number}`
        const { error } = await client.comments.add({ itemId: ITEM, body: text })
        if (error instanceof ReadOnlyError) return
        if (error) errors.push(error)
        else acknowledged.push(text)
        if (acknowledged.length === 30) killed ??= pair.primary.kill()
      }
    }
    async function read(): Promise<void> {
      while (!stop) {
        const { error, mode } = await client.planning.getPlan()
        if (error) errors.push(error)
        reads[mode === 'read-only' ? 'readOnly' : 'normal']++
        if (reads.readOnly >= 20) stop = true
      }
    }
    await Promise.all([write(1), write(2), write(3), read(), read()])
    await killed
    expect(errors).toEqual([])
    expect(reads.readOnly).toBeGreaterThanOrEqual(20)

    const refused = await client.comments.add({ itemId: ITEM, body: 'too late' }, { maxRetries: 0 })
    expect(refused.error).toMatchObject({ code: 'READ_ONLY', retryAfterMs: 5_000 })
    expect(refused.mode).toBe('read-only')
    const rest = await fetch(`${baseUrl}/api/comments`, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify({ project_id: projectId, entity_id: ITEM, body: 'no' }) })
    expect([rest.status, rest.headers.get('retry-after'), rest.headers.get('x-buildrunner-mode')]).toEqual([503, '5', 'read-only'])
    expect(await rest.json()).toMatchObject({ code: 'READ_ONLY' })
    expect((await client.health.check()).data).toMatchObject({ status: 'degraded', mode: 'READ_ONLY' })

    const cli = await createTestCli()
    const br = (...args: string[]) => cli.run(args, { env: { BUILDRUNNER_BASE_URL: baseUrl, BUILDRUNNER_API_KEY: apiKey, BUILDRUNNER_PROJECT_ID: projectId } })
    expect(await br('comments', 'add', ITEM, 'no')).toMatchObject({ code: 7, stderr: expect.stringContaining('Nothing was changed') })
    const listed = await br('projects', 'list')
    expect([listed.code, listed.stderr]).toEqual([0, expect.stringContaining('read-only')])
    const checked = await br('health', 'check', '--all')
    expect([checked.code, checked.stdout]).toEqual([7, expect.stringMatching(/Read-only[^]*✗ +database +[^\n]*ECONNREFUSED[^]*✓ +database replica/)])
    cli.close()

    await pair.primary.start()
    await writes(client)
    expect((await client.planning.getPlan()).mode).toBeUndefined()
    const found = new Set((await client.comments.list({ itemId: ITEM }).toArray()).map(({ body }) => body))
    expect(acknowledged.filter((text) => !found.has(text))).toEqual([])
    expect(found.has('too late')).toBe(false)

    const [{ last } = { last: 0 }] = await pair.primary.ask<{ last: number }>('SELECT max(sequence) AS last FROM runner_events')
    await retry(async () => expect(heard.at(-1)).toBe(last), SOON, always)
    expect(heard).toEqual(heard.map((_, index) => (heard[0] as number) + index))
    events.close()
    await listening
  })

  test('a primary that keeps its connections and answers nothing is away too', async () => {
    const { client, server } = await start()
    await writes(client)
    pair.primary.signal('SIGSTOP')
    await retry(async () => expect((await client.planning.getPlan({}, { timeoutMs: 15_000 })).mode).toBe('read-only'), SOON, always)
    pair.primary.signal('SIGCONT')
    await writes(client)
    server.process.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  })

  test('a server starts while the primary is away, serves from the replica, and takes writes once it is back', async () => {
    await pair.inSync()
    await pair.primary.kill()
    const { client } = await start()
    expect(await client.planning.getPlan()).toMatchObject({ error: undefined, mode: 'read-only' })
    expect((await client.comments.add({ itemId: ITEM, body: 'no' })).error?.code).toBe('READ_ONLY')
    await pair.primary.start()
    await writes(client)
  })

  test('without both, or with a replica of nothing, it does not start and says why', async () => {
    const failing = (variables: Record<string, string>) => {
      const server = runServer({ ...environment, ...variables })
      running.push(server)
      return server.ended.then((code) => [code, server.output()])
    }
    expect(await failing({ DATABASE_URL: '' })).toEqual([EXIT_CODES.configuration, expect.stringContaining('DATABASE_REPLICA_URL is set without DATABASE_URL')])
    await Promise.all([pair.primary.kill(), pair.replica.kill()])
    expect(await failing({})).toEqual([EXIT_CODES.databaseUnreachable, expect.stringContaining('cannot be reached')])
  })
})
