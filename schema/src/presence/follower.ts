/**
 * One that follows who is present. It holds one state, the newest that was not taken yet: whoever is slow to take it finds what
 * is there then, and no backlog.
 */
import type { PushSource, Sink } from '../shared/push.ts'
import type { PresenceState } from './presence.ts'

type Step = IteratorResult<PresenceState, void>

const DONE = { done: true, value: undefined } as const

export class PresenceFollower implements PushSource<PresenceState>, AsyncIterableIterator<PresenceState, void, undefined> {
  readonly #onEnd: (follower: PresenceFollower) => void
  #newest: PresenceState | undefined
  #sink: Sink<PresenceState> | undefined
  #paused = false
  #waiting: PromiseWithResolvers<Step> | undefined
  #ended = false
  #failure: Error | undefined

  constructor(onEnd: (follower: PresenceFollower) => void) {
    this.#onEnd = onEnd
  }

  offer(state: PresenceState): void {
    this.#newest = state
    this.#give()
  }

  pushTo(sink: Sink<PresenceState>): void {
    this.#sink = sink
    if (this.#ended) sink.end(this.#failure)
    else this.#give()
  }

  resume(): void {
    this.#paused = false
    this.#give()
  }

  /** Ends it with an error, once. */
  fail(error: Error): void {
    this.#end(error)
  }

  next(): Promise<Step> {
    const failure = this.#failure
    this.#failure = undefined
    if (failure !== undefined) return Promise.reject(failure)
    if (this.#ended) return Promise.resolve(DONE)
    this.#waiting ??= Promise.withResolvers<Step>()
    const { promise } = this.#waiting
    this.#give()
    return promise
  }

  return(): Promise<Step> {
    this.#end()
    return Promise.resolve(DONE)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** To whoever takes it: a sink that has room, or somebody who waits for the next. */
  #give(): void {
    const state = this.#newest
    if (state === undefined || this.#paused) return
    if (this.#sink) this.#paused = this.#sink.push([state]) === 0
    else if (this.#waiting) this.#answer((waiting) => waiting.resolve({ done: false, value: state }))
    else return
    if (!this.#paused) this.#newest = undefined
  }

  #answer(give: (waiting: PromiseWithResolvers<Step>) => void): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting) give(waiting)
  }

  #end(error?: Error): void {
    if (this.#ended) return
    this.#ended = true
    this.#newest = undefined
    this.#onEnd(this)
    this.#sink?.end(error)
    if (this.#waiting === undefined) this.#failure = error
    this.#answer((waiting) => (error === undefined ? waiting.resolve(DONE) : waiting.reject(error)))
  }
}
