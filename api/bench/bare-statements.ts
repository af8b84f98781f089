/** The least a database has to do for each answer; column `json` is what is sent. */

/** $1 project. The fields that the benchmark's GraphQL document selects. */
const PLAN = `SELECT json_build_object('sequence', (SELECT sequence FROM event_streams WHERE id = $1), 'milestones', (SELECT json_agg(json_build_object(
  'id', m.id, 'key', m.key, 'title', m.title, 'description', m.description, 'phase', m.phase, 'dependsOn', m.depends_on, 'labels', m.labels,
  'steps', (SELECT json_agg(json_build_object('id', s.id, 'key', s.key, 'title', s.title, 'description', s.description, 'dependsOn', s.depends_on, 'labels', s.labels,
    'microsteps', (SELECT json_agg(json_build_object('id', k.id, 'key', k.key, 'title', k.title, 'description', k.description, 'status', k.status, 'dependsOn', k.depends_on,
      'labels', k.labels, 'estimate', k.estimate, 'assignee', k.assignee, 'priority', k.priority, 'notes', k.notes, 'acceptanceCriteria', k.criteria) ORDER BY k.rank)
      FROM plan_items k WHERE k.parent_id = s.id)) ORDER BY s.rank)
    FROM plan_items s WHERE s.parent_id = m.id)) ORDER BY m.rank)
  FROM plan_items m WHERE m.project_id = $1 AND m.kind = 'milestone'))::text AS json`

/** $1 project, $2 organisation, $3 item, $4 actor, $5 status, $6 idempotency key, $7 counter delta. The same rows that one status writes. */
const STATUS = `WITH head AS (UPDATE event_streams SET sequence = sequence + 1 WHERE id = $1::uuid RETURNING sequence),
  item AS (UPDATE plan_items SET status = $5::item_status, updated_at = now() FROM head WHERE id = $3::uuid),
  counters AS (UPDATE projects SET todo = todo - $7::int, done = done + $7::int, updated_at = now() FROM head WHERE id = $1::uuid),
  event AS (INSERT INTO runner_events (stream_id, sequence, organisation_id, kind, actor_id, origin, request_id, data)
    SELECT $1::uuid, sequence, $2::uuid, 'plan.changed', $4::uuid, 'bench', 'bench', json_build_object('status', $5::text) FROM head),
  audit AS (INSERT INTO audit_records (id, organisation_id, actor_id, action, target_type, target_id, request_id, origin)
    SELECT gen_random_uuid(), $2::uuid, $4::uuid, 'plan.status.set', 'plan_item', $3::uuid, 'bench', 'bench' FROM head),
  idem AS (INSERT INTO idempotency_records (actor_id, key, organisation_id, action, request_hash, result)
    SELECT $4::uuid, $6::text, $2::uuid, 'plan.status.set', 'bench', '{}' FROM head)
  SELECT json_build_object('sequence', sequence)::text AS json FROM head`

export const BARE_STATEMENTS = { plan: PLAN, status: STATUS } as const
