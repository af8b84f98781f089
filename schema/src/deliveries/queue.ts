/**
 * The queue of what is on its way out of this server: rows of `deliveries`.
 *
 * - A row is inserted in the transaction that makes it necessary, and once for each event and target.
 * - A worker takes rows under a lease. One that dies loses nothing: when its lease has ended, another takes the row.
 * - Attempt and lease are the fence: whoever finishes a row that was taken again meanwhile changes nothing. The other side may
 *   then have been told twice, which is why a delivery keeps its id.
 */
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { newUuid } from '../shared/ids.ts'
import type { RowChange } from '../shared/write.ts'

export const CHANNELS = ['email', 'webhook'] as const
export type ChannelName = (typeof CHANNELS)[number]
export type DeliveryStatus = 'pending' | 'delivered' | 'dead'

export interface NewDelivery {
  readonly organisationId: string
  readonly channel: ChannelName
  /** Where to: UUID of a person or of a webhook. */
  readonly targetId: string
  /** The event that it tells of. */
  readonly streamId: string
  readonly sequence: number
  /** What the channel needs to know, in its own shape: kept as JSON. */
  readonly payload: unknown
}

/** A delivery that a worker holds. */
export interface Delivery extends NewDelivery {
  readonly id: string
  /** This one included. */
  readonly attempts: number
  readonly leaseUntil: Date
  readonly createdAt: Date
}

/** How an attempt failed. */
export interface Failure {
  /** For whoever looks for the cause: no secrets, no personal data. */
  readonly error: string
  /** What the other side answered: a status of HTTP or SMTP. */
  readonly status?: number | undefined
}

const ENQUEUE = statement<{ id: string }>(
  'deliveries:enqueue',
  `INSERT INTO deliveries (id, organisation_id, channel, target_id, stream_id, sequence, payload, next_attempt_at, created_at)
   SELECT d.*, $8::timestamptz, $8::timestamptz FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::int[], $7::json[]) d
   ON CONFLICT (channel, target_id, stream_id, sequence) DO NOTHING RETURNING id`,
)
/**
 * The oldest of each target, so that one that is slow, or has many waiting, keeps nobody else's back. A target of which somebody
 * holds a row is left out: it gets what was queued together in the order of the events, whichever process delivers.
 */
const CLAIM = statement<Delivery>(
  'deliveries:claim',
  `WITH held AS (SELECT target_id FROM deliveries WHERE status = 'pending' AND channel = $1 AND lease_until > $2::timestamptz),
   due AS (
     SELECT id FROM (
       SELECT DISTINCT ON (target_id) id, next_attempt_at FROM deliveries
       WHERE status = 'pending' AND channel = $1 AND next_attempt_at <= $2::timestamptz AND target_id <> ALL($3::uuid[]) AND target_id NOT IN (SELECT target_id FROM held)
       ORDER BY target_id, next_attempt_at, sequence, id) oldest
     ORDER BY next_attempt_at, id LIMIT $4::int),
   free AS (
     SELECT d.id FROM deliveries d JOIN due USING (id)
     WHERE d.status = 'pending' AND (d.lease_until IS NULL OR d.lease_until <= $2::timestamptz) FOR UPDATE OF d SKIP LOCKED)
   UPDATE deliveries d SET attempts = d.attempts + 1, lease_until = $5::timestamptz FROM free WHERE d.id = free.id
   RETURNING d.id, d.organisation_id AS "organisationId", d.channel, d.target_id AS "targetId", d.stream_id AS "streamId", d.sequence, d.payload, d.attempts,
     d.lease_until AS "leaseUntil", d.created_at AS "createdAt"`,
)
const FINISH = (set: string): string => `UPDATE deliveries SET lease_until = NULL, last_error = $4, last_status = $5::int, ${set}
  WHERE id = $1::uuid AND attempts = $2::int AND lease_until = $3::timestamptz AND status = 'pending' RETURNING id`
const DELIVERED = statement<{ id: string }>('deliveries:delivered', FINISH(`status = 'delivered', delivered_at = $6::timestamptz`))
const FAILED = statement<{ id: string }>('deliveries:failed', FINISH('next_attempt_at = $6::timestamptz'))
const DEAD = statement<{ id: string }>('deliveries:dead', FINISH(`status = 'dead'`))

/** Queues deliveries, in the transaction of `db`. @returns how many are new: an event is queued once for each target */
export async function enqueue(db: Database, deliveries: readonly NewDelivery[], now: Date): Promise<number> {
  if (deliveries.length === 0) return 0
  const rows = await db.query(ENQUEUE, [
    deliveries.map(() => newUuid(now.getTime())), deliveries.map((one) => one.organisationId), deliveries.map((one) => one.channel), deliveries.map((one) => one.targetId),
    deliveries.map((one) => one.streamId), deliveries.map((one) => one.sequence), deliveries.map((one) => JSON.stringify(one.payload)), now,
  ])
  return rows.length
}

export interface Claim {
  readonly channel: ChannelName
  /** At most so many, each of another target. */
  readonly limit: number
  /** Targets that are left out. */
  readonly busy: readonly string[]
  readonly now: Date
  readonly leaseUntil: Date
}

/** Takes what is due, oldest first. */
export const claim = (db: Database, { channel, limit, busy, now, leaseUntil }: Claim): Promise<Delivery[]> => db.query(CLAIM, [channel, now, busy, limit, leaseUntil])

type Held = Pick<Delivery, 'id' | 'attempts' | 'leaseUntil'>

/** @returns false when somebody else has taken it since, and nothing was changed; so do the other two */
export const delivered = async (db: Database, { id, attempts, leaseUntil }: Held, now: Date, status?: number): Promise<boolean> =>
  (await db.query(DELIVERED, [id, attempts, leaseUntil, null, status ?? null, now])).length === 1

/** It is tried again from `retryAt` on. */
export const failed = async (db: Database, { id, attempts, leaseUntil }: Held, { error, status }: Failure, retryAt: Date): Promise<boolean> =>
  (await db.query(FAILED, [id, attempts, leaseUntil, error, status ?? null, retryAt])).length === 1

/** It is not tried again, unless somebody asks for it: {@link REPLAY}. */
export const dead = async (db: Database, { id, attempts, leaseUntil }: Held, { error, status }: Failure): Promise<boolean> =>
  (await db.query(DEAD, [id, attempts, leaseUntil, error, status ?? null])).length === 1

/** Begins deliveries of the organisation anew, as part of a write: by their UUIDs, those that are delivered or dead. */
export const REPLAY: Omit<RowChange, 'values'> = {
  name: 'deliveries-replay',
  text: (p) => `UPDATE deliveries SET status = 'pending', attempts = 0, next_attempt_at = $10::timestamptz, lease_until = NULL, last_error = NULL, last_status = NULL, delivered_at = NULL
    FROM head WHERE deliveries.id = ANY(${p(1)}::uuid[]) AND deliveries.organisation_id = $3::uuid AND deliveries.status <> 'pending'`,
}
