/** Follows credentials that are in use: all of one kind are asked about in one statement. */
import type { Actor } from '../context.ts'
import { createTicker } from '../shared/ticker.ts'
import type { CredentialVerifier } from './credentials.ts'

/** A subscription ends within a second of a revocation; the reading itself takes a part of it. */
const INTERVAL_MS = 500

interface WatchOptions<Row extends { id: string }> {
  readonly idOf: (actor: Actor) => string
  /** Those that are still valid. */
  readonly read: (ids: readonly string[]) => Promise<Row[]>
  readonly actorOf: (row: Row) => Actor
}

interface Watched {
  readonly id: string
  readonly holds: (now: Actor) => boolean
  readonly onLapse: (now: Actor | null) => void
}

export function createWatch<Row extends { id: string }>({ idOf, read, actorOf }: WatchOptions<Row>): CredentialVerifier['watch'] {
  const watched = new Set<Watched>()
  const end = (entry: Watched): void => {
    watched.delete(entry)
    if (watched.size === 0) void ticker.stop()
  }
  const ticker = createTicker(INTERVAL_MS, async () => {
    const asked = [...watched]
    // a key may be watched a thousand times: its row becomes an actor once
    const actors = new Map((await read([...new Set(asked.map(({ id }) => id))])).map((row) => [row.id, actorOf(row)]))
    for (const entry of asked) {
      const now = actors.get(entry.id)
      if (!watched.has(entry) || (now !== undefined && entry.holds(now))) continue
      end(entry)
      entry.onLapse(now ?? null)
    }
  })
  return (actor, holds, onLapse) => {
    const entry: Watched = { id: idOf(actor), holds, onLapse }
    watched.add(entry)
    ticker.start()
    return () => end(entry)
  }
}
