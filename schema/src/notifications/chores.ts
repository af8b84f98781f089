/** What becomes due by time alone: digests, and keys that are about to expire. Each is done once, whoever else does it. */
import { PLATFORM } from '../audit/entry.ts'
import { enqueue } from '../deliveries/queue.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { newUuid } from '../shared/ids.ts'
import type { StreamNews } from './dispatcher.ts'

interface Collected {
  id: string
  organisation_id: string
  user_id: string
  stream_id: string
  sequence: number
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Digests hold what was made before the hour, or the day (UTC), began. Who comes second finds the rows taken. */
const COLLECT = statement<Collected>(
  'notifications:collect',
  `UPDATE notifications SET emailed_at = $1::timestamptz WHERE emailed_at IS NULL AND read_at IS NULL
     AND ((email = 'DIGEST_HOURLY' AND created_at < $2::timestamptz) OR (email = 'DIGEST_DAILY' AND created_at < $3::timestamptz))
   RETURNING id, organisation_id, user_id, stream_id, sequence`,
)

/** Queues the digests that are due. @returns how many */
export async function queueDigests(db: Database, now: Date): Promise<number> {
  const begin = (lengthMs: number): Date => new Date(Math.floor(now.getTime() / lengthMs) * lengthMs)
  return db.transaction(async (tx) => {
    const rows = await tx.query(COLLECT, [now, begin(HOUR_MS), begin(DAY_MS)])
    const digests = [...Map.groupBy(rows, (row) => `${row.organisation_id}/${row.user_id}`).values()]
    return enqueue(tx, digests.map((parts) => {
      const ids = parts.map(({ id }) => id).toSorted()
      const newest = parts.find(({ id }) => id === ids.at(-1)) as Collected
      return { organisationId: newest.organisation_id, channel: 'email', targetId: newest.user_id, streamId: newest.stream_id, sequence: newest.sequence, payload: { notificationIds: ids } }
    }), now)
  })
}

const NOTICE_DAYS = 7

/** A key that was rotated ends as its owner wanted, and one that lives no longer than the notice is not worth one. */
const EXPIRING = statement<{ id: string }>(
  'notifications:expiring',
  `SELECT k.id FROM api_keys k WHERE k.enabled AND k.expires_at > $1::timestamptz AND k.expires_at <= $1::timestamptz + interval '${NOTICE_DAYS} days' AND k.expires_at > k.created_at + interval '${NOTICE_DAYS} days'
     AND NOT EXISTS (SELECT FROM key_notices n WHERE n.key_id = k.id) AND NOT EXISTS (SELECT FROM api_keys r WHERE r.rotated_from_id = k.id) ORDER BY k.id LIMIT 100`,
)
/** Nobody does it: its actor is the platform. */
const NOTICE = statement<StreamNews>(
  'notifications:notice',
  `WITH noticed AS (INSERT INTO key_notices (key_id, organisation_id, created_at) SELECT k.id, k.organisation_id, $2::timestamptz FROM api_keys k WHERE k.id = $1::uuid ON CONFLICT DO NOTHING RETURNING key_id, organisation_id),
   head AS (UPDATE event_streams s SET sequence = s.sequence + 1 FROM noticed n WHERE s.id = n.organisation_id RETURNING s.id, s.sequence),
   event AS (INSERT INTO runner_events (stream_id, sequence, organisation_id, kind, version, actor_id, origin, request_id, data, created_at)
     SELECT head.id, head.sequence, head.id, 'apiKey.expiring', 1, $3::uuid, 'server', $4::text,
       json_build_object('keyId', 'key_' || replace(k.id::text, '-', ''), 'ownerId', 'usr_' || replace(k.user_id::text, '-', ''), 'expiresAt', k.expires_at), $2::timestamptz
     FROM head, api_keys k WHERE k.id = $1::uuid)
   SELECT id, sequence FROM head`,
)

/** Leaves an event for each key that expires within a week: once. @returns the streams that have one */
export async function noticeExpiringKeys(db: Database, now: Date): Promise<StreamNews[]> {
  const news: StreamNews[] = []
  for (const { id } of await db.query(EXPIRING, [now])) news.push(...(await db.query(NOTICE, [id, now, PLATFORM, newUuid(now.getTime())])))
  return news
}
