/** Approvals whose time is over: an event tells of each, once, whoever else does it. */
import { PLATFORM } from '../audit/entry.ts'
import type { StreamNews } from '../notifications/dispatcher.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { newUuid } from '../shared/ids.ts'

const LATE = statement<{ id: string }>(
  'approval:late',
  `SELECT id FROM approvals WHERE status IN ('pending', 'granted') AND used_at IS NULL AND expires_at <= $1::timestamptz ORDER BY expires_at LIMIT 100`,
)
/** Nobody does it: its actor is the platform. */
const EXPIRE = statement<StreamNews>(
  'approval:expire',
  `WITH late AS (UPDATE approvals SET status = 'expired' WHERE id = $1::uuid AND status IN ('pending', 'granted') AND used_at IS NULL AND expires_at <= $2::timestamptz
     RETURNING id, organisation_id, project_id, rule_id, item_key, requested_by_id),
   head AS (UPDATE event_streams s SET sequence = s.sequence + 1 FROM late WHERE s.id = late.project_id RETURNING s.id, s.sequence),
   event AS (INSERT INTO runner_events (stream_id, sequence, organisation_id, kind, version, actor_id, origin, request_id, data, created_at)
     SELECT head.id, head.sequence, late.organisation_id, 'approval.expired', 1, $3::uuid, 'server', $4::text,
       json_build_object('approvalId', 'apr_' || replace(late.id::text, '-', ''), 'rule', late.rule_id, 'itemKey', late.item_key, 'requestedBy', 'usr_' || replace(late.requested_by_id::text, '-', ''), 'status', 'expired'),
       $2::timestamptz FROM head, late)
   SELECT id, sequence FROM head`,
)

/** @returns the streams that have news */
export async function expireApprovals(db: Database, now: Date): Promise<StreamNews[]> {
  const news: StreamNews[] = []
  for (const { id } of await db.query(LATE, [now])) news.push(...(await db.query(EXPIRE, [id, now, PLATFORM, newUuid(now.getTime())])))
  return news
}
