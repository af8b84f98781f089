/**
 * Sources of subscriptions that push. An async iterator costs each subscriber a promise and a turn of the event loop for each
 * value; a source that thousands follow hands its values over in one loop instead.
 */

/** Takes what a source has. */
export interface Sink<Value extends object> {
  /**
   * Takes values, in order, and answers how many it took. Fewer than were given: it is full, and asks by the source's `resume` for
   * what comes after those that it took.
   */
  push(values: readonly Value[]): number
  /** Nothing follows; with an error, because of it. */
  end(error?: Error): void
}

/** Either iterated or pushed from, never both. Values that several sinks get are the same objects, so that work on them is shared. */
export interface PushSource<Value extends object> extends AsyncIterable<Value> {
  /** Begins to push. Called once. */
  pushTo(sink: Sink<Value>): void
  /** The sink has room again. */
  resume(): void
  /** Ends it, and with it the sink. Again, it changes nothing. */
  return(): unknown
}

export const isPushSource = (source: object): source is PushSource<object> => 'pushTo' in source

const DONE = { done: true, value: undefined } as const

/** Iterates what is pushed. It is full with `limit` values, and goes on when all of them are taken. */
export class PullQueue<Value extends object> implements Sink<Value>, AsyncIterableIterator<Value, void, undefined> {
  readonly #source: Pick<PushSource<Value>, 'resume' | 'return'>
  readonly #limit: number
  readonly #waiting: PromiseWithResolvers<IteratorResult<Value, void>>[] = []
  #values: Value[] = []
  #full = false
  #ended = false
  #failure: Error | undefined

  constructor(source: Pick<PushSource<Value>, 'resume' | 'return'>, limit: number) {
    this.#source = source
    this.#limit = limit
  }

  push(values: readonly Value[]): number {
    const taken = Math.min(values.length, this.#limit - this.#values.length)
    this.#full = taken < values.length
    for (const value of taken < values.length ? values.slice(0, taken) : values) {
      const waiting = this.#waiting.shift()
      if (waiting === undefined) this.#values.push(value)
      else waiting.resolve({ done: false, value })
    }
    return taken
  }

  /** What waits is dropped: whoever lost a permission gets nothing more. */
  end(error?: Error): void {
    if (this.#ended) return
    this.#ended = true
    this.#values = []
    const [first, ...others] = this.#waiting.splice(0)
    if (error === undefined) first?.resolve(DONE)
    else if (first === undefined) this.#failure = error
    else first.reject(error)
    for (const waiting of others) waiting.resolve(DONE)
  }

  next(): Promise<IteratorResult<Value, void>> {
    const value = this.#values.shift()
    if (this.#full && this.#values.length === 0) {
      this.#full = false
      this.#source.resume()
    }
    if (value !== undefined) return Promise.resolve({ done: false, value })
    const failure = this.#failure
    this.#failure = undefined
    if (failure !== undefined) return Promise.reject(failure)
    if (this.#ended) return Promise.resolve(DONE)
    const waiting = Promise.withResolvers<IteratorResult<Value, void>>()
    this.#waiting.push(waiting)
    return waiting.promise
  }

  /** Also while somebody waits for `next`. */
  return(): Promise<IteratorResult<Value, void>> {
    this.end()
    this.#source.return()
    return Promise.resolve(DONE)
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
