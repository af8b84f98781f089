/** What a client is told while somebody is impersonated: over GraphQL, REST and subscriptions. */
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { addPerson } from '@buildrunner/schema/testing/people'
import type { Person } from '@buildrunner/schema/testing/people'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import { encodeNodeId } from '@buildrunner/schema/shared/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { send, startTestServer } from './testing/graphql.ts'
import type { TestServer } from './testing/graphql.ts'

let workspace: TestWorkspace
let server: TestServer
let member: Person
let token: string
let endsAt: string

const REASON = 'Support ticket debugging: Grüße'
const START = 'mutation ($input: StartImpersonationInput!) { startImpersonation(input: $input) { ... on StartImpersonationPayload { token impersonation { id endsAt } } } }'

beforeAll(async () => {
  workspace = await createTestWorkspace()
  await workspace.project('demo', samplePlan(1, 1, 1))
  member = await addPerson(workspace, { name: 'Max' })
  server = await startTestServer(workspace)
  const { data } = await send(server.url, workspace.apiKey, START, { input: { userId: encodeNodeId('User', member.userId), reason: REASON, minutes: 60 } })
  token = data.startImpersonation.token
  endsAt = data.startImpersonation.impersonation.endsAt
})
afterAll(() => server.close())

const banner = () => ({
  id: expect.stringMatching(/^imp_/), impersonator: { id: encodeNodeId('User', workspace.actor.userId), name: 'Ada' }, user: { id: encodeNodeId('User', member.userId), name: 'Max' }, reason: REASON, endsAt,
})
const header = (): string => `impersonator=${banner().impersonator.id}; user=${banner().user.id}; ends-at=${endsAt}; reason=${encodeURIComponent(REASON)}`
const authorization = (): { authorization: string } => ({ authorization: `Bearer ${token}` })

test('every answer over GraphQL carries the banner, errors too', async () => {
  expect((await send(server.url, token, '{ viewer { name } }')).extensions.impersonation).toEqual(banner())
  expect(await send(server.url, token, '{ plan(projectId: "nothing") { sequence } }')).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }], extensions: { impersonation: banner() } })
  expect((await send(server.url, workspace.apiKey, '{ viewer { name } }')).extensions?.impersonation).toBeUndefined()
})

test('results of the SDK say who really acts', async () => {
  const client = new BuildRunnerSDK({ apiKey: token, baseUrl: server.url })
  expect((await client.viewer.get()).impersonation).toEqual(banner())
  expect((await client.projects.get({ projectId: 'nothing' })).impersonation).toEqual(banner())
})

test('every answer over REST carries it as a header, problems too', async () => {
  for (const path of ['/api/viewer', '/api/projects/nothing/plan']) {
    const response = await fetch(`${server.url}${path}`, { headers: authorization() })
    expect(response.headers.get('buildrunner-impersonation')).toBe(header())
  }
})

test('every message of a subscription carries it', async () => {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST', headers: { ...authorization(), accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'subscription { projectEvents(projectId: "demo", since: 0) { sequence } }' }),
  })
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  while ((text.match(/^data: \{/gm)?.length ?? 0) < 2) text += decoder.decode((await reader.read()).value, { stream: true })
  await reader.cancel()
  const messages = [...text.matchAll(/^data: (\{.*)$/gm)].map(([, json]) => JSON.parse(json as string) as { extensions: unknown })
  for (const { extensions } of messages.slice(0, 2)) expect(extensions).toMatchObject({ impersonation: banner() })
})

test('REST starts one as the reference writes it', async () => {
  const response = await fetch(`${server.url}/api/admin/impersonation`, {
    method: 'POST', headers: { authorization: `Bearer ${workspace.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ user_id: member.userId, reason: 'Support ticket debugging', duration_minutes: 60 }),
  })
  expect(response.status).toBe(201)
  const body = (await response.json()) as { token: string; impersonation: { user: { name: string } } }
  expect(body.impersonation.user.name).toBe('Max')
  expect((await send(server.url, body.token, '{ viewer { name } }')).data.viewer.name).toBe('Max')
})
