import { expect, test } from 'vitest'
import { BuildRunnerSDK, ConfigurationError, UnauthenticatedError } from './index.ts'

const refusal = { errors: [{ message: 'The API key has expired.', extensions: { code: 'UNAUTHENTICATED' } }] }

/** A server that accepts one token. */
function clientOf(accepted: string, getToken: () => string | Promise<string>) {
  const sent: (string | null)[] = []
  const fetch = async (_: unknown, init?: RequestInit): Promise<Response> => {
    const authorization = new Headers(init?.headers).get('authorization')
    sent.push(authorization)
    return Response.json(authorization === `Bearer ${accepted}` ? { data: { health: { status: 'ok' } } } : refusal)
  }
  return { sent, client: new BuildRunnerSDK({ getToken, baseUrl: 'http://127.0.0.1:1', maxRetries: 0, fetch: fetch as typeof globalThis.fetch }) }
}

test('a token is asked for once, and kept', async () => {
  let asked = 0
  const { client, sent } = clientOf('t1', () => `t${++asked}`)
  for (let call = 0; call < 3; call++) await client.health.check().orThrow()
  expect([asked, sent]).toEqual([1, ['Bearer t1', 'Bearer t1', 'Bearer t1']])
})

test('a refused token is replaced once for all calls that run, mutations too, whatever maxRetries says', async () => {
  let asked = 0
  const { client, sent } = clientOf('t2', async () => `t${++asked}`)
  await Promise.all(Array.from({ length: 5 }, () => client.request('mutation { health { status } }').orThrow()))
  expect(asked).toBe(2)
  expect(sent.filter((header) => header === 'Bearer t2')).toHaveLength(5)
})

test('a token that is refused again ends the call, after one more attempt', async () => {
  const { client, sent } = clientOf('other', () => 'stale')
  const { error } = await client.health.check()
  expect(error).toBeInstanceOf(UnauthenticatedError)
  expect(sent).toHaveLength(2)
})

test.each([
  ['throws', () => Promise.reject(new Error('signed out')), 'getToken failed (signed out).'],
  ['gives no token', () => 'two words', 'What getToken returned holds characters that no API key has'],
])('a getToken that %s ends the call, and nothing is sent', async (_, getToken, message) => {
  const { client, sent } = clientOf('t1', getToken)
  const { error } = await client.health.check()
  expect([error?.code, sent]).toEqual(['UNAUTHENTICATED', []])
  expect(error?.message).toContain(message)
  expect(JSON.stringify(error)).not.toContain('two words')
})

test('apiKey and getToken exclude each other', () => {
  expect(() => new BuildRunnerSDK({ apiKey: 'br_test1234_secret', getToken: () => 't1' })).toThrow(ConfigurationError)
})

test('an answer is not garbled by the word that a test uses as its key', async () => {
  const fetch = () => Promise.resolve(Response.json({ data: { health: { status: 'latestStart', version: 'test' } } }))
  const client = new BuildRunnerSDK({ apiKey: 'test', baseUrl: 'http://localhost', fetch })
  expect(await client.health.check().orThrow()).toEqual({ status: 'latestStart', version: 'test' })
})
