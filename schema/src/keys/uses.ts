/**
 * Where keys are used from, for the audit log: a record when a key is used for the first time, and whenever its address or client
 * changes. What changes often (runners behind many addresses) is gathered: each process writes one record a minute and key, and
 * one that another process wrote already is not written again, because the key's row holds a digest of its last use.
 */
import { hash } from 'node:crypto'
import { AUDIT_COLUMNS, auditPlaceholders, auditValues } from '../audit/entry.ts'
import type { Actor, Clock, Context, KeyUseLog } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { createTicker } from '../shared/ticker.ts'

type Use = Pick<Context, 'address' | 'origin' | 'requestId'>

interface Seen {
  /** Address and client of the last use. */
  place: string
  /** First uses from each place since the last record. */
  pending: { readonly use: Use; readonly actor: Actor }[]
  writtenAt: number
}

const TICK_MS = 1_000
const GATHER_MS = 60_000
const MAX_KEYS = 10_000
/** Places that one record names; further ones of the same minute are not named. */
const MAX_PLACES = 20

/** `$7` is the record's target: the key. */
const RECORD = statement(
  'key:use',
  `WITH changed AS (UPDATE api_keys SET last_use_digest = $18::text WHERE id = $7::uuid AND ($19::boolean OR last_use_digest IS DISTINCT FROM $18::text) RETURNING id)
   INSERT INTO audit_records (${AUDIT_COLUMNS}) SELECT ${auditPlaceholders(1)} FROM changed`,
)

const listed = (values: readonly string[]): string => [...new Set(values)].join(', ')

export function createKeyUseLog(db: Database, clock: Clock): KeyUseLog {
  const keys = new Map<string, Seen>()
  const ticker = createTicker(TICK_MS, () => write(clock.now().getTime() - GATHER_MS))

  function seenOf(keyId: string): Seen {
    let seen = keys.get(keyId)
    if (seen === undefined) {
      if (keys.size >= MAX_KEYS) forget()
      keys.set(keyId, (seen = { place: '', pending: [], writtenAt: -Infinity }))
    }
    return seen
  }

  /** The key known longest of which nothing is left to write. */
  function forget(): void {
    for (const [keyId, { pending }] of keys) if (pending.length === 0) return void keys.delete(keyId)
  }

  /** Writes the records of keys whose last one was written at `before` or earlier. */
  async function write(before: number): Promise<void> {
    for (const [keyId, seen] of keys) {
      if (seen.pending.length > 0 && seen.writtenAt <= before) await record(keyId, seen)
    }
    if (![...keys.values()].some(({ pending }) => pending.length > 0)) void ticker.stop()
  }

  async function record(keyId: string, seen: Seen): Promise<void> {
    const { pending, place } = seen
    const [first] = pending
    if (first === undefined) return
    seen.pending = []
    const { actor, use } = first
    const at = clock.now()
    const addresses = pending.flatMap(({ use: { address } }) => (address === null ? [] : [address]))
    const entry = auditValues({
      organisationId: actor.organisationId, actorId: actor.userId, action: 'apiKey.use', target: { type: 'apiKey', id: keyId },
      details: { places: pending.length }, personal: { address: listed(addresses), client: listed(pending.map(({ use: { origin } }) => origin)) }, requestId: use.requestId, origin: use.origin, at,
    })
    try {
      await db.query(RECORD, [...entry, hash('sha256', `${keyId}\n${place}`), pending.length > 1])
      seen.writtenAt = at.getTime()
    } catch {
      // the database is away: the next tick tries again
      seen.pending = [...pending, ...seen.pending].slice(0, MAX_PLACES)
    }
  }

  return {
    note({ actor, address, origin, requestId }) {
      if (actor === null || actor.apiKeyId === null) return
      const seen = seenOf(actor.apiKeyId)
      const place = `${address} ${origin}`
      if (seen.place === place) return
      seen.place = place
      if (seen.pending.length < MAX_PLACES) seen.pending.push({ use: { address, origin, requestId }, actor })
      ticker.start()
    },
    flush: () => write(Infinity),
  }
}
