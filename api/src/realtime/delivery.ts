/**
 * One subscription of a socket that is pushed to: the sink of its source. A delivery is one write, without a promise or a turn of
 * the event loop, and the bytes of a frame are made once for all who chose the same id.
 */
import type { Sink } from '@buildrunner/schema/shared/push'
import type { SharedResult, SharedSubscription } from '../plugins/use-shared-execution.ts'
import type { Operation, Running } from './protocol.ts'

/** Where frames go. */
export interface Outlet {
  /** More waits to be read by the client than may. */
  readonly full: boolean
  /** Whole frames. */
  write(frame: Buffer): void
  /** Calls `resume` when all that waits is on its way. */
  drained(resume: () => void): void
  /** The writes of `work` go together. */
  together(work: () => void): void
}

export interface DeliveryOptions extends SharedSubscription {
  readonly outlet: Outlet
  readonly operation: Pick<Operation, 'id' | 'present' | 'finish'>
}

const FINAL_TEXT = 0x81
const EXTENDED_16 = 126
const EXTENDED_64 = 127

/** A text frame as servers send it: whole and unmasked (RFC 6455, section 5.2). */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const head = length < EXTENDED_16 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + length)
  frame[0] = FINAL_TEXT
  frame[1] = head === 2 ? length : head === 4 ? EXTENDED_16 : EXTENDED_64
  if (head === 4) frame.writeUInt16BE(length, 2)
  if (head === 10) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.write(text, head)
  return frame
}

const next = (id: string, payload: string): Buffer => textFrame(`{"id":${JSON.stringify(id)},"type":"next","payload":${payload}}`)

const frames = new WeakMap<SharedResult, Map<string, Buffer>>()

function frameOf(shared: SharedResult, text: string, id: string): Buffer {
  let byId = frames.get(shared)
  if (byId === undefined) frames.set(shared, (byId = new Map()))
  let frame = byId.get(id)
  if (frame === undefined) byId.set(id, (frame = next(id, text)))
  return frame
}

export class Delivery implements Sink<object>, Running {
  readonly #outlet: Outlet
  readonly #operation: DeliveryOptions['operation']
  readonly #source: SharedSubscription['source']
  readonly #group: SharedSubscription['group']
  #ended = false
  /** The last result that is still being made; what comes later waits for it. */
  #late: Promise<void> | undefined

  constructor({ outlet, operation, source, group }: DeliveryOptions) {
    this.#outlet = outlet
    this.#operation = operation
    this.#source = source
    this.#group = group
  }

  start(): void {
    this.#source.pushTo(this)
  }

  push(events: readonly object[]): number {
    let taken = 0
    const take = (): void => {
      while (taken < events.length && !this.#outlet.full && !this.#ended) this.#deliver(events[taken++]!)
    }
    try {
      if (events.length === 1) take()
      else this.#outlet.together(take)
    } catch (error) {
      this.end(error as Error)
    }
    if (taken < events.length && !this.#ended) this.#outlet.drained(() => this.#source.resume())
    return taken
  }

  end(error?: Error): void {
    if (this.#ended) return
    this.#ended = true
    this.#group.leave()
    this.#source.return()
    void this.#operation.finish(error)
  }

  #deliver(event: object): void {
    const shared = this.#group.resultOf(event)
    if (this.#late === undefined && !(shared instanceof Promise)) return this.#write(shared)
    const late: Promise<void> = Promise.all([shared, this.#late]).then(([settled]) => {
      this.#write(settled)
      if (this.#late === late) this.#late = undefined
    })
    late.catch((error: unknown) => this.end(error as Error))
    this.#late = late
  }

  #write(shared: SharedResult): void {
    if (this.#ended) return
    const { id } = this.#operation
    this.#outlet.write(shared.text === undefined ? next(id, JSON.stringify(this.#operation.present(shared.result))) : frameOf(shared, shared.text, id))
  }
}
