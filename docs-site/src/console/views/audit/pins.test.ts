import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addPin, readPins } from './pins.ts'

function storage(content?: string) {
  let value = content ?? null
  return { getItem: () => value, setItem: (_: string, text: string) => void (value = text) }
}

const pin = (note: string) => ({ note, keys: [{ name: 'server', publicKey: 'AAAA' }] })

describe('pins of this browser', () => {
  test('are kept by server and organisation, each once', () => {
    const store = storage()
    addPin(store, 'https://a', 'one', pin('1'))
    addPin(store, 'https://a', 'one', pin('1'))
    addPin(store, 'https://a', 'two', pin('2'))
    addPin(store, 'https://b', 'one', pin('3'))
    expect([readPins(store, 'https://a', 'one'), readPins(store, 'https://a', 'two'), readPins(store, 'https://b', 'one')]).toEqual([[pin('1')], [pin('2')], [pin('3')]])
    expect(readPins(store, 'https://b', 'two')).toEqual([])
  })

  test('never lose the first one and the newest one, and stay few', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 30 }), (notes) => {
      const store = storage()
      for (const note of notes) addPin(store, 'https://a', 'one', pin(note))
      const kept = readPins(store, 'https://a', 'one').map(({ note }) => note)
      expect([kept[0], kept.at(-1)]).toEqual([notes[0], notes.at(-1)])
      expect(kept).toEqual(notes.filter((note) => kept.includes(note)))
      expect(kept.length).toBeLessThanOrEqual(9)
    }))
  })

  test.each(['{', '[]', 'null', '{"https://a one":5}', '{"https://a one":[1,{"note":2}]}'])('are none where storage holds %s', (content) => {
    expect(readPins(storage(content), 'https://a', 'one')).toEqual([])
  })
})
