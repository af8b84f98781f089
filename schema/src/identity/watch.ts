/** Follows credentials that are in use: all of one kind are asked about in one statement. */
import type { Actor } from '../context.ts'
import { createTicker } from '../shared/ticker.ts'
import type { CredentialVerifier } from './credentials.ts'

interface WatchOptions<Row extends { id: string }> {
  readonly intervalMs: number
  readonly idOf: (actor: Actor) => string
  /** Those that are still valid. */
  readonly read: (ids: readonly string[]) => Promise<Row[]>
  readonly actorOf: (row: Row) => Actor
}

interface Watched {
  readonly actor: Actor
  readonly holds: (now: Actor) => boolean
  readonly onLapse: () => void
}

export function createWatch<Row extends { id: string }>({ intervalMs, idOf, read, actorOf }: WatchOptions<Row>): CredentialVerifier['watch'] {
  const watched = new Set<Watched>()
  const ticker = createTicker(intervalMs, async () => {
    const asked = [...watched]
    const rows = new Map((await read([...new Set(asked.map(({ actor }) => idOf(actor)))])).map((row) => [row.id, row]))
    for (const entry of asked) {
      const row = rows.get(idOf(entry.actor))
      if (watched.has(entry) && (row === undefined || !entry.holds(actorOf(row)))) entry.onLapse()
    }
  })
  return (actor, holds, onLapse) => {
    const end = (): void => {
      watched.delete(entry)
      if (watched.size === 0) ticker.stop()
    }
    const entry: Watched = {
      actor,
      holds,
      onLapse() {
        end()
        onLapse()
      },
    }
    watched.add(entry)
    ticker.start()
    return end
  }
}
