import type { ResilienceClock } from '../clock.ts'

/** A clock that a test moves; its waits are over at once, and move it. */
export class TestClock implements ResilienceClock {
  readonly waits: number[] = []
  time = 0

  now(): number {
    return this.time
  }

  wait(ms: number): Promise<void> {
    this.waits.push(ms)
    this.time += ms
    return Promise.resolve()
  }
}
