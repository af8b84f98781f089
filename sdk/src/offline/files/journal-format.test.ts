import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeCommits, decodeHeader, encodeJournal, salvageCommits } from './journal-format.ts'
import type { JournalCommit } from './journal-format.ts'

const COMMITS: JournalCommit[] = [
  { revision: 1, changes: [['outbox', 'p/1', JSON.stringify({ label: 'first\nline\t', nested: ['ü', '😀'] })]] },
  { revision: 2, changes: [['states', 'a', '{"n":1}'], ['outbox', 'p/1']] },
  { revision: 3, changes: [] },
  { revision: 4, changes: [['states', 'b', '{"n":2}']] },
]
const encode = (commits: readonly JournalCommit[]): Buffer => encodeJournal('0123456789abcdef', commits).bytes
const decode = (bytes: Buffer) => {
  const header = decodeHeader(bytes)!
  return decodeCommits(bytes, header.text.length, header.seed)
}
const JOURNAL = encode(COMMITS)
/** Where each commit begins. */
const STARTS = COMMITS.reduce<number[]>((starts) => [...starts, JOURNAL.indexOf('\n', starts.at(-1) ?? 0) + 1], [])

test('a journal reads as it was written', () => {
  const text = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('ü\n\t', '😀', '\ud800', '"\\'))
  const record = fc.record({ text, list: fc.array(fc.integer(), { maxLength: 3 }) }).map((value) => JSON.stringify(value))
  const change = fc.oneof(fc.tuple(text, text, record), fc.tuple(text, text))
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 5 }), (changes) => {
      const commits = changes.map((each, index) => ({ revision: index + 1, changes: each }))
      expect(decode(encode(commits))).toMatchObject({ commits, isDamaged: false })
    }),
  )
})

test('a journal that is cut at any byte holds the commits that are whole, and nothing is taken for damage', () => {
  for (let length = STARTS[0]!; length <= JOURNAL.length; length++) {
    const whole = COMMITS.slice(0, [...STARTS.slice(1), JOURNAL.length].filter((end) => end <= length).length)
    expect(decode(JOURNAL.subarray(0, length))).toMatchObject({ commits: whole, isDamaged: false })
  }
})

test('a tail of any bytes changes nothing', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (tail) => {
    expect(decode(Buffer.concat([JOURNAL, tail]))).toMatchObject({ commits: COMMITS, end: JOURNAL.length, isDamaged: false })
  }))
})

test('of a journal with one bit turned in any byte, what comes before is read; damage in the last commit is a torn write, any other is noticed', () => {
  for (let at = STARTS[0]!; at < JOURNAL.length; at++) {
    const bytes = Buffer.from(JOURNAL)
    bytes[at]! ^= 1 << at % 8
    const struck = STARTS.findLastIndex((start) => start <= at)
    const isLast = struck === COMMITS.length - 1
    expect(decode(bytes), `byte ${at}`).toMatchObject({ commits: COMMITS.slice(0, struck), isDamaged: !isLast })
    expect([...salvageCommits(bytes, 0)]).toEqual(COMMITS.filter((_, index) => index !== struck))
  }
})

test('commits of another generation, and commits that follow another one, do not count', () => {
  const other = encodeJournal('fedcba9876543210', [{ revision: 5, changes: [] }]).bytes
  const line = other.subarray(decodeHeader(other)!.text.length)
  expect(decode(Buffer.concat([JOURNAL, line]))).toMatchObject({ commits: COMMITS, isDamaged: true })
})

describe('a header', () => {
  test.each(['', 'buildrunner-offline 1 0123456789abcdef 1', 'buildrunner-offline 1 0123456789abcde 1\n', '{"version":1}\n'])('is not %j', (text) => {
    expect(decodeHeader(Buffer.from(text))).toBeUndefined()
  })
})
