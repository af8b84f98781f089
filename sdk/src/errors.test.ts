import { readFileSync, readdirSync } from 'node:fs'
import { inspect } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { ApprovalRequiredError, BuildRunnerError, BuildRunnerSDK, PlanLimitError, PolicyError, RateLimitError, ServerError, ServiceUnavailableError } from './index.ts'
import { ERROR_CODES } from '@buildrunner/schema/shared/errors'
import { CLASSES, errorFromGraphQL, errorFromMember, errorOf } from './errors.ts'

const KEY = 'br_abcd1234_SeCrEtSeCrEt'
const baseUrl = 'https://api.example.com'

afterEach(() => vi.restoreAllMocks())

describe('codes', () => {
  const workspace = new URL('../../', import.meta.url)
  /** Every code that a source of the server names where it makes an error. */
  const used = ['api/src', 'schema/src'].flatMap((folder) => {
    const files = readdirSync(new URL(folder, workspace), { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!\.test)\.ts$/.test(name) && !name.startsWith('rest/'))
    const text = files.map((name) => readFileSync(new URL(`${folder}/${name}`, workspace), 'utf8')).join('\n')
    return [...text.matchAll(/(?:\bcode: |\bsuper\(|\brefuse\(|new DomainError\()'([A-Z][A-Z_]+)'/g)].map(([, code]) => code!)
  })
  /** Of what never came to the server, or did not come back from it. */
  const OWN = ['INVALID_CONFIGURATION', 'CIRCUIT_OPEN', 'TIMEOUT', 'ABORTED', 'NETWORK', 'BAD_RESPONSE']
  const server = Object.keys(ERROR_CODES)

  test("of the server's sources are in its table", () => {
    expect(used).toEqual(expect.arrayContaining(['UNAUTHENTICATED', 'DOCUMENT_UNKNOWN', 'INTERNAL']))
    expect([...new Set(used)].filter((code) => !server.includes(code))).toEqual([])
  })

  test('of the server and of the SDK are the same', () => {
    expect([...CLASSES.keys()].filter((code) => !OWN.includes(code)).sort()).toEqual(server.sort())
  })

  test.each([...CLASSES])('%s has a class of its own', (code, type) => {
    const error = errorOf({ code, message: 'm' })
    expect(error.constructor).toBe(type)
    expect(type).not.toBe(BuildRunnerError)
    expect(error.name).toBe(type.name)
    expect(inspect(error)).toContain(`${type.name}: m`)
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

test('a limit tells when it ends, and a plan what to upgrade to', () => {
  const limited = errorOf({ code: 'RATE_LIMITED', message: 'm', details: { resetAt: '2026-01-01T00:00:30.000Z', retryAfterMs: 30_000 } })
  expect(limited).toBeInstanceOf(RateLimitError)
  expect(limited).toMatchObject({ resetAt: new Date('2026-01-01T00:00:30Z'), retryAfterMs: 30_000 })
  expect(errorOf({ code: 'RATE_LIMITED', message: 'm' })).toMatchObject({ resetAt: undefined, retryAfterMs: undefined })
  const full = errorOf({ code: 'PLAN_LIMIT_REACHED', message: 'm', details: { limit: 'projects', upgradeTo: 'team' } })
  expect(full).toBeInstanceOf(PlanLimitError)
  expect(full).toMatchObject({ limit: 'projects', upgradeTo: 'team' })
})

test('a rule that wants agreement is a refusal that tells what is missing, and which approval waits', () => {
  const details = { rule: 'done-is-agreed', line: 3, remedy: 'Ask a TechLead.', satisfiedBy: ['The agreement of 1 person.'], approvalId: 'apr_1' }
  const waiting = errorOf({ code: 'APPROVAL_REQUIRED', message: 'm', details })
  expect(waiting).toBeInstanceOf(ApprovalRequiredError)
  expect(waiting).toBeInstanceOf(PolicyError)
  expect(waiting).toMatchObject(details)
  expect(errorOf({ code: 'POLICY_REFUSED', message: 'm', details: { approvalId: null } })).toMatchObject({ remedy: undefined, satisfiedBy: [] })
})

test('a server that is away is a fault of the server', () => {
  expect(errorOf({ code: 'SERVICE_UNAVAILABLE', message: 'm' })).toBeInstanceOf(ServiceUnavailableError)
  expect(errorOf({ code: 'SERVICE_UNAVAILABLE', message: 'm' })).toBeInstanceOf(ServerError)
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
