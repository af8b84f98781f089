/**
 * Permission refusals for the audit log. The first of an actor, permission and project is recorded at once; further ones are
 * counted, and recorded once a minute with their number. Noting one costs a request nothing: it neither waits nor fails.
 */
import type { Actor, Clock, RefusalLog, RefusedRequest } from '../context.ts'
import type { Database } from '../shared/database.ts'
import { createTicker } from '../shared/ticker.ts'
import { personalOf } from './entry.ts'
import type { AuditEntry } from './entry.ts'
import { writeAudit } from './record.ts'

const WINDOW_MS = 60_000
const TICK_MS = 1_000
/** Different refusals that are remembered at a time. */
const MAX_REMEMBERED = 10_000

interface Entry {
  readonly actor: Actor
  readonly permission: string
  readonly projectId: string | null
  /** Not recorded yet. */
  count: number
  /** The latest of them. */
  request: RefusedRequest
  at: Date
  /** From when on the next record may be written. */
  dueAt: number
}

export function createRefusalLog(db: Database, clock: Clock, { maxRemembered = MAX_REMEMBERED } = {}): RefusalLog {
  const entries = new Map<string, Entry>()
  let writing: Promise<void> | null = null
  const ticker = createTicker(TICK_MS, () => write((entry, now) => entry.dueAt <= now))

  /** One after the other, so that a flood of refusals takes one connection and no more. */
  const write = (isDue: (entry: Entry, now: number) => boolean): Promise<void> =>
    (writing ??= writeDue(isDue).finally(() => {
      writing = null
      if (entries.size === 0) void ticker.stop()
    }))

  async function writeDue(isDue: (entry: Entry, now: number) => boolean): Promise<void> {
    for (const [key, entry] of entries) {
      if (!isDue(entry, clock.now().getTime())) continue
      if (entry.count === 0) entries.delete(key)
      else await record(entry)
    }
  }

  async function record(entry: Entry): Promise<void> {
    const { count } = entry
    entry.count = 0
    entry.dueAt = clock.now().getTime() + WINDOW_MS
    await writeAudit(db, entryOf(entry, count)).catch(() => {
      // counted again, for the next tick
      entry.count += count
      entry.dueAt = 0
    })
  }

  /** Makes room by forgetting what is recorded already. False: all that is remembered is still to be recorded. */
  function makeRoom(): boolean {
    if (entries.size < maxRemembered) return true
    for (const [key, entry] of entries) if (entry.count === 0) return entries.delete(key)
    return false
  }

  return {
    note(actor, permission, projectId, request = {}) {
      const key = `${actor.userId} ${actor.organisationId} ${permission} ${projectId} ${actor.impersonator?.userId}`
      const at = clock.now()
      let entry = entries.get(key)
      if (entry === undefined) {
        // only while the database takes nothing can the memory be full of what is not recorded: then more is lost
        if (!makeRoom()) return
        entries.set(key, (entry = { actor, permission, projectId, count: 0, request, at, dueAt: 0 }))
        ticker.start()
      }
      entry.count++
      Object.assign(entry, { request, at })
      if (entry.dueAt <= at.getTime()) setImmediate(() => void write((candidate, now) => candidate.dueAt <= now))
    },
    async close() {
      void ticker.stop()
      await writing
      await write((entry) => entry.count > 0)
      entries.clear()
    },
  }
}

const entryOf = ({ actor, permission, projectId, request, at }: Entry, count: number): AuditEntry => ({
  organisationId: actor.organisationId, actorId: actor.userId, impersonatorId: actor.impersonator?.userId ?? null, action: 'permission.refused',
  target: projectId === null ? { type: 'organisation', id: actor.organisationId } : { type: 'project', id: projectId },
  details: { permission, count }, personal: personalOf(request.address), requestId: request.requestId ?? 'unknown', origin: request.origin ?? 'unknown', at,
})
