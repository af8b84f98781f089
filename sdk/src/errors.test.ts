import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { BuildRunnerError, BuildRunnerSDK } from './index.ts'
import { errorFromGraphQL, errorFromMember, errorOf } from './errors.ts'

const KEY = 'br_abcd1234_SeCrEtSeCrEt'
const baseUrl = 'https://api.example.com'

afterEach(() => vi.restoreAllMocks())

describe('codes', () => {
  const source = readFileSync(new URL('../../schema/src/shared/errors.ts', import.meta.url), 'utf8')
  const table = /ERROR_CODES = \{(.*?)\n\}/s.exec(source)?.[1] ?? ''
  const codes = [...table.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, code]) => code!)

  test('of the server are read', () => expect(codes).toContain('UNAUTHENTICATED'))

  test.each([...codes, 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'])('%s has a class of its own', (code) => {
    const error = errorOf({ code, message: 'm' })
    expect(error.constructor).not.toBe(BuildRunnerError)
    expect(error).toBeInstanceOf(BuildRunnerError)
    expect(error.name).toBe(error.constructor.name)
  })

  test.each(['constructor', '__proto__', 'MOON_PHASE', ''])('%j survives though it is unknown', (code) => {
    const error = errorFromGraphQL({ message: 'm', extensions: { code } }, 'req-1')
    expect(error.constructor).toBe(BuildRunnerError)
    expect(error.code).toBe(code)
  })
})

test.each([null, 7, 'text', [], {}, { message: 3, path: 'x', extensions: null }])('an error of the shape %j does not break the reader', (entry) => {
  for (const error of [errorFromGraphQL(entry, undefined), errorFromMember(entry, undefined)]) {
    expect(error.code).toBe('UNKNOWN')
    expect(error.message).not.toBe('')
  }
})

test('an error in JSON has its name, code, message, request id, path and what the server added', () => {
  const error = errorFromGraphQL({ message: 'No.', path: ['a', 0], extensions: { code: 'FORBIDDEN', permission: 'plan:write' } }, 'req-9')
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'ForbiddenError', code: 'FORBIDDEN', message: 'No.', requestId: 'req-9', path: ['a', 0], permission: 'plan:write',
  })
})

describe('the API key', () => {
  const headers = { authorization: `Bearer ${KEY}` }
  const leaky = Object.assign(new TypeError(`Header "Bearer ${KEY}" is invalid`, { cause: new Error(`inner ${KEY}`) }), { request: { headers } })
  const echo = JSON.stringify({ errors: [{ message: `unknown key ${KEY}`, extensions: { code: 'UNAUTHENTICATED', headers } }] })
  const everything = { depth: null, showHidden: true }

  test.each<[string, typeof fetch]>([
    ['a fetch that fails with its request', () => Promise.reject(leaky)],
    ['a fetch that throws', () => { throw leaky }],
    ['a server that echoes it', () => Promise.resolve(new Response(echo))],
    ['a proxy that redirects with it', () => Promise.resolve(new Response('', { status: 302, headers: { location: `https://x.example/${KEY}` } }))],
  ])('is in no error, after %s', async (_, fetch) => {
    const client = new BuildRunnerSDK({ apiKey: KEY, baseUrl, fetch, maxRetries: 0 })
    const { error } = await client.viewer.get()
    expect(error).toBeInstanceOf(BuildRunnerError)
    const shown = [inspect(error, everything), JSON.stringify(error), String(error), error?.stack, inspect(error?.cause, everything)]
    expect(shown.join('\n')).not.toContain('SeCrEt')
  })

  test('is not shown by the client', () => {
    const client = new BuildRunnerSDK({ apiKey: KEY, baseUrl })
    const request = client.viewer.get()
    request.cancel()
    expect(inspect([client, request], everything) + JSON.stringify([client, request])).not.toContain('SeCrEt')
  })

  test('is not in the error that says it is malformed', () => {
    const harmless = expect.objectContaining({ message: expect.not.stringContaining('SeCrEt') as string }) as Error
    expect(() => new BuildRunnerSDK({ apiKey: `${KEY}\n`, baseUrl })).toThrow(harmless)
  })
})
