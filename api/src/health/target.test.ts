import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { DEFAULT_CIRCUIT_BREAKER } from '@buildrunner/sdk/resilience'
import { afterAll, describe, expect, test } from 'vitest'
import { httpProbe, parseProbeAddress, parseProbeAddresses } from './http-probe.ts'
import { createTarget } from './target.ts'
import type { TargetOptions } from './target.ts'

const closers: (() => unknown)[] = []
afterAll(() => Promise.all(closers.map((close) => close())))

async function startPeer(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  closers.push(() => new Promise((closed) => server.close(closed)))
  await once(server, 'listening')
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

function create(probe: TargetOptions['probe'], options: Partial<TargetOptions> = {}) {
  const clock = { time: Date.parse('2026-11-22T10:00:00Z') }
  const target = createTarget({ name: 'peer', kind: 'REDIS', probe, policy: DEFAULT_CIRCUIT_BREAKER, now: () => clock.time, ...options })
  return { target, pass: (ms: number) => void (clock.time += ms) }
}

describe('a target', () => {
  test('that answers says how long it took, and when', async () => {
    const { target } = create(async () => 'pong')
    expect(await target.check()).toEqual({ name: 'peer', kind: 'REDIS', status: 'OK', latencyMs: expect.any(Number), checkedAt: new Date('2026-11-22T10:00:00Z'), message: null, breaker: { state: 'closed', failures: 0 } })
  })

  test('that is not configured is not asked', async () => {
    expect(await create(undefined).target.check()).toMatchObject({ status: 'NOT_CONFIGURED', checkedAt: null, breaker: null })
  })

  test('is asked once while its answer is fresh, however many want to know', async () => {
    let asked = 0
    const { target, pass } = create(async () => void asked++)
    await Promise.all(Array.from({ length: 100 }, () => target.check()))
    pass(4_999)
    await target.check()
    expect(asked).toBe(1)
    pass(1)
    await target.check()
    expect(asked).toBe(2)
  })

  test('that does not answer counts as failing after its time, and its probe is told to end', async () => {
    let ended = false
    const { target } = create((signal) => new Promise(() => signal.addEventListener('abort', () => (ended = true))), { timeoutMs: 20 })
    expect(await target.check()).toMatchObject({ status: 'FAILING', latencyMs: null, message: 'no answer within 20 ms', breaker: { failures: 1 } })
    expect(ended).toBe(true)
  })

  test('that keeps failing is left alone for the cool-down, and still says what was wrong', async () => {
    let asked = 0
    const { target, pass } = create(() => Promise.reject(new Error(`no ${++asked}`)))
    for (let time = 0; time < 8; time++) {
      await target.check()
      pass(5_000)
    }
    expect(asked).toBe(5)
    expect(await target.check()).toMatchObject({ status: 'FAILING', message: 'no 5', breaker: { state: 'open', failures: 5 } })
    pass(60_000)
    await target.check()
    expect(asked).toBe(6)
  })
})

describe('an outside system', () => {
  test.each<[string, string, string | undefined]>([
    ['a token', ':sk-1%2F2@', 'Bearer sk-1/2'],
    ['a user and a password', 'ada:p%40ss@', `Basic ${Buffer.from('ada:p@ss').toString('base64')}`],
    ['nothing', '', undefined],
  ])('is asked with %s', async (_, credentials, authorization) => {
    const seen: (string | undefined)[] = []
    const host = await startPeer((req, res) => {
      seen.push(req.headers.authorization, req.url)
      res.end('{}')
    })
    await httpProbe(parseProbeAddress(`http://${credentials}${host}/me?x=1`))(AbortSignal.timeout(5_000))
    expect(seen).toEqual([authorization, '/me?x=1'])
  })

  test.each([[401, 'it does not take the credentials (HTTP 401)'], [403, 'it does not take the credentials (HTTP 403)'], [302, 'it answers HTTP 302'], [500, 'it answers HTTP 500']])('that answers HTTP %d is failing', async (status, message) => {
    const host = await startPeer((_req, res) => res.writeHead(status, { location: '/elsewhere' }).end('a secret of the other side'))
    await expect(httpProbe(parseProbeAddress(`http://:token@${host}/`))(AbortSignal.timeout(5_000))).rejects.toThrow(new Error(message))
  })

  test('that is not there is failing, without a word about the token', async () => {
    const host = await startPeer(() => {})
    await closers.pop()?.()
    const address = parseProbeAddress(`http://:secret-token@${host}/`)
    const error: Error = await httpProbe(address)(AbortSignal.timeout(5_000)).then(() => expect.fail('it answered'), (reason: Error) => reason)
    expect(error.message).toBe('it cannot be reached (ECONNREFUSED)')
    expect(address).toMatchObject({ url: `http://${host}/`, host })
  })

  test('may be several, and must be an address', () => {
    expect(parseProbeAddresses('https://a.example/x, https://:t@b.example/y').map(({ host }) => host)).toEqual(['a.example', 'b.example'])
    expect(() => parseProbeAddress('github')).toThrow('must be an address')
    expect(() => parseProbeAddress('ftp://x')).toThrow('must be an address')
  })
})
