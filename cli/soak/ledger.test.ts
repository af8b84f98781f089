import { expect, test } from 'vitest'
import { Ledger } from './ledger.ts'

const done = (ledger: Ledger, actor: string, kind: 'add' | 'set' | 'comment', place: string): string => {
  const mark = ledger.mark(actor)
  ledger.done({ actor, kind, place, mark })
  return mark
}

test('an operation that was told of nowhere is lost, whatever its kind', () => {
  const ledger = new Ledger()
  const marks = [done(ledger, 'anna', 'add', 'x'), done(ledger, 'anna', 'set', 'T1.title'), done(ledger, 'ben', 'comment', 'T1')]
  expect(ledger.lost().map(({ mark }) => mark)).toEqual(marks)
  ledger.told({ changes: [{ set: { title: marks[1] } }] })
  expect(ledger.lost().map(({ mark }) => mark)).toEqual([marks[0], marks[2]])
  ledger.told([marks[0], marks[2]])
  expect(ledger.lost()).toEqual([])
})

test('only its author replaces a value, and only at the same place and later', () => {
  const ledger = new Ledger()
  const first = done(ledger, 'anna', 'set', 'T1.title')
  ledger.told([done(ledger, 'ben', 'set', 'T1.title'), done(ledger, 'anna', 'set', 'T1.notes')])
  expect(ledger.lost().map(({ mark }) => mark)).toEqual([first])
  ledger.told(done(ledger, 'anna', 'set', 'T1.title'))
  expect(ledger.lost()).toEqual([])
})

test('marks are never part of one another', () => {
  const ledger = new Ledger()
  const marks = Array.from({ length: 1_100 }, () => ledger.mark('anna'))
  expect(new Set(marks.map((mark) => mark.length)).size).toBe(1)
  expect(ledger.counts()).toEqual({})
})
