import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bar, createStyle, displayWidth, table, truncate, wantsColour } from './style.ts'

const plain = createStyle(false)

test.each([
  ['', 0],
  ['plan', 4],
  ['計画', 4],
  ['한국', 4],
  ['é', 1],
  ['e\u0301', 1],
  ['🚀', 2],
  ['\x1b[31mred\x1b[39m', 3],
])('%j takes %i columns', (text, width) => {
  expect(displayWidth(text)).toBe(width)
})

test('a truncated text never takes more columns than it may, and a text that fits is unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
      const cut = truncate(text, width)
      expect(displayWidth(cut)).toBeLessThanOrEqual(width)
      if (displayWidth(text) <= width) expect(cut).toBe(text)
    }),
  )
})

test('columns of a table align by what is seen', () => {
  expect(
    table([
      ['a', '計画', 'x'],
      ['bbb', 'c', 'y'],
    ]),
  ).toEqual(['a    計画  x', 'bbb  c     y'])
  expect(
    table(
      [
        ['a', '5'],
        ['b', '10'],
      ],
      { right: [1] },
    ),
  ).toEqual(['a   5', 'b  10'])
})

test('a bar always takes its width, is full only when all is done and empty only when nothing is', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (fraction) => {
      const drawn = bar(fraction, 10, plain)
      expect(displayWidth(drawn)).toBe(10)
      expect(drawn === '█'.repeat(10)).toBe(fraction === 1)
      expect(drawn === '·'.repeat(10)).toBe(fraction === 0)
    }),
  )
})

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ FORCE_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  [{ TERM: 'dumb' }, true, false],
  [{ NO_COLOR: '' }, true, true],
])('with %j and a terminal: %s, colour is %s', (env, isTTY, expected) => {
  expect(wantsColour({ isTTY }, env)).toBe(expected)
})
