import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { BuildRunnerError } from '../errors.ts'
import type { UnwrapOptions, WebhookErrorCode, WebhookEvent } from './index.ts'
import { WebhookError, sign, unwrap } from './index.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const OTHER = `whsec_${btoa('another secret of thirty-two chars')}`
const NOW = 1_790_000_000_500
const EVENT = {
  sequence: 7, kind: 'plan.changed', version: 1, projectId: 'prj_1', actor: 'usr_1', origin: 'cli/0.1.0', requestId: 'req-1', createdAt: '2026-11-21T20:00:00.000Z',
  data: { changes: [{ op: 'update', id: 'T-1', set: { status: 'done' } }], inverse: [{ op: 'update', id: 'T-1', set: { status: null } }] },
}
/** A body, as the server sends an event. */
const bodyOf = (event: object): string => JSON.stringify({ type: 'plan.changed', timestamp: '2026-11-21T20:00:00.000Z', data: event })
const BODY = bodyOf(EVENT)
const at: UnwrapOptions = { now: () => NOW }
const signed = (body = BODY, secret: string | string[] = SECRET) => sign(body, secret, { id: 'msg_1', sentAtMs: NOW })
const refusal = async (...call: Parameters<typeof unwrap>): Promise<WebhookErrorCode | 'accepted'> => {
  try {
    await unwrap(...call)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error
    return error.code
  }
}

describe('with the reference implementation', () => {
  test.each(['{}', BODY, '', 'ünï', '\ud83d\ude80'])('it accepts what sign() signs: %s', async (body) => {
    const headers = await sign(body, SECRET)
    expect(() => new Webhook(SECRET).verify(body, headers, { jsonParse: false })).not.toThrow()
  })

  test('unwrap() accepts what it signs', async () => {
    const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': String(Math.floor(NOW / 1_000)), 'webhook-signature': new Webhook(SECRET).sign('msg_1', new Date(NOW), BODY) }
    expect(await unwrap(BODY, headers, SECRET, at)).toEqual(EVENT)
  })

  test('both make the same signature of any body, id and secret', async () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 64 })
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.uuid(), bytes, fc.integer({ min: 0, max: 4e12 }), async (body, id, key, sentAtMs) => {
        const secret = `whsec_${Buffer.from(key).toString('base64')}`
        expect((await sign(body, secret, { id, sentAtMs }))['webhook-signature']).toBe(new Webhook(secret).sign(id, new Date(sentAtMs), body))
      }),
    )
  })
})

describe('unwrap', () => {
  test.each<[string, (body: string) => string | Uint8Array | ArrayBuffer]>([
    ['text', (body) => body],
    ['a Buffer', (body) => Buffer.from(body)],
    ['a Uint8Array within a larger buffer', (body) => new TextEncoder().encode(`..${body}..`).subarray(2, -2)],
    ['an ArrayBuffer', (body) => new TextEncoder().encode(body).buffer],
  ])('takes the body as %s', async (_name, form) => {
    const body = bodyOf({ ...EVENT, origin: 'Zürich' })
    expect(await unwrap(form(body), await signed(body), SECRET, at)).toMatchObject({ origin: 'Zürich' })
  })

  test('takes headers as a Headers object, and as a record in any case, whose values may be lists', async () => {
    const headers = await signed()
    const capitals = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]))
    const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))
    for (const form of [headers, new Headers(headers), capitals, lists]) expect(await unwrap(BODY, form, SECRET, at)).toEqual(EVENT)
  })

  test('takes the secret without its prefix, and one of several while it is replaced', async () => {
    expect(await refusal(BODY, await signed(), SECRET.slice('whsec_'.length), at)).toBe('accepted')
    expect(await refusal(BODY, await signed(), [OTHER, SECRET], at)).toBe('accepted')
    expect(await refusal(BODY, await signed(BODY, [OTHER, SECRET]), SECRET, at)).toBe('accepted')
    expect(await refusal(BODY, await signed(), [OTHER], at)).toBe('WEBHOOK_SIGNATURE_MISMATCH')
  })

  test('overlooks signatures of other schemes', async () => {
    const headers = await signed()
    expect(await refusal(BODY, { ...headers, 'webhook-signature': `v1a,AAAA ${headers['webhook-signature']} v2,BBBB` }, SECRET, at)).toBe('accepted')
  })

  test.each<[number, number | undefined, WebhookErrorCode | 'accepted']>([
    [0, undefined, 'accepted'],
    [-300_000, undefined, 'accepted'],
    [-301_000, undefined, 'WEBHOOK_TIMESTAMP_TOO_OLD'],
    [300_000, undefined, 'accepted'],
    [301_000, undefined, 'WEBHOOK_TIMESTAMP_TOO_NEW'],
    [-6_000, 5_000, 'WEBHOOK_TIMESTAMP_TOO_OLD'],
    [-5_000, 5_000, 'accepted'],
    [0, -1, 'WEBHOOK_OPTION_INVALID'],
    [0, NaN, 'WEBHOOK_OPTION_INVALID'],
  ])('a delivery dated %i ms from now, with a tolerance of %s ms: %s', async (offset, toleranceMs, outcome) => {
    const headers = await sign(BODY, SECRET, { sentAtMs: NOW + offset })
    expect(await refusal(BODY, headers, SECRET, { ...at, toleranceMs })).toBe(outcome)
  })

  test('a clock that tells no time accepts nothing', async () => {
    expect(await refusal(BODY, await signed(), SECRET, { now: () => NaN })).toBe('WEBHOOK_TIMESTAMP_TOO_OLD')
  })

  test('an unknown kind reaches the caller as it is', async () => {
    const body = bodyOf({ ...EVENT, kind: 'comment.created', data: { text: 'hello' } })
    const event: WebhookEvent = await unwrap(body, await signed(body), SECRET, at)
    expect(event).toMatchObject({ kind: 'comment.created', data: { text: 'hello' } })
  })

  test('the types tell events apart by kind', () => {
    const titles = (event: WebhookEvent): number | string => (event.kind === 'plan.changed' ? event.data.changes.length : event.kind === 'project.created' ? event.data.name : event.kind)
    expect(titles(EVENT as WebhookEvent)).toBe(1)
  })
})

describe('a delivery that was tampered with', () => {
  const last = (text: string) => `${text.slice(0, -2)}${text.at(-2) === 'A' ? 'B' : 'A'}=`
  test.each<[string, (headers: Record<string, string>) => [unknown, Record<string, unknown>], WebhookErrorCode]>([
    ['another body', (headers) => [BODY.replace('T-1', 'T-2'), headers], 'WEBHOOK_SIGNATURE_MISMATCH'],
    ['white space after the body', (headers) => [`${BODY}\n`, headers], 'WEBHOOK_SIGNATURE_MISMATCH'],
    ['an empty body', (headers) => ['', headers], 'WEBHOOK_SIGNATURE_MISMATCH'],
    ['another id', (headers) => [BODY, { ...headers, 'webhook-id': 'msg_2' }], 'WEBHOOK_SIGNATURE_MISMATCH'],
    ['another time', (headers) => [BODY, { ...headers, 'webhook-timestamp': String(Math.floor(NOW / 1_000) + 1) }], 'WEBHOOK_SIGNATURE_MISMATCH'],
    ['the body begun in the id', (headers) => [BODY, { ...headers, 'webhook-id': 'msg_1.' }], 'WEBHOOK_SIGNATURE_MISMATCH'],
    ['another signature', (headers) => [BODY, { ...headers, 'webhook-signature': last(headers['webhook-signature']!) }], 'WEBHOOK_SIGNATURE_MISMATCH'],
    ['a signature that is cut', (headers) => [BODY, { ...headers, 'webhook-signature': headers['webhook-signature']!.slice(0, 30) }], 'WEBHOOK_SIGNATURE_INVALID'],
    ['a signature without scheme', (headers) => [BODY, { ...headers, 'webhook-signature': headers['webhook-signature']!.slice(3) }], 'WEBHOOK_SIGNATURE_INVALID'],
    ['a signature of another scheme', (headers) => [BODY, { ...headers, 'webhook-signature': headers['webhook-signature']!.replace('v1', 'v2') }], 'WEBHOOK_SIGNATURE_INVALID'],
    ['too many signatures', (headers) => [BODY, { ...headers, 'webhook-signature': Array(17).fill(headers['webhook-signature']).join(' ') }], 'WEBHOOK_SIGNATURE_INVALID'],
    ['no id', ({ 'webhook-id': _, ...headers }) => [BODY, headers], 'WEBHOOK_HEADER_MISSING'],
    ['an empty id', (headers) => [BODY, { ...headers, 'webhook-id': '' }], 'WEBHOOK_HEADER_MISSING'],
    ['no time', ({ 'webhook-timestamp': _, ...headers }) => [BODY, headers], 'WEBHOOK_HEADER_MISSING'],
    ['no signature', ({ 'webhook-signature': _, ...headers }) => [BODY, headers], 'WEBHOOK_HEADER_MISSING'],
    ['a time in words', (headers) => [BODY, { ...headers, 'webhook-timestamp': 'now' }], 'WEBHOOK_TIMESTAMP_INVALID'],
    ['a time with something behind it', (headers) => [BODY, { ...headers, 'webhook-timestamp': `${headers['webhook-timestamp']}x` }], 'WEBHOOK_TIMESTAMP_INVALID'],
    ['a body that was parsed', (headers) => [EVENT, headers], 'WEBHOOK_BODY_NOT_RAW'],
    ['no body', (headers) => [undefined, headers], 'WEBHOOK_BODY_NOT_RAW'],
    ['no headers', () => [BODY, undefined as never], 'WEBHOOK_HEADER_MISSING'],
  ])('%s: %s', async (_name, tamper, code) => {
    const [body, headers] = tamper({ ...(await signed()) })
    expect(await refusal(body as string, headers as Record<string, string>, SECRET, at)).toBe(code)
  })

  test.each<[string, unknown]>([
    ['is empty', ''],
    ['is only a prefix', 'whsec_'],
    ['is not base64', 'whsec_not/base64!'],
    ['has white space', 'whsec_QUJD REVG'],
    ['is none', undefined],
    ['is an empty list', []],
    ['holds an empty one', [SECRET, '']],
  ])('a secret that %s is refused without being shown', async (_name, secret) => {
    const failed = unwrap(BODY, await signed(), secret as string, at)
    await expect(failed).rejects.toMatchObject({ name: 'WebhookError', code: 'WEBHOOK_SECRET_INVALID', message: expect.not.stringContaining('not/base64') as string })
    await expect(failed).rejects.toBeInstanceOf(BuildRunnerError)
  })

  test.each<[string, string | Uint8Array, string]>([
    ['no JSON', 'hello', 'not JSON'],
    ['not UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'not JSON'],
    ['a list', '[]', 'kind'],
    ['null', 'null', 'kind'],
    ['no envelope', JSON.stringify(EVENT), 'kind'],
    ['no data', '{"type":"plan.changed"}', 'kind'],
    ['no sequence', bodyOf({ ...EVENT, sequence: '7' }), 'sequence'],
    ['no project', bodyOf({ ...EVENT, projectId: undefined }), 'projectId'],
  ])('a signed body that is no event is refused: %s', async (_name, body, fault) => {
    const headers = await sign(body, SECRET, { sentAtMs: NOW })
    await expect(unwrap(body, headers, SECRET, at)).rejects.toMatchObject({ code: 'WEBHOOK_PAYLOAD_INVALID', message: expect.stringContaining(fault) as string })
  })

  test('any change of any byte of the body is refused', async () => {
    const bytes = new TextEncoder().encode(BODY)
    const headers = await signed()
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (index, flip) => {
        const changed = bytes.slice()
        changed[index]! ^= flip
        expect(await refusal(changed, headers, SECRET, at)).toBe('WEBHOOK_SIGNATURE_MISMATCH')
      }),
    )
  })
})
