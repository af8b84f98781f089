import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chainStart, nextChainHash } from './chain.ts'
import { toHex } from './hash.ts'
import { canonicalRecord, leafHash, personalCommitment } from './record.ts'
import type { HashedRecord } from './record.ts'

const record: HashedRecord = {
  version: 1, sequence: 7, id: '0199b1f2-0000-7000-8000-000000000007', organisationId: '0199b1f2-0000-7000-8000-000000000001', action: 'member.invite', actorId: null, afterDigest: null,
  beforeDigest: null, createdAt: '2026-11-22T09:00:00.000Z', details: '{"role":"QA"}', impersonatorId: null, origin: 'cli/0.1.0', personalCommitment: null, requestId: 'req-1', targetId: null, targetType: 'Member',
}
const CANONICAL =
  '{"action":"member.invite","actorId":null,"afterDigest":null,"beforeDigest":null,"createdAt":"2026-11-22T09:00:00.000Z","details":"{\\"role\\":\\"QA\\"}","format":1,' +
  '"id":"0199b1f2-0000-7000-8000-000000000007","impersonatorId":null,"organisationId":"0199b1f2-0000-7000-8000-000000000001","origin":"cli/0.1.0","personalCommitment":null,' +
  '"requestId":"req-1","sequence":7,"targetId":null,"targetType":"Member","version":1}'
const sha256 = (...parts: (string | Uint8Array)[]): string => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex')

test('the canonical form has the members in the order of RFC 8785, whatever order they came in', () => {
  expect(canonicalRecord(record)).toBe(CANONICAL)
  const names = Object.keys(JSON.parse(CANONICAL) as object)
  expect(names).toEqual(names.toSorted())
})

test('hashes are those of the format, computed by other hands', () => {
  const leaf = leafHash(record)
  expect(toHex(leaf)).toBe(sha256('\0', CANONICAL))
  const start = chainStart(record.organisationId)
  expect(toHex(start)).toBe(sha256(`buildrunner audit chain v1\n${record.organisationId}`))
  expect(toHex(nextChainHash(start, leaf))).toBe(sha256(start, leaf))
  expect(personalCommitment('00ff', '{"address":"::1"}')).toBe(sha256('00ff{"address":"::1"}'))
})

test('texts of any length and script are hashed as UTF-8', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (origin) => {
    const given = { ...record, origin }
    expect(toHex(leafHash(given))).toBe(sha256('\0', canonicalRecord(given)))
  }))
})
