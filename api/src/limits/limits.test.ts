/** Rate limits as clients meet them: over GraphQL, REST and WebSocket, in one process and in two. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { BuildRunnerSDK, RateLimitError } from '@buildrunner/sdk'
import { schema as realSchema } from '@buildrunner/schema'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import { DEFAULT_OPERATOR_POLICY } from '@buildrunner/schema/shared/operator-policy'
import type { OperatorPolicy } from '@buildrunner/schema/shared/operator-policy'
import { GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createRateLimits, networkOf } from '../plugins/use-rate-limits.ts'
import { startTestServer } from '../testing/graphql.ts'
import { createAttempts } from './attempts.ts'
import { createPoints } from './points.ts'

let workspace: TestWorkspace
const ends: (() => unknown)[] = []
beforeAll(async () => {
  workspace = await createTestWorkspace()
  await workspace.project('website')
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

const policy = (pointsPerMinute: number, anonymousPointsPerMinute = 2_000): OperatorPolicy => ({
  ...DEFAULT_OPERATOR_POLICY,
  tiers: { ...DEFAULT_OPERATOR_POLICY.tiers, enterprise: { ...DEFAULT_OPERATOR_POLICY.tiers.enterprise, pointsPerMinute } },
  rates: { ...DEFAULT_OPERATOR_POLICY.rates, anonymousPointsPerMinute },
})

async function serve(operator: OperatorPolicy, redisUrl?: string): Promise<string> {
  const { url, close } = await startTestServer(workspace, { operator, redisUrl })
  ends.push(close)
  return url
}

const VIEWER = '{ viewer { name } }'
const WATCH = 'subscription { projectEvents(projectId: "website", since: 0) { event { sequence } } }'
async function ask(url: string, query = VIEWER, headers: Record<string, string> = { authorization: `Bearer ${workspace.apiKey}` }) {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example', ...headers }, body: JSON.stringify({ query }) })
  return { status: response.status, headers: response.headers, body: (await response.json()) as any }
}

describe('an answer tells what is left', () => {
  test('in its headers, which other origins may read, in extensions, and to the query', async () => {
    const url = await serve(policy(100))
    const { headers, body } = await ask(url, '{ viewer { name } rateLimit { limit cost remaining resetAt } }')
    expect(body.extensions.rateLimit).toEqual(body.data.rateLimit)
    const { cost, remaining, resetAt } = body.data.rateLimit
    expect(body.data.rateLimit).toMatchObject({ limit: 100, remaining: 100 - cost })
    expect(cost).toBeGreaterThan(5)
    expect(Date.parse(resetAt) - Date.now()).toBeGreaterThan(50_000)
    expect(headers.get('ratelimit-policy')).toBe('"points";q=100;w=60')
    expect(headers.get('ratelimit')).toMatch(new RegExp(`^"points";r=${remaining};t=(59|60)$`))
    expect(headers.get('access-control-expose-headers')).toContain('ratelimit')
    expect((await ask(url)).body.extensions.rateLimit.remaining).toBeLessThan(remaining)
  })

  test('over REST too, where an operation fails as well', async () => {
    const url = await serve(policy(100))
    for (const path of ['viewer', 'projects/nowhere']) {
      const { headers } = await fetch(`${url}/api/${path}`, { headers: { authorization: `Bearer ${workspace.apiKey}` } })
      expect([path, headers.get('ratelimit'), headers.get('access-control-expose-headers')]).toEqual([path, expect.stringMatching(/^"points";r=\d+;t=\d+$/), expect.stringContaining('ratelimit-policy')])
    }
  })

  test('to the SDK', async () => {
    const client = new BuildRunnerSDK({ baseUrl: await serve(policy(1_000)), apiKey: workspace.apiKey })
    const { rateLimit } = await client.viewer.get()
    expect(rateLimit).toMatchObject({ limit: 1_000, remaining: expect.any(Number) as number })
    expect(rateLimit!.remaining).toBeLessThan(1_000)
  })
})

describe('who has spent its points', () => {
  test('is refused before anything is executed, with 429 and when to come back', async () => {
    const url = await serve(policy(40))
    while ((await ask(url)).status === 200);
    workspace.takeStatements()
    const { status, headers, body } = await ask(url)
    expect([status, body.data]).toEqual([429, undefined])
    expect(body.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', resetAt: body.extensions.rateLimit.resetAt } }])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(50)
    expect(headers.get('access-control-expose-headers')).toContain('retry-after')
    expect(workspace.takeStatements().filter((text) => !/api_keys|audit/.test(text))).toEqual([])
    const rest = await fetch(`${url}/api/viewer`, { headers: { authorization: `Bearer ${workspace.apiKey}` } })
    expect([rest.status, rest.headers.get('content-type')]).toEqual([429, 'application/problem+json'])
    expect(await rest.json()).toMatchObject({ code: 'RATE_LIMITED', reset_at: body.extensions.rateLimit.resetAt })
    const { error } = await new BuildRunnerSDK({ baseUrl: url, apiKey: workspace.apiKey, maxRetries: 0 }).viewer.get()
    expect(error).toBeInstanceOf(RateLimitError)
    expect((error as RateLimitError).resetAt).toEqual(new Date(body.extensions.rateLimit.resetAt))
  })

  test('takes nothing from another key, nor from another organisation', async () => {
    const url = await serve(policy(5))
    while ((await ask(url)).status === 200);
    const { apiKey } = await workspace.stranger()
    expect((await ask(url, VIEWER, { authorization: `Bearer ${apiKey}` })).status).toBe(200)
  })

  test('without a key is its address, whatever it claims to be', async () => {
    const url = await serve(policy(5, 3))
    const health = (forwarded: string) => ask(url, '{ health { status } }', { 'x-forwarded-for': forwarded })
    const statuses = [(await health('192.0.2.1')).status, (await health('192.0.2.2')).status, (await health('192.0.2.3')).status]
    expect(statuses).toEqual([200, 429, 429])
  })

  test('with unknown keys is its address, whichever it tries; a key that is known goes on', async () => {
    const url = await serve(policy(100, 50))
    const guess = (letter: string) => ask(url, VIEWER, { authorization: `Bearer br_${letter.repeat(8)}_${letter.repeat(32)}` })
    const answers = [await guess('a'), await guess('b'), await guess('c')]
    expect(answers.map(({ status, body }) => [status, body.errors[0].extensions.code])).toEqual([[401, 'UNAUTHENTICATED'], [401, 'UNAUTHENTICATED'], [429, 'RATE_LIMITED']])
    expect(Number(answers[2]!.headers.get('retry-after'))).toBeGreaterThan(50)
    expect((await ask(url)).status).toBe(200)
  })

  test('with unknown keys over a WebSocket is its address, too', async () => {
    const url = await serve(policy(100, 50))
    const closed: number[] = []
    for (const letter of 'abc') {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
      socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer br_${letter.repeat(8)}_${letter.repeat(32)}` } })))
      const [code] = await once(socket, 'close') as [number]
      closed.push(code)
    }
    expect(closed).toEqual([4403, 4403, 1013])
    expect((await ask(url)).status).toBe(200)
  })

  test('is refused over a WebSocket too, operations and subscriptions', async () => {
    const url = await serve(policy(40))
    while ((await ask(url)).status === 200);
    const client = createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, connectionParams: { authorization: `Bearer ${workspace.apiKey}` }, retryAttempts: 0 })
    ends.push(() => client.dispose())
    for (const query of [VIEWER, WATCH]) {
      const answers: unknown[] = []
      for await (const answer of client.iterate({ query })) answers.push(answer)
      expect(answers).toMatchObject([{ errors: [{ extensions: { code: 'RATE_LIMITED' } }] }])
    }
  })

  test('is told to ask for less where one operation alone costs more than a minute has', async () => {
    const { body } = await ask(await serve(policy(5)), '{ projects(first: 100) { nodes { id name } } }')
    expect(body.errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' }, message: expect.stringMatching(/costs \d+ points; a minute has 5/) }])
  })
})

describe('what has a rate of its own', () => {
  const field = { type: GraphQLString, resolve: () => 'done', extensions: { rate: 'signIn' as const } }
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { a: { type: GraphQLString } } }),
    mutation: new GraphQLObjectType({ name: 'Mutation', fields: { signIn: field, other: { type: GraphQLString } } }),
  })
  const rates = { ...DEFAULT_OPERATOR_POLICY.rates, signIn: { limit: 3, seconds: 60 } }

  /** The code of a refusal. */
  async function run(limits: ReturnType<typeof createRateLimits>, source: string, address: string): Promise<string | undefined> {
    let refused: any
    const contextValue = { ...workspace.context(null), address }
    await (limits.plugin.onExecute as any)({ args: { schema, document: parse(source), contextValue }, setResultAndStopExecution: (result: any) => (refused = result) })
    return refused?.errors[0].extensions.code
  }
  const start = () => createRateLimits({ schema, operator: { ...policy(1_000), rates }, points: createPoints(), attempts: createAttempts(rates) })

  test('is counted by address and attempt, each time it stands in a document', async () => {
    const limits = start()
    expect(await run(limits, 'mutation { signIn }', '192.0.2.1')).toBeUndefined()
    expect(await run(limits, 'mutation { a: signIn ...F } fragment F on Mutation { b: signIn ... { c: signIn } }', '192.0.2.1')).toBe('RATE_LIMITED')
    expect(await run(limits, 'mutation { signIn }', '192.0.2.1')).toBe('RATE_LIMITED')
    expect(await run(limits, 'mutation { other }', '192.0.2.1')).toBeUndefined()
    expect(await run(limits, 'mutation { signIn }', '192.0.2.2')).toBeUndefined()
  })

  test('is refused over HTTP, whoever is tried: signing in', async () => {
    const operator = policy(1_000)
    const url = await serve({ ...operator, rates: { ...operator.rates, signIn: { limit: 2, seconds: 300 } } })
    const attempt = (email: string) => ask(url, `mutation { signIn(input: { email: "${email}", password: "wrong horse battery" }) { __typename } }`, {})
    expect([(await attempt('ada@example.com')).status, (await attempt('bo@example.com')).status]).toEqual([200, 200])
    const refused = await attempt('cy@example.com')
    expect(refused).toMatchObject({ status: 429, body: { errors: [{ extensions: { code: 'RATE_LIMITED' } }] } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(200)
    expect((await ask(url)).status).toBe(200)
  })

  test('is whatever a stranger could try out, or have mailed', () => {
    const rated = Object.values(realSchema.getMutationType()!.getFields()).flatMap(({ name, extensions }) => (extensions.rate === undefined ? [] : [name]))
    expect(rated).toEqual(expect.arrayContaining(['signUp', 'resendVerification', 'verifyEmail', 'signIn', 'completeSignIn', 'requestPasswordReset', 'resetPassword']))
  })

  test('is counted for a whole network of IPv6', async () => {
    const limits = start()
    for (const last of [1, 2, 3]) expect(await run(limits, 'mutation { signIn }', `2001:db8:0:7::${last}`)).toBeUndefined()
    expect(await run(limits, 'mutation { signIn }', '2001:db8:0:7:ffff::9')).toBe('RATE_LIMITED')
    expect(await run(limits, 'mutation { signIn }', '2001:db8:0:8::1')).toBeUndefined()
  })

  test.each([['192.0.2.1', '192.0.2.1'], ['::1', '0:0:0:0::/64'], ['2001:0db8:0:7:1:2:3:4', '2001:db8:0:7::/64'], ['2001:db8::1', '2001:db8:0:0::/64']])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})

const redisServer = find('redis-server')
if (redisServer === undefined) console.warn('\n!!! redis-server is not installed: limits that several servers share are NOT tested.\n')

describe.skipIf(redisServer === undefined)('two servers with one Redis', () => {
  test('share the points of a key, and each goes on by itself when Redis is gone', async () => {
    const redis = await startRedis(redisServer as string)
    const [one, two] = [await serve(policy(60), redis.url), await serve(policy(60), redis.url)]
    while ((await ask(one)).status === 200);
    await expect.poll(async () => (await ask(two)).status).toBe(429)
    await redis.stop()
    expect((await ask(two)).status).toBe(429)
    const { apiKey } = await workspace.stranger()
    expect((await ask(two, VIEWER, { authorization: `Bearer ${apiKey}` })).status).toBe(200)
  })

  test('share attempts exactly, and each counts by itself when Redis is gone', async () => {
    const redis = await startRedis(redisServer as string)
    const { connectRedis } = await import('../adapters/redis.ts')
    const connections = await Promise.all([1, 2].map(() => connectRedis(redis.url, { warn() {}, debug() {} } as never)))
    ends.push(() => Promise.all(connections.map((connection) => connection.close())))
    const [one, two] = connections.map(({ client }) => createAttempts({ ...DEFAULT_OPERATOR_POLICY.rates, signIn: { limit: 3, seconds: 60 } }, client)) as [ReturnType<typeof createAttempts>, ReturnType<typeof createAttempts>]
    const allowed = async (attempts: typeof one, address: string): Promise<boolean> => (await attempts.take('signIn', address, 1)) === null
    expect([await allowed(one, 'a'), await allowed(two, 'a'), await allowed(one, 'a'), await allowed(two, 'a'), await allowed(one, 'a')]).toEqual([true, true, true, false, false])
    await redis.stop()
    expect([await allowed(one, 'b'), await allowed(one, 'b'), await allowed(one, 'b'), await allowed(one, 'b')]).toEqual([true, true, true, false])
  })
})

function find(program: string): string | undefined {
  try {
    return execFileSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}

async function startRedis(program: string): Promise<{ url: string; stop(): Promise<void> }> {
  const probe = createServer()
  await once(probe.listen(0, '127.0.0.1'), 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  const child = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  let output = ''
  while (!output.includes('Ready to accept connections')) output += String((await once(child.stdout, 'data'))[0])
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  ends.push(stop)
  return { url: `redis://127.0.0.1:${port}`, stop }
}
