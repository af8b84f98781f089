/** Use cases of what one is told: mark read, watch and mute, choose what is mailed. Each is one event in the member's own stream. */
import type { AuditAction } from '../audit/actions.ts'
import type { Actor, Context, Services } from '../context.ts'
import { createContext } from '../request.ts'
import { breaksUnique, statement } from '../shared/database.ts'
import { NotFoundError, ValidationError } from '../shared/errors.ts'
import { encodeNodeId, newUuid, parseReference } from '../shared/ids.ts'
import { readLanguage } from '../shared/languages.ts'
import { requireInProject, requirePermission } from '../shared/permissions.ts'
import { commitWrite, idempotentRequest, replayed, retryOnRace } from '../shared/write.ts'
import type { RecordedRequest, RowChange } from '../shared/write.ts'
import { readSettings } from './reads.ts'
import type { InterestRow } from './reads.ts'
import { NO_EMAIL } from './settings.ts'
import type { EmailFrequency, EmailSettings, NotificationSettings } from './settings.ts'
import { memberStreamId } from './stream.ts'
import { memberOf } from './unsubscribe.ts'

interface State extends RecordedRequest {
  /** Null: the member was never told anything. */
  readonly sequence: number | null
}

const STATE = statement<State>(
  'notifications:state',
  `SELECT (SELECT sequence FROM event_streams WHERE id = $1::uuid) AS sequence, r.request_hash, r.result FROM (SELECT) AS one LEFT JOIN idempotency_records r ON r.actor_id = $2::uuid AND r.key = $3::text`,
)

interface OwnWrite<Result> {
  readonly action: AuditAction
  readonly input: { readonly idempotencyKey?: string | null | undefined }
  readonly result: Result
  /** What the event tells. */
  readonly data: object
  readonly rows: readonly RowChange[]
}

type Sequenced<Result> = Result & { readonly sequence: number }

async function changeOwn<Result extends object>(ctx: Context, { action, input, result, data, rows }: OwnWrite<Result>): Promise<Sequenced<Result>> {
  const { organisationId, userId } = requirePermission(ctx, 'notifications.write')
  const request = idempotentRequest(input.idempotencyKey, action, input)
  const id = memberStreamId(organisationId, userId)
  return retryOnRace(id, async () => {
    const [state] = (await ctx.db.query(STATE, [id, userId, request?.key ?? null])) as [State]
    const earlier = replayed<Sequenced<Result>>(request, state)
    if (earlier !== null) return earlier
    const written = { ...result, sequence: (state.sequence ?? 0) + 1 }
    const sequence = await commitWrite(ctx, {
      action, target: { type: 'user', id: userId }, organisationId, stream: { id, expected: state.sequence }, governed: null,
      event: { kind: 'notification.changed', version: 1, data: JSON.stringify(data) }, before: null, after: JSON.stringify(data), rows, idempotency: request, result: written,
    }).catch((error: unknown) => {
      // the first notification came at the same moment
      if (breaksUnique(error, 'event_streams_pkey')) return null
      throw error
    })
    return sequence === null ? null : written
  })
}

const READ: Omit<RowChange, 'values'> = {
  name: 'notifications-read',
  text: (p) => `UPDATE notifications SET read_at = CASE WHEN ${p(1)}::boolean THEN coalesce(notifications.read_at, $10::timestamptz) END FROM head
    WHERE notifications.organisation_id = $3::uuid AND notifications.user_id = $6::uuid AND (${p(2)}::uuid[] IS NULL OR notifications.id = ANY(${p(2)}::uuid[]))`,
}
const OWN = statement<{ id: string }>('notifications:own', 'SELECT id FROM notifications WHERE organisation_id = $1::uuid AND user_id = $2::uuid AND id = ANY($3::uuid[])')
const MAX_IDS = 500

export interface MarkRead {
  /** Absent: all. */
  readonly ids?: readonly string[] | null | undefined
  readonly all?: boolean | null | undefined
  /** False marks them unread. */
  readonly read: boolean
  readonly idempotencyKey?: string | null | undefined
}

/** @throws NotFoundError for what is not one's own, ValidationError unless either ids or all are given */
export async function markRead(ctx: Context, input: MarkRead): Promise<Sequenced<object>> {
  const { organisationId, userId } = requirePermission(ctx, 'notifications.write')
  const { ids, read } = input
  if ((ids == null) === (input.all !== true)) throw new ValidationError('Give ids, or all: true.', ['ids'])
  if (ids != null && ids.length > MAX_IDS) throw new ValidationError(`At most ${MAX_IDS} ids at a time.`, ['ids'])
  const uuids = ids?.map((id) => parseReference(id, 'Notification').uuid) ?? null
  if (ids != null && uuids !== null) {
    const own = new Set((await ctx.db.query(OWN, [organisationId, userId, uuids.filter((uuid) => uuid !== null)])).map(({ id }) => id))
    const unknown = uuids.findIndex((uuid) => uuid === null || !own.has(uuid))
    if (unknown !== -1) throw new NotFoundError('notification', ids[unknown] as string, ['ids', String(unknown)])
  }
  const data = { read, notificationIds: uuids?.map((uuid) => encodeNodeId('Notification', uuid as string)) ?? null }
  return changeOwn(ctx, { action: 'notification.read', input, result: {}, data, rows: [{ ...READ, values: [read, uuids] }] })
}

const INTEREST: Omit<RowChange, 'values'> = {
  name: 'notifications-interest',
  text: (p) => `INSERT INTO interests (project_id, subject, user_id, organisation_id, level, created_at) SELECT ${p(1)}::uuid, ${p(2)}::text, $6::uuid, $3::uuid, ${p(3)}::interest_level, $10::timestamptz FROM head
    ON CONFLICT (project_id, subject, user_id) DO UPDATE SET level = excluded.level, created_at = excluded.created_at`,
}
const NO_INTEREST: Omit<RowChange, 'values'> = {
  name: 'notifications-no-interest',
  text: (p) => `DELETE FROM interests USING head WHERE interests.project_id = ${p(1)}::uuid AND interests.subject = ${p(2)}::text AND interests.user_id = $6::uuid`,
}
interface Subject {
  project_id: string
  item_key: string | null
  thread_id: string | null
}
const SUBJECT = statement<Subject>(
  'notifications:subject',
  `SELECT p.id AS project_id, i.key AS item_key, c.thread_id FROM projects p LEFT JOIN plan_items i ON i.project_id = p.id AND (i.id = $4::uuid OR i.key = $5::text)
   LEFT JOIN comments c ON c.project_id = p.id AND c.id = $6::uuid WHERE p.organisation_id = $1::uuid AND (p.id = $2::uuid OR p.slug = $3::text)`,
)

export interface SetInterest {
  readonly projectId: string
  readonly itemId?: string | null | undefined
  /** Any comment of the thread. */
  readonly commentId?: string | null | undefined
  /** Null: neither watched nor muted. */
  readonly level: InterestRow['level'] | null
  readonly idempotencyKey?: string | null | undefined
}

export type InterestWritten = Omit<InterestRow, 'level'> & { readonly level: InterestRow['level'] | null }

/** Watches or mutes a project, one of its items, or mutes a thread. @throws NotFoundError, ValidationError */
export async function setInterest(ctx: Context, input: SetInterest): Promise<Sequenced<InterestWritten>> {
  const { organisationId } = requirePermission(ctx, 'notifications.write')
  const { level } = input
  if (input.itemId != null && input.commentId != null) throw new ValidationError('Give itemId or commentId, not both.', ['commentId'])
  if (input.commentId != null && level === 'WATCHING') throw new ValidationError('A thread is watched by writing in it. Watch its item, or mute it.', ['level'])
  const project = parseReference(input.projectId, 'Project')
  const item = input.itemId == null ? null : parseReference(input.itemId, 'Milestone', 'Step', 'Microstep')
  const comment = input.commentId == null ? null : parseReference(input.commentId, 'Comment').uuid
  const [found] = await ctx.db.query(SUBJECT, [organisationId, project.uuid, project.name, item?.uuid ?? null, item?.name ?? null, comment])
  requireInProject(ctx, 'planner.read', found?.project_id, { kind: 'project', ref: input.projectId, path: ['projectId'] })
  const { project_id: projectId, item_key: itemKey, thread_id: threadId } = found as Subject
  if (input.itemId != null && itemKey === null) throw new NotFoundError('plan item', input.itemId, ['itemId'])
  if (input.commentId != null && threadId === null) throw new NotFoundError('comment', input.commentId, ['commentId'])
  const subject = itemKey !== null ? `item:${itemKey}` : threadId !== null ? `thread:${threadId}` : 'project'
  const row = level === null ? { ...NO_INTEREST, values: [projectId, subject] } : { ...INTEREST, values: [projectId, subject, level] }
  const data = { projectId: encodeNodeId('Project', projectId), itemKey, threadId: threadId && encodeNodeId('Comment', threadId), level }
  return changeOwn(ctx, { action: 'notification.interest', input, result: { projectId, itemKey, threadId, level }, data, rows: [row] })
}

const SETTINGS: Omit<RowChange, 'values'> = {
  name: 'notifications-settings',
  text: (p) => `INSERT INTO notification_settings (organisation_id, user_id, low, normal, high, urgent)
    SELECT $3::uuid, $6::uuid, ${p(1)}::email_frequency, ${p(2)}::email_frequency, ${p(3)}::email_frequency, ${p(4)}::email_frequency FROM head
    ON CONFLICT (organisation_id, user_id) DO UPDATE SET low = excluded.low, normal = excluded.normal, high = excluded.high, urgent = excluded.urgent`,
}

const LANGUAGE: Omit<RowChange, 'values'> = { name: 'notifications-language', text: (p) => `UPDATE users SET language = ${p(1)}::text FROM head WHERE users.id = $6::uuid` }

export type UpdateSettings = { readonly [Priority in keyof EmailSettings]?: EmailFrequency | null | undefined } & {
  /** A language tag. */
  readonly language?: string | null | undefined
  readonly idempotencyKey?: string | null | undefined
}

/** Chooses how often one is mailed, by priority, and in which language; what is not given stays. @throws ValidationError for a language without texts */
export async function updateSettings(ctx: Context, input: UpdateSettings): Promise<Sequenced<{ settings: NotificationSettings }>> {
  requirePermission(ctx, 'notifications.write')
  const before = await readSettings(ctx)
  const language = input.language == null ? before.language : readLanguage(input.language)
  const settings = { low: input.low ?? before.low, normal: input.normal ?? before.normal, high: input.high ?? before.high, urgent: input.urgent ?? before.urgent, language }
  const frequencies = { ...SETTINGS, values: [settings.low, settings.normal, settings.high, settings.urgent] }
  const rows = language === before.language ? [frequencies] : [frequencies, { ...LANGUAGE, values: [language] }]
  return changeOwn(ctx, { action: 'notification.settings', input, result: { settings }, data: settings, rows })
}

/** Whoever holds the link of a mail acts as its member, for this alone. */
const holderOf = (member: { organisationId: string; userId: string }): Actor => ({
  ...member, apiKeyId: null, sessionId: null, projectId: null, scopes: new Set(['notifications.read', 'notifications.write']), organisationRole: 'Member', projectRoles: new Map(), defaultRole: null,
  platformRole: null, tier: 'free', impersonator: null, restriction: null,
})

/** Ends all mails of a member, by the token of one of them. @returns false for a token that is none */
export async function unsubscribe(services: Services, token: string, address: string | null): Promise<boolean> {
  const member = memberOf(services.vault, token)
  if (member === null) return false
  await updateSettings(createContext(services, { actor: holderOf(member), requestId: newUuid(), origin: 'mail', address }), NO_EMAIL)
  return true
}
