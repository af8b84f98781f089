/**
 * Points of cost by key, session or address: so many in each minute, counted from the first.
 *
 * A request is decided by what this process knows, without waiting for anybody. Where several processes share a store (Redis),
 * each adds what it has spent ten times a second and learns what all have spent. So several processes together can exceed a limit
 * by what they take in a tenth of a second, and no request pays for a round trip. While the store is away each process counts by
 * itself and adds the rest later.
 */
import type { RateLimit } from '@buildrunner/schema/context'
import { createTicker } from '@buildrunner/schema/shared/ticker'

export const WINDOW_SECONDS = 60
const WINDOW_MS = WINDOW_SECONDS * 1_000
const SHARE_MS = 100
const MAX_WINDOWS = 50_000

/** What all processes have spent of a key's window. */
export interface Spent {
  readonly points: number
  readonly msBeforeReset: number
}

/** Adds points to a key's window. @throws when the store does not answer */
export type Share = (key: string, points: number) => Promise<Spent>

interface Window {
  /** As the store last said, with what this process added. */
  known: number
  /** Spent here and not added yet. */
  unshared: number
  sharing: boolean
  resetAt: number
}

export interface Asked {
  readonly key: string
  /** Points in a window. */
  readonly limit: number
  readonly cost: number
}

export interface Taken extends RateLimit {
  /** False: the points were not taken. */
  readonly allowed: boolean
}

export interface Points {
  take(asked: Asked): Taken
  close(): void
}

/** @param now milliseconds */
export function createPoints({ share, now = Date.now }: { share?: Share | undefined; now?: () => number } = {}): Points {
  const windows = new Map<string, Window>()
  const changed = new Map<string, Window>()
  const ticker = createTicker(SHARE_MS, async () => {
    const due = [...changed]
    changed.clear()
    await Promise.all(due.map(([key, window]) => add(key, window)))
  })

  function windowOf(key: string, at: number): Window {
    const known = windows.get(key)
    if (known !== undefined && known.resetAt > at) return known
    if (known === undefined && windows.size >= MAX_WINDOWS) forget(at)
    const window: Window = { known: 0, unshared: 0, sharing: false, resetAt: at + WINDOW_MS }
    windows.set(key, window)
    return window
  }

  /** Whoever asks from ever new addresses fills no memory. */
  function forget(at: number): void {
    for (const [key, { resetAt }] of windows) if (resetAt <= at) windows.delete(key)
    if (windows.size >= MAX_WINDOWS) windows.delete(windows.keys().next().value as string)
  }

  async function add(key: string, window: Window): Promise<void> {
    // what belongs to a window that is over counts for nothing
    if (window.unshared === 0 || windows.get(key) !== window || window.resetAt <= now()) return
    if (window.sharing) return void changed.set(key, window)
    const points = window.unshared
    window.sharing = true
    try {
      const spent = await (share as Share)(key, points)
      window.known = spent.points
      window.unshared -= points
      window.resetAt = now() + spent.msBeforeReset
    } catch {
      changed.set(key, window)
    } finally {
      window.sharing = false
    }
  }

  return {
    take({ key, limit, cost }) {
      const window = windowOf(key, now())
      const spent = window.known + window.unshared
      const allowed = spent + cost <= limit
      if (allowed) {
        window.unshared += cost
        if (share !== undefined) {
          changed.set(key, window)
          ticker.start()
        }
      }
      return { allowed, limit, cost, remaining: Math.max(0, limit - spent - (allowed ? cost : 0)), resetAt: new Date(window.resetAt) }
    },
    close: () => ticker.stop(),
  }
}
