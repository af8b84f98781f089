/** Repeats a task while it is wanted. A run that takes longer than the interval delays the next one instead of meeting it. */
export interface Ticker {
  /** Starts it; again, it changes nothing. */
  start(): void
  /** Resolves when the run that is under way has ended. */
  stop(): Promise<void>
}

/** @param task answers for its own failures: what it rejects with is dropped, and the next run tries again */
export function createTicker(intervalMs: number, task: () => Promise<unknown>): Ticker {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  const ended = (): void => void (running = undefined)
  const tick = (): void => {
    running ??= task().then(ended, ended)
  }
  return {
    start() {
      // it never keeps a process alive
      timer ??= setInterval(tick, intervalMs).unref()
    },
    async stop() {
      clearInterval(timer)
      timer = undefined
      await running
    },
  }
}
