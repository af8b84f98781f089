import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalAt, cutLine, provedLine, readCutLine, readRecordLine, recordLine } from './line.ts'
import { canonicalRecord } from './record.ts'
import type { StoredRecord } from './record.ts'
import { newLog } from './testing/log.ts'

const [record] = newLog(1) as [StoredRecord]
/** Strings of any characters, but whole ones: half a surrogate pair has no UTF-8. */
const text = fc.string({ unit: 'binary' })
const anyRecord = fc.record({ action: text, details: fc.option(text), origin: text, requestId: text, personal: fc.option(text), targetId: fc.option(text), sequence: fc.integer({ min: 1 }), version: fc.integer() })
  .map((values): StoredRecord => ({ ...record, ...values }))

test('a line is read as what was written, and what is hashed is the canonical form', () => {
  fc.assert(fc.property(anyRecord, (given) => {
    const read = readRecordLine(recordLine(given))
    const { id, organisationId, sequence, personalCommitment, chainHash, personal, personalSalt } = given
    expect(read).toEqual({ canonical: canonicalRecord(given), id, organisationId, sequence, personalCommitment, chainHash, personal, personalSalt, proof: undefined })
    expect(readRecordLine(provedLine(given, [new Uint8Array(32)]))).toEqual({ ...read, chainHash: undefined, proof: ['0'.repeat(64)] })
  }))
})

test('there is no second spelling: a line that is taken is the one that is printed of what JSON.parse reads', () => {
  const lines = anyRecord.map((given) => recordLine(given))
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.oneof(fc.constantFrom('"', '\\', '\\u0041', '\\u000a', '\\/', ' ', ',', '0', '-', '.0', 'e1', 'null', '{', '}', '\n', '\u0001'), fc.string({ maxLength: 3 }))), { maxLength: 3 })
  let taken = 0
  fc.assert(fc.property(lines, edits, (line, changes) => {
    const changed = changes.reduce((text, [at, length, by]) => text.slice(0, at % text.length) + by + text.slice((at % text.length) + length), line)
    // Text that was decoded from UTF-8 has no half of a surrogate pair.
    const read = readRecordLine(Buffer.from(changed).toString())
    if (read === undefined || !changed.isWellFormed()) return
    taken++
    const { record: hashed, ...stored } = JSON.parse(changed) as { record: StoredRecord }
    const parsed = { ...hashed, ...stored }
    expect(recordLine(parsed)).toBe(changed)
    expect(canonicalRecord(parsed)).toBe(read.canonical)
  }), { numRuns: 2_000 })
  expect(taken).toBeGreaterThan(100)
})

test.each([
  ['a lone surrogate', recordLine({ ...record, action: '\ud800' })],
  ['an escape that needs none', recordLine(record).replace('member', '\\u006dember')],
  ['a member more', recordLine(record).replace('{"action"', '{"aaa":1,"action"')],
  ['a member twice', recordLine(record).replace('"version":1', '"version":1,"version":1')],
  ['a newer format', recordLine(record).replace('"format":1', '"format":2')],
  ['white space', recordLine(record).replace('":', '": ')],
  ['a number for a text', recordLine({ ...record, requestId: 1 as unknown as string })],
  ['neither chain hash nor proof', recordLine(record).replace(/"chainHash":"\w+",/, '')],
  ['both', recordLine(record).replace(/\}$/, ',"proof":[]}')],
])('%s is refused', (_, line) => expect(readRecordLine(line)).toBeUndefined())

test('a record that was cut is read as what was written', () => {
  const cut = { sequence: 4, leafHash: 'a'.repeat(64), chainHash: 'b'.repeat(64) }
  expect(readCutLine(cutLine(cut))).toEqual(cut)
  expect(readCutLine(cutLine({ ...cut, leafHash: 'x' }))).toBeUndefined()
})

test('only the record\'s own sequence moves when it is tried elsewhere', () => {
  const tricky = { ...record, details: '"sequence":1,"targetId":', requestId: '"sequence":1,"targetId":null,"targetType":' }
  expect(canonicalAt(canonicalRecord(tricky), 9)).toBe(canonicalRecord({ ...tricky, sequence: 9 }))
})
