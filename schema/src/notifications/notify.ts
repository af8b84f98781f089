/**
 * Makes notifications of events, as a consumer of the dispatcher: in its transaction, so each once.
 *
 * However many people are told, a batch of events takes the same number of statements: one asks who they are, one writes the rows
 * and an event into the stream of each person, one queues mails. Mentions take one more for each event that has them.
 */
import { enqueue } from '../deliveries/queue.ts'
import { resolveMentions } from '../organisations/mentions.ts'
import { EFFECTIVE_ROLE } from '../organisations/rows.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { newUuid } from '../shared/ids.ts'
import { PRIORITY_OF, REASONS, causeOf, movesOf } from './causes.ts'
import type { Cause, Reason } from './causes.ts'
import type { EventBatch, StreamNews } from './dispatcher.ts'
import type { Priority } from './priorities.ts'
import { frequencyOf } from './settings.ts'
import type { EmailFrequency } from './settings.ts'
import { memberStreamId } from './stream.ts'

interface Told {
  sequence: number
  user_id: string
  reason: Reason
  priority: Priority
  email: EmailFrequency
  key_name: string | null
}

const rankOf = (reason: string): string => `array_position('{${REASONS.join(',')}}'::text[], ${reason})`
const priorityCase = `CASE c.reason ${Object.entries(PRIORITY_OF).map(([reason, priority]) => `WHEN '${reason}' THEN '${priority}'`).join(' ')} ELSE c.watchers END`

/**
 * Whoever has a reason, sees the project, has not muted what it is about, and did not do it. An edit tells those who were not
 * mentioned before. `$1` organisation, `$2` project, from `$3` on the causes, from `$12` on the people that causes name.
 */
const PEOPLE = statement<Told>(
  'notifications:people',
  `WITH cause AS (SELECT * FROM unnest($3::int[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::timestamptz[], $10::uuid[], $11::uuid[])
     AS c (sequence, kind, actor_id, thread_id, comment_id, watchers, at, key_id, project_id)),
   subject AS (SELECT sequence, 'item:' || item AS subject FROM unnest($15::int[], $16::text[]) AS i (sequence, item)
     UNION SELECT sequence, 'project' FROM cause UNION SELECT sequence, 'thread:' || thread_id FROM cause WHERE thread_id IS NOT NULL),
   reasoned AS (
     SELECT * FROM unnest($12::int[], $13::uuid[], $14::text[]) AS n (sequence, user_id, reason)
     UNION ALL SELECT cause.sequence, k.user_id, 'KEY' FROM cause JOIN api_keys k ON k.id = cause.key_id AND k.organisation_id = $1::uuid
     UNION ALL SELECT cause.sequence, p.author_id, 'REPLY' FROM cause JOIN comments c ON c.id = cause.comment_id JOIN comments p ON p.id = c.parent_id WHERE cause.kind = 'comment.added'
     UNION ALL SELECT cause.sequence, t.author_id, 'PARTICIPATION' FROM cause JOIN comments t ON t.thread_id = cause.thread_id AND t.created_at <= cause.at WHERE cause.kind = 'comment.added'
     UNION ALL SELECT cause.sequence, t.author_id, 'AUTHOR' FROM cause JOIN comments t ON t.id = cause.thread_id WHERE cause.kind = 'comment.resolved'
     UNION ALL SELECT cause.sequence, i.user_id, 'WATCHING' FROM cause JOIN subject s ON s.sequence = cause.sequence
       JOIN interests i ON i.project_id = $2::uuid AND i.subject = s.subject AND i.level = 'WATCHING' WHERE cause.watchers IS NOT NULL),
   chosen AS (SELECT DISTINCT ON (r.sequence, r.user_id) r.sequence, r.user_id, r.reason, cause.watchers, cause.key_id
     FROM reasoned r JOIN cause ON cause.sequence = r.sequence
     JOIN members m ON m.user_id = r.user_id AND m.organisation_id = $1::uuid JOIN organisations o ON o.id = m.organisation_id
     LEFT JOIN project_members pm ON pm.user_id = m.user_id AND pm.project_id = cause.project_id
     WHERE r.user_id IS DISTINCT FROM cause.actor_id AND (cause.project_id IS NULL OR ${EFFECTIVE_ROLE} IS NOT NULL)
       AND NOT EXISTS (SELECT FROM subject s JOIN interests i ON i.project_id = $2::uuid AND i.subject = s.subject AND i.user_id = r.user_id AND i.level = 'MUTED' WHERE s.sequence = r.sequence)
       AND NOT (cause.kind = 'comment.edited' AND EXISTS (SELECT FROM notifications n WHERE n.user_id = r.user_id AND n.comment_id = cause.comment_id AND n.reason = 'MENTION'))
     ORDER BY r.sequence, r.user_id, ${rankOf('r.reason')}),
   weighed AS (SELECT c.*, ${priorityCase} AS priority FROM chosen c)
   SELECT w.sequence, w.user_id, w.reason, w.priority, (SELECT k.name FROM api_keys k WHERE k.id = w.key_id) AS key_name, ${frequencyOf('w.priority', 's')} AS email
   FROM weighed w LEFT JOIN notification_settings s ON s.organisation_id = $1::uuid AND s.user_id = w.user_id ORDER BY w.sequence, w.user_id`,
)

/** The rows, and an event for each in the stream of its person. Streams are raised in one order, so that dispatchers never wait for each other in a circle. */
const TELL = statement<{ id: string; sequence: number }>(
  'notifications:tell',
  `WITH told AS (SELECT * FROM unnest($3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::text[], $8::text[], $9::uuid[], $10::uuid[], $11::text[], $12::uuid[], $13::uuid[], $14::text[], $15::text[],
       $16::timestamptz[], $17::uuid[], $18::int[], $19::text[], $20::uuid[])
     AS t (id, user_id, sequence, kind, reason, priority, actor_id, project_id, item_key, thread_id, comment_id, key_name, email, at, member_stream, place, request_id, node)),
   raised AS (INSERT INTO event_streams (id, organisation_id, sequence) SELECT member_stream, $1::uuid, count(*)::int FROM told GROUP BY member_stream ORDER BY member_stream
     ON CONFLICT (id) DO UPDATE SET sequence = event_streams.sequence + excluded.sequence RETURNING id, sequence),
   total AS (SELECT member_stream, count(*)::int AS count FROM told GROUP BY member_stream),
   rows AS (INSERT INTO notifications (id, organisation_id, user_id, stream_id, sequence, kind, reason, priority, actor_id, project_id, item_key, thread_id, comment_id, key_name, email, emailed_at, created_at)
     SELECT id, $1::uuid, user_id, $2::uuid, sequence, kind, reason, priority::notification_priority, actor_id, project_id, item_key, thread_id, comment_id, key_name, email::email_frequency,
       CASE WHEN email = 'IMMEDIATE' THEN $21::timestamptz END, at FROM told),
   events AS (INSERT INTO runner_events (stream_id, sequence, organisation_id, kind, version, actor_id, origin, request_id, data, created_at)
     SELECT t.member_stream, r.sequence - c.count + t.place, $1::uuid, 'notification.created', 1, t.actor_id, 'server', t.request_id,
       json_build_object('notificationId', 'ntf_' || replace(t.id::text, '-', ''), 'kind', t.kind, 'reason', t.reason, 'priority', t.priority,
         'projectId', CASE WHEN t.project_id IS NOT NULL THEN 'prj_' || replace(t.project_id::text, '-', '') END), $21::timestamptz
     FROM told t JOIN raised r ON r.id = t.member_stream JOIN total c ON c.member_stream = t.member_stream)
   SELECT id, sequence FROM raised`,
)

/** Commenting on an item, or being mentioned there, watches it; what somebody chose stays. */
const WATCH = statement(
  'notifications:watch',
  `INSERT INTO interests (project_id, subject, user_id, organisation_id, level, created_at)
   SELECT $2::uuid, 'item:' || w.item, w.user_id, $1::uuid, 'WATCHING', $5::timestamptz FROM (SELECT DISTINCT * FROM unnest($3::text[], $4::uuid[]) AS u (item, user_id)) w
   JOIN members m ON m.organisation_id = $1::uuid AND m.user_id = w.user_id ON CONFLICT DO NOTHING`,
)
const RENAME = statement(
  'notifications:rename',
  `UPDATE interests i SET subject = 'item:' || $3::text WHERE i.project_id = $1::uuid AND i.subject = 'item:' || $2::text
     AND NOT EXISTS (SELECT FROM interests o WHERE o.project_id = i.project_id AND o.user_id = i.user_id AND o.subject = 'item:' || $3::text)`,
)
const FORGET = statement('notifications:forget', `DELETE FROM interests WHERE project_id = $1::uuid AND subject = 'item:' || $2::text`)

interface Named {
  readonly sequence: number
  readonly userId: string
  readonly reason: Reason
}

/** People that the event itself names. */
async function namedBy(db: Database, organisationId: string, cause: Cause): Promise<Named[]> {
  const { event: { sequence }, projectId, mentions, subject } = cause
  const people: Named[] = subject?.userId === undefined ? [] : [{ sequence, userId: subject.userId, reason: subject.reason }]
  if (projectId === null) return people
  const mentioned = await resolveMentions({ db }, { organisationId, projectId }, mentions)
  return [...people, ...[...new Set([...mentioned.values()].flat())].map((userId) => ({ sequence, userId, reason: 'MENTION' as const }))]
}

function peopleValues({ organisationId, projectId }: EventBatch, causes: readonly Cause[], named: readonly Named[]): unknown[] {
  const items = causes.flatMap(({ event, items: keys }) => keys.map((key) => [event.sequence, key] as const))
  const each = (value: (cause: Cause) => unknown): unknown[] => causes.map(value)
  return [
    organisationId, projectId, each((cause) => cause.event.sequence), each((cause) => cause.event.kind), each((cause) => cause.event.actor), each((cause) => cause.threadId),
    each((cause) => cause.commentId), each((cause) => cause.watchers), each((cause) => cause.event.createdAt), each((cause) => cause.subject?.keyId ?? null), each((cause) => cause.projectId),
    named.map((one) => one.sequence), named.map((one) => one.userId), named.map((one) => one.reason), items.map(([sequence]) => sequence), items.map(([, key]) => key),
  ]
}

async function tell(db: Database, batch: EventBatch, causes: readonly Cause[], told: readonly Told[]): Promise<StreamNews[]> {
  const { organisationId, streamId, now } = batch
  const bySequence = new Map(causes.map((cause) => [cause.event.sequence, cause]))
  const places = new Map<string, number>()
  const rows = told.map((one) => {
    const place = (places.get(one.user_id) ?? 0) + 1
    places.set(one.user_id, place)
    return { ...one, id: newUuid(now.getTime()), place, cause: bySequence.get(one.sequence) as Cause }
  })
  const each = (value: (row: (typeof rows)[number]) => unknown): unknown[] => rows.map(value)
  const news = await db.query(TELL, [
    organisationId, streamId, each((row) => row.id), each((row) => row.user_id), each((row) => row.sequence), each((row) => row.cause.event.kind), each((row) => row.reason), each((row) => row.priority),
    each((row) => row.cause.event.actor), each((row) => row.cause.projectId), each((row) => row.cause.items[0] ?? null), each((row) => row.cause.threadId), each((row) => row.cause.commentId),
    each((row) => row.key_name), each((row) => row.email), each((row) => row.cause.event.createdAt), each((row) => memberStreamId(organisationId, row.user_id)), each((row) => row.place),
    each((row) => row.cause.event.requestId), each((row) => row.id), now,
  ])
  const mails = rows.filter(({ email }) => email === 'IMMEDIATE')
  await enqueue(db, mails.map(({ id, user_id, sequence }) => ({ organisationId, channel: 'email', targetId: user_id, streamId, sequence, payload: { notificationIds: [id] } })), now)
  return news
}

/** Told is who has a reason when the event is dispatched; what the event itself begins (watching) counts from the next one on. */
async function notifyOf(db: Database, batch: EventBatch, causes: readonly Cause[]): Promise<StreamNews[]> {
  const { organisationId, projectId, now } = batch
  const named: Named[] = []
  for (const cause of causes) named.push(...(await namedBy(db, organisationId, cause)))
  const told = await db.query(PEOPLE, peopleValues(batch, causes, named))
  const news = told.length === 0 ? [] : await tell(db, batch, causes, told)
  const watching = causes.flatMap(({ event, items, commentId }) => {
    const [item] = items
    if (item === undefined || commentId === null || event.kind === 'comment.resolved') return []
    const people = named.filter(({ sequence }) => sequence === event.sequence).map(({ userId }) => userId)
    return [...people, ...(event.kind === 'comment.added' ? [event.actor] : [])].map((userId) => [item, userId] as const)
  })
  if (watching.length > 0) await db.query(WATCH, [organisationId, projectId, watching.map(([item]) => item), watching.map(([, userId]) => userId), now])
  return news
}

/**
 * Notifications of a batch of events of one stream. Events whose keys move, or that begin a watch, end a part of the batch: those
 * after them are judged by what is watched then.
 */
export async function notify(db: Database, batch: EventBatch): Promise<readonly StreamNews[]> {
  const news: StreamNews[] = []
  let part: Cause[] = []
  const flush = async (): Promise<void> => {
    if (part.length > 0) news.push(...(await notifyOf(db, batch, part)))
    part = []
  }
  for (const event of batch.events) {
    const cause = causeOf(event, batch.projectId)
    if (cause !== null) part.push(cause)
    const moves = movesOf(event)
    if (moves.length > 0 || cause?.commentId != null) await flush()
    for (const { from, to } of moves) await (to === null ? db.query(FORGET, [batch.streamId, from]) : db.query(RENAME, [batch.streamId, from, to]))
  }
  await flush()
  return news
}
