import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffWords } from './words.ts'

const side = (parts: ReturnType<typeof diffWords>, kind: 'removed' | 'added'): string => parts.filter((part) => part.kind === 'same' || part.kind === kind).map(({ text }) => text).join('')

test.each([
  ['Write the guide', 'Write the handbook', [['same', 'Write the '], ['removed', 'guide'], ['added', 'handbook']]],
  ['a b c', 'a c', [['same', 'a '], ['removed', 'b '], ['same', 'c']]],
  ['', 'new', [['added', 'new']]],
  ['gone', '', [['removed', 'gone']]],
  ['same', 'same', [['same', 'same']]],
  ['naïve plan', 'naïve, plan', [['same', 'naïve'], ['added', ','], ['same', ' plan']]],
])('%j to %j', (before, after, expected) => expect(diffWords(before, after).map(({ kind, text }) => [kind, text])).toEqual(expected))

test('both texts are in the parts, whatever they are, and neighbours differ in kind', () => {
  const text = fc.array(fc.constantFrom('one', 'two', 'three', ' ', '\n', ',', 'é', '😀'), { maxLength: 40 }).map((words) => words.join(''))
  fc.assert(fc.property(text, text, (before, after) => {
    const parts = diffWords(before, after)
    expect([side(parts, 'removed'), side(parts, 'added')]).toEqual([before, after])
    expect(parts.every(({ kind, text: shown }, index) => shown !== '' && kind !== parts[index - 1]?.kind)).toBe(true)
  }))
})

test('the way is a shortest one: as many words change as were changed', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{3}$/), { minLength: 1, maxLength: 30 })
  fc.assert(fc.property(words, fc.nat(), (before, index) => {
    const at = index % before.length
    const after = before.with(at, 'CHANGED')
    const changed = diffWords(before.join(' '), after.join(' ')).filter(({ kind }) => kind !== 'same')
    expect(changed).toEqual([{ kind: 'removed', text: before[at] }, { kind: 'added', text: 'CHANGED' }])
  }))
})

test('texts of 100,000 characters are compared at once', () => {
  const words = Array.from({ length: 15_000 }, (_, index) => `w${index % 977}`)
  const after = words.map((word, index) => (index % 100 === 0 ? 'new' : word))
  const began = performance.now()
  const parts = diffWords(words.join(' '), after.join(' '))
  expect(side(parts, 'added')).toBe(after.join(' '))
  expect(parts.filter(({ kind }) => kind === 'added')).toHaveLength(150)
  expect(performance.now() - began).toBeLessThan(2_000)
})

test('texts with nothing in common are told as one in place of the other', () => {
  const [a, b] = [Array.from({ length: 2_000 }, (_, i) => `a${i}`).join(','), Array.from({ length: 2_000 }, (_, i) => `b${i}`).join(';')]
  expect(diffWords(a, b)).toEqual([{ kind: 'removed', text: a }, { kind: 'added', text: b }])
})
