/** Time as a parameter, so that a test decides what time it is. */

/** What tells the time and waits. */
export interface ResilienceClock {
  /** Milliseconds since any moment: only differences count. */
  now(): number
  /** Resolves after so long, or as soon as the signal aborts: whoever waited looks at the signal. It never rejects. */
  wait(ms: number, signal?: AbortSignal): Promise<void>
}

/** The machine's timers, and a clock that nobody sets back. */
export const systemClock: ResilienceClock = {
  now: () => performance.now(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const done = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal?.addEventListener('abort', done)
    }),
}
