import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createStyle, displayWidth } from '../core/style.ts'
import { sideBySide, valueLines, wrap } from './side-by-side.ts'
import type { OpenConflict } from './conflict.ts'

const plain = createStyle(false)
const conflict: OpenConflict = {
  id: 'T1.title', source: 'file', kind: 'field', itemKey: 'T1', itemTitle: 'Schema', field: 'title', base: 'Schema', local: 'Schema of the tables and their keys', remote: null, by: null, createdAt: null,
}

test('three columns stand beside each other, broken between words', () => {
  const line = '─'.repeat(17)
  expect(sideBySide(conflict, 60, plain)).toEqual([
    '✗ T1.title  Schema  changed on both sides',
    ' base              │ local             │ remote',
    ` ${line}─┼─${line}─┼─${line}`,
    ' Schema            │ Schema of the     │ (absent)',
    '                   │ tables and their  │',
    '                   │ keys              │',
  ])
})

test('lists stand by element, items by field', () => {
  expect(valueLines(['a', { text: 'b' }])).toEqual(['- a', '- text: b'])
  expect(valueLines({ title: 'T', labels: ['x', 'y'], notes: 'one\ntwo' })).toEqual(['title: T', 'labels:', '  - x', '  - y', 'notes:', '  one', '  two'])
  expect([valueLines(null), valueLines([]), valueLines(3)]).toEqual([['(absent)'], ['(none)'], ['3']])
})

test('no line is wider than it may be, and no character is lost but spaces at breaks', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'bc', ' ', '漢', '🎉', '-') }), fc.integer({ min: 2, max: 20 }), (text, width) => {
      const lines = wrap(text, width)
      expect(lines.every((line) => displayWidth(line) <= width)).toBe(true)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    }),
  )
})
