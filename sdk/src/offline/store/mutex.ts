/** One at a time, in the order in which they asked. */
import { AbortedError } from '../../errors.ts'
import type { ExclusiveOptions } from './types.ts'

/** @internal */
export const abortedWait = (signal: AbortSignal): AbortedError =>
  new AbortedError({ code: 'ABORTED', message: 'The wait for the offline store was aborted.', cause: signal.reason })

/** @internal */
export class Mutex {
  #isHeld = false
  readonly #waiting: (() => void)[] = []

  /** @returns what `work` returns; undefined when it is taken and `wait` is false. @throws AbortedError when `signal` ends the wait */
  async run<R>(work: () => R | Promise<R>, { wait = true, signal }: ExclusiveOptions = {}): Promise<R | undefined> {
    if (signal?.aborted === true) throw abortedWait(signal)
    if (this.#isHeld) {
      if (!wait) return undefined
      await this.#turn(signal)
    }
    this.#isHeld = true
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#isHeld = false
      else next()
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1)
        reject(abortedWait(signal!))
      }
      this.#waiting.push(enter)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }
}
