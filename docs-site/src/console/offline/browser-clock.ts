/** Waits as the machine does, but not on when the network is back or the person returns to the tab. */
import { systemClock } from '@buildrunner/sdk/resilience'
import type { ResilienceClock } from '@buildrunner/sdk/resilience'

export const browserClock: ResilienceClock = {
  now: systemClock.now,
  async wait(ms, signal) {
    const early = new AbortController()
    const end = (): void => early.abort()
    const shown = (): void => {
      if (document.visibilityState === 'visible') end()
    }
    signal?.addEventListener('abort', end)
    addEventListener('online', end)
    document.addEventListener('visibilitychange', shown)
    await systemClock.wait(signal?.aborted ? 0 : ms, early.signal)
    signal?.removeEventListener('abort', end)
    removeEventListener('online', end)
    document.removeEventListener('visibilitychange', shown)
  },
}
