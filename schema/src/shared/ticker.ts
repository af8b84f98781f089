/** Repeats a task while it is wanted. A run that takes longer than the interval delays the next one instead of meeting it. */
export interface Ticker {
  /** Starts it; again, it changes nothing. */
  start(): void
  stop(): void
}

/** @param task answers for its own failures: what it rejects with is dropped, and the next run tries again */
export function createTicker(intervalMs: number, task: () => Promise<void>): Ticker {
  let timer: NodeJS.Timeout | undefined
  let running = false
  const tick = async (): Promise<void> => {
    if (running) return
    running = true
    await task().catch(() => {})
    running = false
  }
  return {
    start() {
      // it never keeps a process alive
      timer ??= setInterval(() => void tick(), intervalMs).unref()
    },
    stop() {
      clearInterval(timer)
      timer = undefined
    },
  }
}
