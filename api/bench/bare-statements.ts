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
  history AS (INSERT INTO status_changes (project_id, sequence, item_id, organisation_id, item_key, from_status, to_status, actor_id)
    SELECT $1::uuid, sequence, $3::uuid, $2::uuid, i.key, i.status, $5::item_status, $4::uuid FROM head, plan_items i WHERE i.id = $3::uuid),
  counters AS (UPDATE projects SET todo = todo - $7::int, done = done + $7::int, updated_at = now() FROM head WHERE id = $1::uuid),
  event AS (INSERT INTO runner_events (stream_id, sequence, organisation_id, kind, actor_id, origin, request_id, data)
    SELECT $1::uuid, sequence, $2::uuid, 'plan.changed', $4::uuid, 'bench', 'bench', json_build_object('status', $5::text) FROM head),
  audit AS (INSERT INTO audit_records (id, organisation_id, actor_id, action, target_type, target_id, request_id, origin)
    SELECT gen_random_uuid(), $2::uuid, $4::uuid, 'plan.status.set', 'plan_item', $3::uuid, 'bench', 'bench' FROM head),
  idem AS (INSERT INTO idempotency_records (actor_id, key, organisation_id, action, request_hash, result)
    SELECT $4::uuid, $6::text, $2::uuid, 'plan.status.set', 'bench', '{}' FROM head)
  SELECT json_build_object('sequence', sequence)::text AS json FROM head`

/** $1 project, $2 organisation, $3 item, $4 author, $5 text, $6 idempotency key. The same rows that one comment writes. */
const COMMENT = `WITH head AS (UPDATE event_streams SET sequence = sequence + 1 WHERE id = $1::uuid RETURNING sequence),
  id AS (SELECT gen_random_uuid() AS id),
  comment AS (INSERT INTO comments (id, organisation_id, project_id, item_id, thread_id, author_id, body, created_at, sequence)
    SELECT id.id, $2::uuid, $1::uuid, $3::uuid, id.id, $4::uuid, $5::text, now(), head.sequence FROM head, id),
  event AS (INSERT INTO runner_events (stream_id, sequence, organisation_id, kind, actor_id, origin, request_id, data)
    SELECT $1::uuid, sequence, $2::uuid, 'comment.added', $4::uuid, 'bench', 'bench', json_build_object('commentId', id.id) FROM head, id),
  audit AS (INSERT INTO audit_records (id, organisation_id, actor_id, action, target_type, target_id, request_id, origin)
    SELECT gen_random_uuid(), $2::uuid, $4::uuid, 'comment.add', 'comment', id.id, 'bench', 'bench' FROM head, id),
  idem AS (INSERT INTO idempotency_records (actor_id, key, organisation_id, action, request_hash, result)
    SELECT $4::uuid, $6::text, $2::uuid, 'comment.add', 'bench', '{}' FROM head)
  SELECT json_build_object('sequence', sequence, 'id', id.id)::text AS json FROM head, id`

const COMMENT_FIELDS = `'id', c.id, 'threadId', c.thread_id, 'parentId', c.parent_id, 'itemKey', (SELECT i.key FROM plan_items i WHERE i.id = c.item_id), 'body', c.body,
  'author', (SELECT json_build_object('id', u.id, 'name', u.name) FROM users u WHERE u.id = c.author_id), 'createdAt', c.created_at, 'editedAt', c.edited_at, 'deletedAt', c.deleted_at,
  'resolvedAt', c.resolved_at, 'replyCount', c.reply_count`
/** $1 project, $2 key of an item. The fields that the benchmark's GraphQL document selects. */
const COMMENTS = `WITH threads AS (SELECT c.* FROM comments c JOIN plan_items i ON i.id = c.item_id WHERE i.project_id = $1::uuid AND i.key = $2::text AND c.parent_id IS NULL)
  SELECT json_build_object('totalCount', (SELECT count(*) FROM threads), 'nodes', (SELECT json_agg(json_build_object(${COMMENT_FIELDS},
    'replies', (SELECT json_agg(json_build_object(${COMMENT_FIELDS}) ORDER BY c.created_at, c.id) FROM (SELECT * FROM comments r WHERE r.thread_id = c.id AND r.parent_id IS NOT NULL
      ORDER BY r.created_at, r.id LIMIT 10) c)) ORDER BY c.created_at DESC, c.id DESC)
    FROM (SELECT * FROM threads ORDER BY created_at DESC, id DESC LIMIT 50) c))::text AS json`

const ITEM = 'parent_id, kind, key, rank, title, description, status, priority, assignee, phase, due_date, depends_on, labels, estimate, links, notes, criteria, extra, updated_at'
/**
 * The same rows that a push writes, as JSON: $1 project, $2 organisation, $3 actor, $4 items that are new, $5 items that changed, $6 ids of those that are gone,
 * $7 data of the event, $8 what is remembered of the writes, $9 conflicts.
 */
const PUSH = `WITH head AS (UPDATE event_streams SET sequence = sequence + 1 WHERE id = $1::uuid RETURNING sequence),
  added AS (INSERT INTO plan_items SELECT r.* FROM head, json_populate_recordset(NULL::plan_items, $4::json) r),
  changed AS (UPDATE plan_items i SET (${ITEM}) = ROW(r.${ITEM.replaceAll(', ', ', r.')}) FROM json_populate_recordset(NULL::plan_items, $5::json) r WHERE i.id = r.id),
  gone AS (DELETE FROM plan_items WHERE id = ANY($6::uuid[])),
  project AS (UPDATE projects SET updated_at = now() FROM head WHERE id = $1::uuid),
  event AS (INSERT INTO runner_events (stream_id, sequence, organisation_id, kind, actor_id, origin, request_id, data)
    SELECT $1::uuid, sequence, $2::uuid, 'plan.changed', $3::uuid, 'bench', 'bench', $7::json FROM head),
  audit AS (INSERT INTO audit_records (id, organisation_id, actor_id, action, target_type, target_id, request_id, origin)
    SELECT gen_random_uuid(), $2::uuid, $3::uuid, 'sync.push', 'project', $1::uuid, 'bench', 'bench' FROM head),
  writes AS (INSERT INTO sync_events SELECT r.* FROM json_populate_recordset(NULL::sync_events, $8::json) r),
  conflicts AS (INSERT INTO conflict_logs SELECT r.* FROM json_populate_recordset(NULL::conflict_logs, $9::json) r)
  SELECT json_build_object('sequence', sequence)::text AS json FROM head`

/** $1 project, $2 sequence: what happened to its plan since. */
const PULL = `SELECT json_build_object('sequence', (SELECT sequence FROM event_streams WHERE id = $1::uuid), 'changes', (SELECT json_agg(e.data->'changes' ORDER BY e.sequence)
  FROM runner_events e WHERE e.stream_id = $1::uuid AND e.sequence > $2::int AND e.kind = 'plan.changed'))::text AS json`

export const BARE_STATEMENTS = { plan: PLAN, status: STATUS, comment: COMMENT, comments: COMMENTS, push: PUSH, pull: PULL } as const
