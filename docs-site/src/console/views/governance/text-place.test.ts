import fc from 'fast-check'
import { expect, test } from 'vitest'
import { offsetOf } from './text-place.ts'

test('the offset of a line and column is where the line begins, and so many units on', () => {
  fc.assert(fc.property(fc.array(fc.string().map((line) => line.replaceAll('\n', '')), { minLength: 1 }), fc.nat(), fc.nat(), (lines, atLine, atColumn) => {
    const line = (atLine % lines.length) + 1
    const column = (atColumn % ((lines[line - 1] as string).length + 1)) + 1
    const text = lines.join('\n')
    const before = text.slice(0, offsetOf(text, line, column)).split('\n')
    expect([before.length, before.at(-1)]).toEqual([line, (lines[line - 1] as string).slice(0, column - 1)])
  }))
})

test('a place behind the text is its end', () => {
  expect([offsetOf('a\nb', 9, 1), offsetOf('a\nb', 2, 9)]).toEqual([3, 3])
})
