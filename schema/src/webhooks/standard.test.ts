import { sign, unwrap } from '@buildrunner/sdk/webhooks'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { newSecret, retryAfterMs, signedHeaders, standardBody, waitAfter } from './standard.ts'

const NOW = new Date('2026-11-23T10:00:00.400Z')
const EVENT = {
  sequence: 7, kind: 'plan.changed', version: 1, actor: '0192aaaa-0000-7000-8000-000000000001', origin: 'cli/0.1.0', requestId: 'r', createdAt: '2026-11-23T11:00:00+01:00',
  data: { changes: [{ op: 'remove', id: 'Zürich' }], inverse: [] },
}
const PROJECT = '0192aaaa-0000-7000-8000-000000000002'

describe('a signature', () => {
  test('is accepted by the reference implementation and by the receiver of the SDK, with either secret of a rotation', async () => {
    const [secret, old, body] = [newSecret(), newSecret(), standardBody(EVENT, PROJECT)]
    const sentAt = new Date()
    const headers = signedHeaders('dlv_1', body, [secret, old], sentAt)
    for (const one of [secret, old]) {
      expect(new Webhook(one).verify(body, headers)).toMatchObject({ type: 'plan.changed', timestamp: '2026-11-23T10:00:00.000Z' })
      expect(await unwrap(body, headers, one)).toEqual({ ...EVENT, actor: 'usr_0192aaaa000070008000000000000001', projectId: 'prj_0192aaaa000070008000000000000002', createdAt: '2026-11-23T10:00:00.000Z' })
    }
    expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow('No matching signature found')
  })

  test('is what the SDK makes, of any body and id', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.uuid(), fc.nat({ max: 4e9 }), async (body, id, seconds) => {
        const secret = newSecret()
        expect(signedHeaders(id, body, [secret], new Date(seconds * 1_000))).toEqual(await sign(body, secret, { id, sentAtMs: seconds * 1_000 }))
      }),
    )
  })

  test('is made with 32 random bytes', () => {
    const secret = newSecret()
    expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32)
    expect(newSecret()).not.toBe(secret)
  })
})

test('attempts follow the schedule of the specification, each up to a tenth later, and end after ten, over three days', () => {
  const hours = (count: number) => count * 3_600_000
  const waits = Array.from({ length: 10 }, (_, index) => waitAfter(index + 1, 0))
  expect(Math.floor(waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0) / hours(24))).toBe(3)
  expect(waits).toEqual([5_000, 300_000, 1_800_000, hours(2), hours(5), hours(10), hours(14), hours(20), hours(24), null])
  expect([waitAfter(1, 1), waitAfter(9, 0.5)]).toEqual([5_500, hours(25.2)])
})

test.each<[header: string | null, ms: number | undefined]>([
  [null, undefined], ['120', 120_000], [' 0 ', 0], ['999999', 86_400_000], ['soon', undefined], ['', undefined], ['-5', 0],
  ['Mon, 23 Nov 2026 10:00:30 GMT', 29_600], ['Mon, 23 Nov 2026 09:00:00 GMT', 0], ['Fri, 01 Jan 2100 00:00:00 GMT', 86_400_000],
])('Retry-After: %s asks for %s ms', (header, ms) => {
  expect(retryAfterMs(header, NOW)).toBe(ms)
})
