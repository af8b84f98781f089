import { once } from 'node:events'
import type { Writable } from 'node:stream'
import * as ws from 'ws'
import { describe, expect, test } from 'vitest'
import type { SharedGroup, SharedResult } from '../plugins/use-shared-execution.ts'
import { Delivery, textFrame } from './delivery.ts'

// the package exports its parser of frames; its type declarations do not
const { Receiver } = ws as unknown as { Receiver: new (options: object) => Writable }

describe('a frame', () => {
  test.each([0, 1, 125, 126, 65_535, 65_536, 200_000])('of %i bytes is read by ws as the text it was made of', async (length) => {
    const receiver = new Receiver({ isServer: false })
    const read = once(receiver, 'message')
    const text = 'é'.repeat(length / 2) + 'x'.repeat(length % 2)
    receiver.write(textFrame(text))
    const [data, isBinary] = (await read) as [Buffer, boolean]
    expect([data.toString() === text, isBinary]).toEqual([true, false])
  })
})

/** A socket that takes `room` frames at a time. */
function createOutlet(room = Infinity) {
  const outlet = {
    texts: [] as unknown[],
    frames: [] as Buffer[],
    room,
    get full(): boolean {
      return outlet.room <= 0
    },
    write(frame: Buffer): void {
      outlet.room--
      outlet.frames.push(frame)
      outlet.texts.push(JSON.parse(frame.subarray(frame[1]! < 126 ? 2 : 4).toString()))
    },
    resume: () => {},
    drained: (resume: () => void) => void (outlet.resume = resume),
    together: (work: () => void) => work(),
  }
  return outlet
}

interface Event { readonly result: SharedResult | Promise<SharedResult> }

const event = (n: number): Event => ({ result: { result: { data: { n } }, text: `{"data":{"n":${n}}}` } })
const numbers = (texts: unknown[]): unknown[] => texts.map((text) => (text as { payload: { data: { n: number } } }).payload.data.n)

function deliver(outlet: ReturnType<typeof createOutlet>, id = '1') {
  const told = { left: 0, returned: 0, resumed: 0, finished: [] as unknown[] }
  const group = { resultOf: ({ result }: Event) => result, leave: () => void told.left++ } as unknown as SharedGroup
  const source = { pushTo: () => {}, resume: () => void told.resumed++, return: () => void told.returned++, [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('iterated')) }) }
  const operation = { id, present: () => ({ errors: [{ message: 'shown' }] }), finish: (error?: unknown) => Promise.resolve(void told.finished.push(error)) }
  return { delivery: new Delivery({ outlet, operation, source, group }), told }
}

describe('a delivery', () => {
  test('writes the same bytes to all who chose the same id', () => {
    const [one, same, other] = [createOutlet(), createOutlet(), createOutlet()]
    const shared = [event(1)]
    deliver(one, 'a').delivery.push(shared)
    deliver(same, 'a').delivery.push(shared)
    deliver(other, 'b"').delivery.push(shared)
    expect(one.frames[0]).toBe(same.frames[0])
    expect(other.texts).toEqual([{ id: 'b"', type: 'next', payload: { data: { n: 1 } } }])
  })

  test('takes no more than the socket does, and asks for the rest when that has room', () => {
    const outlet = createOutlet(2)
    const { delivery, told } = deliver(outlet)
    expect(delivery.push([1, 2, 3].map(event))).toBe(2)
    expect(told.resumed).toBe(0)
    outlet.room = 5
    outlet.resume()
    expect(told.resumed).toBe(1)
    expect(delivery.push([event(3)])).toBe(1)
    expect(numbers(outlet.texts)).toEqual([1, 2, 3])
  })

  test('keeps the order when a result takes its time', async () => {
    const outlet = createOutlet()
    const { delivery } = deliver(outlet)
    const slow = Promise.withResolvers<SharedResult>()
    delivery.push([event(1), { result: slow.promise }, event(3)])
    expect(numbers(outlet.texts)).toEqual([1])
    slow.resolve(event(2).result)
    await expect.poll(() => numbers(outlet.texts)).toEqual([1, 2, 3])
    await expect.poll(() => (delivery.push([event(4)]), numbers(outlet.texts))).toContain(4)
  })

  test('shows a result that has errors in the way of its client', () => {
    const outlet = createOutlet()
    deliver(outlet).delivery.push([{ result: { result: {}, text: undefined } }])
    expect(outlet.texts).toEqual([{ id: '1', type: 'next', payload: { errors: [{ message: 'shown' }] } }])
  })

  test('ends once: with an error, which its operation is told, and nothing is written after', () => {
    const outlet = createOutlet()
    const { delivery, told } = deliver(outlet)
    delivery.end(new Error('revoked'))
    delivery.end()
    expect(delivery.push([event(1)])).toBe(0)
    expect([outlet.texts, told]).toEqual([[], { left: 1, returned: 1, resumed: 0, finished: [new Error('revoked')] }])
  })

  test('a result that cannot be made ends it', async () => {
    const { delivery, told } = deliver(createOutlet())
    delivery.push([{ result: Promise.reject(new Error('broken')) }])
    await expect.poll(() => told.finished).toEqual([new Error('broken')])
  })
})
