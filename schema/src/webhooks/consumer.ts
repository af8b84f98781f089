/** What the dispatcher calls for new events: queues them for the webhooks that want them, in the transaction of its cursor. */
import type { EventConsumer } from '../notifications/dispatcher.ts'
import { statement } from '../shared/database.ts'

/**
 * One statement, however many webhooks and events there are. A trial (`webhook.tested`) is for one webhook alone, which has it
 * already: see `testWebhook`.
 */
const QUEUE = statement(
  'webhooks:queue',
  `INSERT INTO deliveries (id, organisation_id, channel, target_id, stream_id, sequence, payload, next_attempt_at, created_at)
   SELECT gen_random_uuid(), w.organisation_id, 'webhook', w.id, w.project_id, e.sequence, json_build_object('kind', e.kind), $3::timestamptz, $3::timestamptz
   FROM webhooks w JOIN runner_events e ON e.stream_id = w.project_id
   WHERE w.project_id = $1::uuid AND w.enabled AND e.sequence = ANY($2::int[]) AND e.sequence > w.made_at_sequence AND e.kind <> 'webhook.tested'
     AND (cardinality(w.kinds) = 0 OR EXISTS (SELECT FROM unnest(w.kinds) AS wanted WHERE e.kind LIKE replace(replace(wanted, '_', '\\_'), '*', '%')))
   ON CONFLICT (channel, target_id, stream_id, sequence) DO NOTHING`,
)

export const webhookConsumer: EventConsumer = async (db, { projectId, events, now }) => {
  // an organisation's own stream has no webhooks
  if (projectId !== null) await db.query(QUEUE, [projectId, events.map(({ sequence }) => sequence), now])
  return []
}
