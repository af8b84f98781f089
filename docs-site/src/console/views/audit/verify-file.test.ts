import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inSlices } from './verify-file.ts'

async function* from(parts: readonly Uint8Array[]) {
  yield* parts
}

describe('reading in slices', () => {
  test('gives every byte once, in order, in chunks of at most the size', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }), fc.integer({ min: 1, max: 16 }), async (parts, chunk) => {
      const chunks: Uint8Array[] = []
      for await (const bytes of inSlices(from(parts), { chunk })) chunks.push(bytes)
      expect(chunks.flatMap((bytes) => [...bytes])).toEqual(parts.flatMap((bytes) => [...bytes]))
      expect(chunks.every(({ length }) => length <= chunk)).toBe(true)
    }))
  })

  test('the page gets its turn whenever a slice of time is over', async () => {
    let time = 0
    let turns = 0
    const pause = async (): Promise<void> => void turns++
    for await (const _ of inSlices(from([new Uint8Array(100)]), { chunk: 1, now: () => (time += 1), pause })) expect(turns).toBeLessThanOrEqual(time / 8)
    expect(turns).toBeGreaterThan(5)
  })
})
