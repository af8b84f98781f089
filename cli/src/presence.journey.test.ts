/** `br presence` as people run it, against the server as `npm start` runs it. */
import { createInterface } from 'node:readline'
import { once } from 'node:events'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestCli, samplePlan, writePlan, type TestCli } from './testing/br.ts'
import { startTestServer, type TestServer } from './testing/server.ts'

let cli: TestCli
let server: TestServer
let folder: string
let client: BuildRunnerSDK
beforeAll(async () => {
  ;[cli, server] = await Promise.all([createTestCli(), startTestServer()])
  folder = cli.folder()
  writePlan(folder, samplePlan())
  for (const args of [['login', '--local', server.dataDir], ['projects', 'create', 'Shop', '--slug', 'shop', '--link'], ['sync']])
    expect(await cli.run(args, { cwd: folder }), args.join(' ')).toMatchObject({ code: 0 })
  client = new BuildRunnerSDK({ apiKey: server.apiKey, baseUrl: server.baseUrl, projectId: 'shop' })
}, 120_000)
afterAll(async () => {
  await server?.stop()
  cli?.close()
}, 60_000)

describe('br presence', () => {
  test('says who is there, on what, doing what', async () => {
    expect(await cli.run(['presence'], { cwd: folder })).toMatchObject({ code: 0, stdout: 'Nobody is there.\n' })
    const here = await client.presence.join({ itemId: 'T6', typing: true, cursor: { field: 'title', offset: 3 } })
    expect((await cli.run(['presence', 'shop'])).stdout).toMatch(/^● {2}\S.* {2}T6 title:3 {2}typing\n$/)
    expect(JSON.parse((await cli.run(['presence', '--json'], { cwd: folder })).stdout)).toMatchObject({ degraded: false, people: [{ itemKey: 'T6', typing: true, devices: 1 }] })
    await here.leave()
  })

  test('with --watch --json is one state a line, until Ctrl-C', async () => {
    const child = cli.start(['presence', '--watch', '--json'], { cwd: folder })
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
    const next = async () => JSON.parse(String((await lines.next()).value)) as unknown
    expect(await next()).toEqual({ people: [], degraded: false })
    const here = await client.presence.join({ itemId: 'T6' })
    expect(await next()).toMatchObject({ people: [{ itemKey: 'T6' }] })
    await here.leave()
    expect(await next()).toMatchObject({ people: [] })
    const ended = once(child, 'close')
    child.kill('SIGINT')
    expect((await ended)[0]).toBe(130)
  })

  test('refuses a project that is not there', async () => {
    expect(await cli.run(['presence', 'nowhere', '--watch'])).toMatchObject({ code: 6, stdout: '' })
  })
})
