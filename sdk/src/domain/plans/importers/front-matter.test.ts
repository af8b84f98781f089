import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { readSubset } from './yaml-subset.ts'

const piece = fc.constantFrom(
  'a',
  'b c',
  ':',
  ': ',
  ' #',
  '#',
  "'",
  "''",
  '"',
  '\\',
  '[',
  ']',
  '[]',
  ', ',
  '- ',
  '@x',
  '1.10',
  '2026-01-02',
  'true',
  'null',
  '~',
  '&',
  '*',
  '|',
  '>',
  ' ',
  '\t',
  '计',
  '{',
  '}',
  '!',
  '%',
  '`',
  'é',
)
const scalar = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''))
const entry = fc.oneof(
  fc.tuple(fc.constantFrom('id', 'title', 'x_y-z'), scalar).map(([key, value]) => `${key}: ${value}`),
  fc
    .tuple(fc.constantFrom('labels', 'deps'), fc.constantFrom('', ' ', '  '), fc.array(scalar, { maxLength: 3 }))
    .map(([key, indent, values]) => [`${key}:`, ...values.map((value) => `${indent}- ${value}`)].join('\n')),
  fc.tuple(fc.constantFrom('labels', 'deps'), fc.array(scalar, { maxLength: 3 })).map(([key, values]) => `${key}: [${values.join(', ')}]`),
  scalar,
)

it('reads as a YAML parser does, wherever it reads at all', () => {
  let read = 0
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 4 }), (entries) => {
      const text = entries.join('\n') + '\n'
      const subset = readSubset(text, 100)
      if (subset === undefined) return
      read++
      const expected = (parse(text, { schema: 'failsafe', logLevel: 'silent' }) ?? {}) as Record<string, unknown>
      expect(Object.fromEntries([...subset].map(([key, { value }]) => [key, value]))).toEqual(expected)
      for (const { value, elements, offset } of subset.values()) {
        expect(text.slice(offset - 100)).toMatch(/^[\w-]+:/)
        for (const [index, at] of elements.entries()) {
          const element = (value as string[])[index]!
          if (element !== '') expect(text.slice(at - 100).replace(/^['"]/, '')[0]).toBe(element[0])
        }
      }
    }),
    { numRuns: 4000 },
  )
  expect(read).toBeGreaterThan(100)
})
