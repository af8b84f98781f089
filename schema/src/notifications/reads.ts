/** Reading what one is told: notifications page by page, what one watches, and one's settings. Everybody reads their own alone. */
import type { Language } from '@buildrunner/sdk/languages'
import type { Actor, Context } from '../context.ts'
import type { EventMessage } from '../events/reader.ts'
import { batched } from '../shared/batch.ts'
import type { FoundPage, PageRange } from '../shared/connections.ts'
import { statement } from '../shared/database.ts'
import { ValidationError } from '../shared/errors.ts'
import { decodeNodeId, parseReference } from '../shared/ids.ts'
import { lapseOf, may, requirePermission } from '../shared/permissions.ts'
import type { Priority } from './priorities.ts'
import { IS_VISIBLE, NOTIFICATION_JSON, VISIBLE } from './rows.ts'
import type { NotificationRow } from './rows.ts'
import { DEFAULT_EMAIL_SETTINGS } from './settings.ts'
import type { EmailSettings, NotificationSettings } from './settings.ts'
import { memberStreamId } from './stream.ts'

export type NotificationCursor = readonly [createdAt: string, id: string]

export interface NotificationFilter {
  /** Only unread ones, or only read ones. */
  readonly unread?: boolean | null | undefined
  readonly priorities?: readonly Priority[] | null | undefined
  /** Node id, UUID or slug. */
  readonly projectId?: string | null | undefined
}

interface FoundRow {
  total: number
  unread: number
  rows: NotificationRow[] | null
}

const PAGE = (direction: 'forward' | 'backward'): string => {
  const [compare, order] = direction === 'forward' ? ['<', 'DESC'] : ['>', 'ASC']
  return `WITH mine AS (SELECT n.*, p.name AS project, p.slug FROM notifications n ${VISIBLE} WHERE n.organisation_id = $1::uuid AND n.user_id = $2::uuid AND ${IS_VISIBLE}),
  matching AS (SELECT * FROM mine n WHERE ($3::boolean IS NULL OR (n.read_at IS NULL) = $3::boolean) AND ($4::text[] IS NULL OR n.priority::text = ANY($4::text[]))
    AND (($5::uuid IS NULL AND $6::text IS NULL) OR n.project_id = $5::uuid OR n.slug = $6::text))
  SELECT (SELECT count(*)::int FROM matching) AS total, (SELECT count(*)::int FROM mine WHERE read_at IS NULL) AS unread, (SELECT json_agg(${NOTIFICATION_JSON.replace('p.name', 'n.project')} ORDER BY n.created_at ${order}, n.id ${order})
    FROM (SELECT * FROM matching n WHERE $7::timestamptz IS NULL OR (n.created_at, n.id) ${compare} ($7::timestamptz, $8::uuid) ORDER BY n.created_at ${order}, n.id ${order} LIMIT $9::int) n) AS rows`
}
const PAGES = { forward: statement<FoundRow>('notifications:forward', PAGE('forward')), backward: statement<FoundRow>('notifications:backward', PAGE('backward')) }

/** Newest first. `unreadCount` counts all of them, whatever the filter. */
export async function readNotifications(ctx: Context, filter: NotificationFilter, range: PageRange<NotificationCursor>): Promise<FoundPage<NotificationRow, NotificationCursor> & { unreadCount: number }> {
  const { organisationId, userId } = requirePermission(ctx, 'notifications.read')
  const project = filter.projectId == null ? null : parseReference(filter.projectId, 'Project')
  const [createdAt, id] = range.after ?? [null, null]
  const [found] = await ctx.db.query(PAGES[range.direction], [
    organisationId, userId, filter.unread ?? null, filter.priorities ?? null, project?.uuid ?? null, project?.name ?? null, createdAt, id, range.limit + 1,
  ])
  const { rows, total, unread } = found as FoundRow
  const nodes = (rows ?? []).slice(0, range.limit).map((node) => ({ node, cursor: [node.createdAt, node.id] as const }))
  return { nodes, hasMore: (rows ?? []).length > range.limit, totalCount: total, unreadCount: unread }
}

const UNREAD = statement<{ count: number }>(
  'notifications:unread', `SELECT count(*)::int AS count FROM notifications n ${VISIBLE} WHERE n.organisation_id = $1::uuid AND n.user_id = $2::uuid AND n.read_at IS NULL AND ${IS_VISIBLE}`)

export async function readUnreadCount(ctx: Context): Promise<number> {
  const { organisationId, userId } = requirePermission(ctx, 'notifications.read')
  return (await ctx.db.query(UNREAD, [organisationId, userId]))[0]?.count ?? 0
}

const BY_IDS = statement<{ notification: NotificationRow }>(
  'notifications:nodes', `SELECT ${NOTIFICATION_JSON} AS notification FROM notifications n ${VISIBLE} WHERE n.id = ANY($3::uuid[]) AND n.organisation_id = $1::uuid AND n.user_id = $2::uuid AND ${IS_VISIBLE}`)

/** By UUID, in the order asked for; null for what is not one's own, or not visible any more. */
export async function notificationsByUuid(ctx: Context, uuids: readonly string[]): Promise<(NotificationRow | null)[]> {
  const { organisationId, userId } = requirePermission(ctx, 'notifications.read')
  const found = new Map((await ctx.db.query(BY_IDS, [organisationId, userId, uuids])).map(({ notification }) => [notification.id, notification]))
  return uuids.map((uuid) => found.get(uuid) ?? null)
}

/** What the event of a message is about. */
export async function notificationOf(ctx: Context, { event }: EventMessage): Promise<NotificationRow | null> {
  const id = (event?.data as { notificationId?: string } | undefined)?.notificationId
  const uuid = id === undefined ? undefined : decodeNodeId(id)?.uuid
  if (uuid === undefined) return null
  const read = async (uuids: readonly string[]) => new Map((await notificationsByUuid(ctx, uuids)).flatMap((row) => (row === null ? [] : [[row.id, row] as const])))
  return (await batched(ctx, 'notifications', uuid, read)) ?? null
}

export interface InterestRow {
  readonly projectId: string
  readonly itemKey: string | null
  readonly threadId: string | null
  readonly level: 'WATCHING' | 'MUTED'
}

const INTERESTS = statement<{ project_id: string; subject: string; level: 'WATCHING' | 'MUTED' }>(
  'notifications:interests', 'SELECT project_id, subject, level FROM interests WHERE organisation_id = $1::uuid AND user_id = $2::uuid AND ($3::uuid IS NULL OR project_id = $3::uuid) ORDER BY created_at DESC, subject LIMIT 1000')

/** What one watches and what is muted, at most 1000, the newest first. */
export async function readInterests(ctx: Context): Promise<InterestRow[]> {
  const { organisationId, userId } = requirePermission(ctx, 'notifications.read')
  const rows = await ctx.db.query(INTERESTS, [organisationId, userId, null])
  return rows.map(({ project_id: projectId, subject, level }) => ({ projectId, level, ...partsOf(subject) }))
}

const partsOf = (subject: string): Pick<InterestRow, 'itemKey' | 'threadId'> => ({
  itemKey: subject.startsWith('item:') ? subject.slice('item:'.length) : null, threadId: subject.startsWith('thread:') ? subject.slice('thread:'.length) : null,
})

const SETTINGS = statement<{ settings: EmailSettings | null; language: Language | null }>(
  'notifications:settings',
  `SELECT u.language, (SELECT json_build_object('low', s.low, 'normal', s.normal, 'high', s.high, 'urgent', s.urgent) FROM notification_settings s WHERE s.organisation_id = $1::uuid AND s.user_id = u.id) AS settings
   FROM users u WHERE u.id = $2::uuid`,
)

export async function readSettings(ctx: Context): Promise<NotificationSettings> {
  const { organisationId, userId } = requirePermission(ctx, 'notifications.read')
  const [found] = await ctx.db.query(SETTINGS, [organisationId, userId])
  return { ...(found?.settings ?? DEFAULT_EMAIL_SETTINGS), language: found?.language ?? null }
}

const PLACE = statement<{ sequence: number }>('notifications:place', 'SELECT sequence FROM event_streams WHERE id = $1::uuid')

/**
 * Events of one's own stream after `since`, then those to come; by default those to come. Like `watchEvents` it begins with the place
 * where it begins, and ends with an error when the key or session no longer stands.
 */
export async function watchNotifications(ctx: Context, since: number | null | undefined): Promise<AsyncIterable<EventMessage>> {
  const actor = requirePermission(ctx, 'notifications.read')
  const id = memberStreamId(actor.organisationId, actor.userId)
  const newest = (await ctx.db.query(PLACE, [id]))[0]?.sequence ?? 0
  const position = since ?? newest
  if (position < 0) throw new ValidationError('A sequence is 0 or more.', ['since'])
  if (position > newest) throw new ValidationError(`The newest event is ${newest}; there is none after ${position} yet. Read the notifications again and start from there.`, ['since'])
  const follower = ctx.log.follow(id, position, newest)
  const { organisationId } = actor
  const holds = (now: Actor): boolean => now.organisationId === organisationId && may(now, 'notifications.read')
  follower.whenEnded(ctx.credentials.watch(actor, holds, (now) => follower.fail(lapseOf(now, 'notifications.read'))))
  return follower
}
