import { expect, test } from 'vitest'
import { readDuration } from './duration.ts'

test.each([['0', 0], ['45s', 45], ['30m', 1_800], ['1h', 3_600], ['90d', 7_776_000], ['2w', 1_209_600]])('%s is %d seconds', (text, seconds) => {
  expect(readDuration('--grace', text)).toBe(seconds)
})

test.each(['', '1', 'h', '-1h', '1.5h', '1 h', '1y'])('%j is refused, naming the option', (text) => {
  expect(() => readDuration('--grace', text)).toThrow(/--grace: ".*" is not a duration such as 30m/)
})
