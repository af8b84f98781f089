import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PullQueue } from './push.ts'

interface Numbered {
  readonly value: number
}

/** A source of `count` values that pushes what it has left whenever it may. */
function createSource(count: number) {
  let next = 0
  const source = {
    returned: 0,
    resume(): void {
      next += queue.push(Array.from({ length: count - next }, (_, index) => ({ value: next + index })))
    },
    return(): void {
      source.returned++
    },
  }
  const queue = new PullQueue<Numbered>(source, 5)
  return { source, queue }
}

describe('a queue between a source that pushes and a consumer that pulls', () => {
  test('gives every value once and in order, however pushes and pulls alternate, and never holds more than its limit', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.oneof(fc.record({ push: fc.integer({ min: 0, max: 12 }) }), fc.record({ pull: fc.constant(true) })), { maxLength: 60 }), async (steps) => {
      let [given, resumed] = [0, 0]
      const queue = new PullQueue<Numbered>({ resume: () => void resumed++, return() {} }, 5)
      const pulled: Promise<IteratorResult<Numbered, void>>[] = []
      for (const step of steps) {
        if ('pull' in step) pulled.push(queue.next())
        else {
          const taken = queue.push(Array.from({ length: step.push }, (_, index) => ({ value: given + index })))
          expect(taken).toBeLessThanOrEqual(Math.min(step.push, 5 + pulled.length))
          given += taken
        }
      }
      queue.end()
      const values = (await Promise.all(pulled)).flatMap(({ value }) => (value ? [value.value] : []))
      expect(values).toEqual(Array.from({ length: Math.min(given, pulled.length) }, (_, index) => index))
      expect(resumed).toBeLessThanOrEqual(steps.length)
    }))
  })

  test('asks its source again once what it could take was taken', async () => {
    const { source, queue } = createSource(12)
    source.resume()
    const values: number[] = []
    while (values.length < 12) values.push(((await queue.next()).value as Numbered).value)
    expect(values).toEqual(Array.from({ length: 12 }, (_, index) => index))
  })

  test('an error ends it at once: what waited is dropped, and is told to one consumer', async () => {
    const { source, queue } = createSource(3)
    source.resume()
    queue.end(new Error('revoked'))
    await expect(queue.next()).rejects.toThrow('revoked')
    expect(await queue.next()).toEqual({ done: true, value: undefined })
  })

  test('returning ends its source, and whoever waits', async () => {
    const { source, queue } = createSource(0)
    const waiting = queue.next()
    await queue.return()
    expect([await waiting, source.returned]).toEqual([{ done: true, value: undefined }, 1])
  })
})
