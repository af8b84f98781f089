/**
 * One that follows a stream: it stands at a sequence, and moves on when its stream hands it what comes next, or by reading for
 * itself, page by page, where it stands elsewhere: it asked for older events, or its sink was full for a while. So a slow one
 * costs no memory: what it has not taken is in the log.
 */
import { PullQueue } from '../shared/push.ts'
import type { PushSource, Sink } from '../shared/push.ts'
import type { Kinds } from './kinds.ts'
import type { EventMessage } from './reader.ts'

/** What a follower knows of its stream. */
export interface Followed {
  /** The last sequence that followers were handed, or told to read for themselves. */
  readonly head: number
  /** At most `limit` of what comes after `position`, of these kinds; `end` is how far it reaches. */
  readPage(position: number, limit: number, kinds: Kinds | null): Promise<{ messages: EventMessage[]; end: number }>
  /** A message that only tells where a follower stands: the same object to all that stand there. */
  placeAt(sequence: number): EventMessage
  /** It has ended. */
  left(follower: Follower): void
}

const PAGE = 50
/** Messages that an iterating follower may have waiting. They are shared with others: this bounds a stream, and not each follower. */
const QUEUE = 200
/** After so many events that a follower did not ask for it is told where it stands, so that it need not read them again. */
const TELL_EVERY = 100

export class Follower implements PushSource<EventMessage>, AsyncIterableIterator<EventMessage, void, undefined> {
  readonly #stream: Followed
  readonly #kinds: Kinds | null
  #onEnd: (() => void) | undefined
  #sink: Sink<EventMessage> | undefined
  #queue: PullQueue<EventMessage> | undefined
  /** The last sequence that it took, or left out. */
  #position: number
  /** The last that its sink knows of. */
  #told: number
  /** Nobody takes anything now: before the start, and while the sink is full. */
  #paused = true
  #reading = false
  /** How many it reads at a time: what a sink does not take is read again, and a sink of large events takes few. */
  #page = PAGE
  #ended = false
  #failure: Error | undefined

  constructor(stream: Followed, position: number, kinds: Kinds | null) {
    this.#stream = stream
    this.#position = position
    this.#told = position
    this.#kinds = kinds
  }

  /** Its first message tells where it begins. */
  pushTo(sink: Sink<EventMessage>): void {
    this.#sink = sink
    if (this.#ended) return sink.end(this.#failure)
    sink.push([this.#stream.placeAt(this.#position)])
    this.resume()
  }

  resume(): void {
    this.#paused = false
    void this.#catchUp()
  }

  /** Takes messages that come right after `from`, up to the stream's head; after a gap it reads for itself. */
  hand(messages: readonly EventMessage[], from: number): void {
    if (this.#paused || this.#reading || this.#position >= this.#stream.head) return
    if (this.#position < from) return void this.#catchUp()
    const fresh = this.#position === from ? messages : messages.filter(({ sequence }) => sequence > this.#position)
    const kinds = this.#kinds
    this.#give(kinds === null ? fresh : fresh.filter(({ event }) => event === null || kinds.matches(event.kind)), this.#stream.head)
  }

  /** Called once, when it has ended. */
  whenEnded(onEnd: () => void): void {
    if (this.#ended) onEnd()
    else this.#onEnd = onEnd
  }

  /** Ends it with an error, once. */
  fail(error: Error): void {
    this.#end(error)
  }

  next(): Promise<IteratorResult<EventMessage, void>> {
    if (this.#queue === undefined) this.pushTo((this.#queue = new PullQueue(this, QUEUE)))
    return this.#queue.next()
  }

  return(): Promise<IteratorResult<EventMessage, void>> {
    this.#end()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Answers how many were taken. @param end how far the messages reach: what of them is missing was left out */
  #give(messages: readonly EventMessage[], end: number): number {
    const told = messages.at(-1)?.sequence ?? this.#told
    const given = end - told >= TELL_EVERY ? [...messages, this.#stream.placeAt(end)] : messages
    const taken = given.length === 0 ? 0 : this.#sink!.push(given)
    if (taken > 0) this.#told = given[taken - 1]!.sequence
    this.#paused = taken < given.length
    this.#position = this.#paused ? this.#told : end
    return taken
  }

  async #catchUp(): Promise<void> {
    if (this.#reading) return
    this.#reading = true
    try {
      while (!this.#ended && !this.#paused && this.#position < this.#stream.head) {
        const { messages, end } = await this.#stream.readPage(this.#position, this.#page, this.#kinds)
        if (this.#ended || end <= this.#position) break
        const taken = this.#give(messages, end)
        this.#page = this.#paused ? Math.max(1, taken) : Math.min(PAGE, this.#page * 2)
      }
    } catch (error) {
      this.#end(error as Error)
    } finally {
      this.#reading = false
    }
  }

  #end(error?: Error): void {
    if (this.#ended) return
    this.#ended = true
    this.#failure = error
    this.#stream.left(this)
    this.#onEnd?.()
    this.#sink?.end(error)
  }
}
