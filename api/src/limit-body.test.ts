import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MAX_BODY_BYTES, limitBody } from './limit-body.ts'
import { readBody } from './rest/body.ts'
import { startTestServer } from './testing/graphql.ts'
import type { TestServer } from './testing/graphql.ts'

const server = createServer((req, res) => {
  if (!limitBody(req, res)) return
  readBody(req).then(
    (body) => res.headersSent || res.end(JSON.stringify(body)),
    () => res.headersSent || res.destroy(),
  )
})
let url: string
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

const send = (body: Uint8Array | string, encoding?: string, path = '/api/x') =>
  fetch(url + path, { method: 'POST', body: body as BodyInit, headers: { 'content-type': 'application/json', ...(encoding && { 'content-encoding': encoding }) } })

test('a body in gzip is read as what it was, also in many pieces', async () => {
  const value = { text: 'ä'.repeat(300_000), list: Array.from({ length: 50_000 }, () => Math.random()) }
  expect(await (await send(gzipSync(JSON.stringify(value)), 'gzip')).json()).toEqual(value)
  expect(await (await send(JSON.stringify(value))).json()).toEqual(value)
})

test('what is no gzip, or was cut off, is a clear error', async () => {
  for (const body of [Buffer.from('{"plain":true}'), gzipSync('{"cut":"off, off, off, off"}').subarray(0, 25)]) {
    const answer = await send(body, 'gzip')
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'BAD_REQUEST'])
  }
})

test('a bomb is refused by what comes out of it', async () => {
  const bomb = gzipSync(Buffer.alloc(MAX_BODY_BYTES + 1, 32))
  expect(bomb.length).toBeLessThan(100_000)
  const answer = await send(bomb, 'gzip')
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([413, 'LIMIT_EXCEEDED'])
  const graphql = await send(bomb, 'gzip', '/graphql')
  expect(await graphql.json()).toMatchObject({ errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }] })
})

test('an encoding that nobody here reads is refused at once', async () => {
  const answer = await send('x', 'br')
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([415, 'BAD_REQUEST'])
})

describe('the SDK', () => {
  let workspace: TestWorkspace
  let real: TestServer
  beforeAll(async () => {
    workspace = await createTestWorkspace()
    real = await startTestServer(workspace)
  })
  afterAll(() => real.close())

  test('sends large requests in gzip where they leave the machine, and small ones as they are', async () => {
    const sent: { encoding: string | null; bytes: number }[] = []
    const client = new BuildRunnerSDK({
      baseUrl: 'https://elsewhere.example', apiKey: workspace.apiKey,
      fetch: (_, init) => {
        sent.push({ encoding: new Headers(init?.headers).get('content-encoding'), bytes: (init?.body as string | Uint8Array).length })
        return fetch(`${real.url}/graphql`, init)
      },
    })
    const { project } = await client.projects.create({ name: 'Large' }).orThrow()
    const plan = samplePlan(2, 10, 20)
    await client.planning.importPlan({ projectId: project.id, document: plan as never }).orThrow()
    expect((await client.planning.getDocument({ projectId: project.id }).orThrow())?.document).toMatchObject({ milestones: plan.milestones.map(({ id }) => ({ id })) })
    expect(sent.map(({ encoding }) => encoding)).toEqual([null, 'gzip', null])
    expect(sent[1]?.bytes).toBeLessThan(JSON.stringify(plan).length / 5)
  })
})
