/**
 * The single write path. Every write of every domain goes through `commitWrite`: rows, audit record, event and
 * idempotency record in ONE statement, and so in one transaction and one round trip.
 *
 * How it holds together:
 * - the statement starts by raising the stream's sequence, only if it still is the one the caller read (`expected`);
 *   every other part reads FROM that row, so that a lost race writes nothing and returns no row;
 * - the row lock on the stream serialises writers of one stream for the length of this statement and no longer;
 * - sequences are gapless, because the number and the event commit together or not at all.
 *
 * A service reads (one round trip), decides (permission, policy, pure rules), and commits (one round trip). When
 * another writer was faster, `retryOnRace` lets it read and decide again.
 *
 * A project's own rules are asked here and nowhere else: no write can go round them. What they bring about (events, records,
 * approvals that are used up) is part of the same statement. A project without rules of its own costs nothing.
 */
import { hash } from 'node:crypto'
import { versionOf } from '../audit/actions.ts'
import type { AuditAction } from '../audit/actions.ts'
import { digestOf, personalOf, personalValues } from '../audit/entry.ts'
import type { Actor, Context } from '../context.ts'
import type { Governed } from '../governance/governed.ts'
import { breaksUnique, isPostgresError, statement } from './database.ts'
import type { Statement } from './database.ts'
import { ConflictError, IdempotencyConflictError, PolicyError, ValidationError } from './errors.ts'
import { newUuid } from './ids.ts'
import { requireInProject, requirePermission } from './permissions.ts'
import type { Named, Permission } from './permissions.ts'
import type { PolicyFacts } from './policy.ts'

/** A data-modifying part of the statement. Its text must take its rows FROM `head`, or a lost race would still write. */
export interface RowChange {
  /** Names the text: equal names have equal texts. */
  readonly name: string
  /** `p(1)` is the placeholder of the first value. */
  readonly text: (p: (index: number) => string) => string
  readonly values: readonly unknown[]
}

export interface Write {
  readonly action: AuditAction
  readonly target: { type: string; id: string }
  readonly organisationId: string
  /** `expected` is the sequence the caller read; null creates the stream. */
  readonly stream: { id: string; expected: number | null }
  /** When it happens. Default: now. */
  readonly at?: Date
  /** The project whose own rules are asked, as it was read with the sequence, and what the write does there; null where it is in no project. */
  readonly governed: Governed | null
  readonly event: { kind: string; version: number; data: string }
  /** JSON of what was there and of what is there now; the audit record keeps their digests. */
  readonly before: string | null
  readonly after: string | null
  /** What else the audit record tells, in the action's own shape; never personal data. */
  readonly details?: Readonly<Record<string, unknown>>
  /** Erasable parts of the audit record; the address is added to them. */
  readonly personal?: Readonly<Record<string, string>>
  readonly rows: readonly RowChange[]
  /**
   * Where the write adds what the tier limits: the organisation's `limits_revision`, as it was read with the counts. It is raised
   * with the write; when somebody else has raised it meanwhile, in whatever stream, nothing is written.
   */
  readonly countedAt?: number | null
  readonly idempotency: IdempotentRequest | null
  /** What a repeated request is answered from. */
  readonly result: unknown
}

/** A request under an idempotency key, with the digest of what was asked. */
export interface IdempotentRequest {
  readonly key: string
  readonly requestHash: string
}

/** What a read brings of an earlier request under the same key; both null when there was none. */
export interface RecordedRequest {
  request_hash: string | null
  result: unknown
}

const RETRIES = 25

const sha256 = (text: string): string => hash('sha256', text)

const MAX_KEY_LENGTH = 200

/** @throws ValidationError for an empty key, and one that is longer than 200 characters. */
export function idempotentRequest(key: string | null | undefined, action: string, input: unknown): IdempotentRequest | null {
  if (key === null || key === undefined) return null
  if (key === '' || key.length > MAX_KEY_LENGTH) throw new ValidationError(`An idempotency key has 1 to ${MAX_KEY_LENGTH} characters.`, ['idempotencyKey'])
  return { key, requestHash: sha256(`${action}\n${JSON.stringify(input)}`) }
}

/**
 * The answer of an earlier request under the same key, if there was one.
 * @throws IdempotencyConflictError when that request was another one.
 */
export function replayed<Result>(request: IdempotentRequest | null, recorded: RecordedRequest): Result | null {
  if (request === null || recorded.request_hash === null) return null
  if (recorded.request_hash !== request.requestHash) throw new IdempotencyConflictError(request.key)
  return recorded.result as Result
}

/** Where a permission is asked for that is held in a project: its id, and how the caller named what is in it. */
export interface InProject extends Named {
  readonly id: string
}

/** Asks for the permission, then the policy. @throws UnauthenticatedError, NotFoundError, ForbiddenError, PolicyError */
export function authorise(ctx: Context, permission: Permission, project: InProject | null, action: string, facts: PolicyFacts): void {
  if (project === null) requirePermission(ctx, permission)
  else requireInProject(ctx, permission, project.id, project)
  const decision = ctx.policy.decide(action, facts)
  if (!decision.allowed) throw new PolicyError(decision)
}

/** `further` is how many events follow that of the write. */
const RAISE = (further: number): string =>
  `UPDATE event_streams SET sequence = sequence + ${1 + further} WHERE id = $1::uuid AND sequence = $2::int AND organisation_id = $3::uuid RETURNING sequence - ${further} AS sequence`
const CREATE = 'INSERT INTO event_streams (id, organisation_id, sequence) SELECT $1::uuid, $3::uuid, 1 WHERE $2::int IS NULL RETURNING sequence'
const BASE = [
  `event AS (INSERT INTO runner_events (stream_id, sequence, organisation_id, kind, version, actor_id, impersonator_id, origin, request_id, data, created_at)
    SELECT $1::uuid, head.sequence, $3::uuid, $4::text, $5::int, $6::uuid, $21::uuid, $7::text, $8::text, $9::json, $10::timestamptz FROM head)`,
  `audit AS (INSERT INTO audit_records (id, organisation_id, actor_id, impersonator_id, action, target_type, target_id, before_digest, after_digest, details, request_id, origin, created_at,
      personal_commitment, personal, personal_salt, version)
    SELECT $11::uuid, $3::uuid, $6::uuid, $21::uuid, $12::text, $13::text, $14::uuid, $15::text, $16::text, $20::text, $8::text, $7::text, $10::timestamptz, $17::text, $18::text, $19::text, $22::int FROM head)`,
]
const IDEMPOTENCY: RowChange = {
  name: 'idempotency',
  text: (p) => `INSERT INTO idempotency_records (actor_id, key, organisation_id, action, request_hash, result, created_at)
    SELECT $6::uuid, ${p(1)}::text, $3::uuid, $12::text, ${p(2)}::text, ${p(3)}::json, $10::timestamptz FROM head`,
  values: [],
}
const BASE_VALUES = 22

/** The only update that waits for writers of other streams: it comes first, and `head` writes nothing without its row. */
const COUNTED = `counted AS (UPDATE organisations SET limits_revision = limits_revision + 1 WHERE id = $3::uuid AND limits_revision = $${BASE_VALUES + 1}::int RETURNING id)`
const whenCounted = (head: string): string => head.replace(' RETURNING', ' AND EXISTS (SELECT FROM counted) RETURNING')

/** Postgres cannot store every string JavaScript can hold. */
const isUnstorable = (error: unknown): boolean => isPostgresError(error) && (error.code === '22P05' || error.code === '22P02' || error.code === '22021')

const statements = new Map<string, Statement<{ sequence: number }>>()

/** Events that follow that of the write in its stream. */
const furtherEvent = (place: number, { kind, data }: { kind: string; data: object }): RowChange => ({
  name: `event-${place}`,
  text: (p) => `INSERT INTO runner_events (stream_id, sequence, organisation_id, kind, version, actor_id, impersonator_id, origin, request_id, data, created_at)
    SELECT $1::uuid, head.sequence + ${place}, $3::uuid, ${p(1)}::text, 1, $6::uuid, $21::uuid, $7::text, $8::text, ${p(2)}::json, $10::timestamptz FROM head`,
  values: [kind, JSON.stringify(data)],
})

interface Shape {
  readonly creates: boolean
  readonly counted: boolean
  readonly further: number
}

function compose({ creates, counted, further }: Shape, rows: readonly RowChange[]): Statement<{ sequence: number }> {
  const name = `write:${creates ? 'create' : 'raise'}:${counted ? 'counted:' : ''}${rows.map((row) => row.name).join(',')}`
  const known = statements.get(name)
  if (known !== undefined) return known
  let offset = BASE_VALUES + (counted ? 1 : 0)
  const head = creates ? CREATE : RAISE(further)
  const parts = [...(counted ? [COUNTED, `head AS (${whenCounted(head)})`] : [`head AS (${head})`]), ...BASE]
  for (const [index, row] of rows.entries()) {
    const start = offset
    let used = 0
    const text = row.text((n) => {
      used = Math.max(used, n)
      return `$${start + n}`
    })
    offset += used
    parts.push(`part${index} AS (${text})`)
  }
  // Postgres cuts names of prepared statements at 63 bytes: a digest keeps them apart
  const composed = statement<{ sequence: number }>(`write:${sha256(name).slice(0, 24)}`, `WITH ${parts.join(',\n')}\nSELECT sequence FROM head`)
  statements.set(name, composed)
  return composed
}

/**
 * Commits a write and announces its event.
 *
 * @returns the event's sequence, or null when another writer was faster and nothing was written.
 * @throws PolicyError when the project's own rules refuse
 */
export async function commitWrite(ctx: Context, write: Write): Promise<number | null> {
  if (ctx.actor === null) throw new Error('a write without an actor')
  if (write.governed === null || write.governed.project.policyVersion === null) return commit(ctx, ctx.actor, write, [])
  const consequences = await ctx.governance.enforce(ctx, write.action, write.governed)
  return consequences === null ? null : commit(ctx, ctx.actor, { ...write, rows: [...write.rows, ...consequences.rows] }, consequences.events)
}

async function commit(ctx: Context, actor: Actor, write: Write, further: readonly { kind: string; data: object }[]): Promise<number | null> {
  const { stream, event } = write
  const rows = [...write.rows, ...further.map((more, index) => furtherEvent(index + 1, more))]
  if (write.idempotency !== null) rows.push({ ...IDEMPOTENCY, values: [write.idempotency.key, write.idempotency.requestHash, JSON.stringify(write.result)] })
  const now = write.at ?? ctx.clock.now()
  const values: unknown[] = [
    stream.id, stream.expected, write.organisationId, event.kind, event.version, actor.userId, ctx.origin, ctx.requestId, event.data, now,
    newUuid(now.getTime()), write.action, write.target.type, write.target.id, digestOf(write.before), digestOf(write.after),
    ...personalValues(personalOf(ctx.address, write.personal)), write.details === undefined ? null : JSON.stringify(write.details), actor.impersonator?.userId ?? null,
    versionOf(write.action),
  ]
  const counted = write.countedAt !== undefined && write.countedAt !== null
  if (counted) values.push(write.countedAt)
  for (const row of rows) values.push(...row.values)
  const [head] = await ctx.db.query(compose({ creates: stream.expected === null, counted, further: further.length }, rows), values).catch((error: unknown) => {
    throw isUnstorable(error) ? new ValidationError('A text holds a character that cannot be stored (U+0000, or half of a surrogate pair). Remove it.') : error
  })
  if (head === undefined) return null
  ctx.events.publish(stream.id, head.sequence + further.length)
  // an organisation's stream tells of members, roles, keys and settings: what they may do is read again
  if (stream.id === write.organisationId) ctx.credentials.forget(stream.id)
  return head.sequence
}

const queues = new Map<string, Promise<unknown>>()

/** Writers of one stream take turns inside this process, so that only other processes can win a race. */
async function inTurn<Result>(streamId: string, run: () => Promise<Result>): Promise<Result> {
  const previous = queues.get(streamId) ?? Promise.resolve()
  const turn = previous.then(run, run)
  queues.set(streamId, turn)
  try {
    return await turn
  } finally {
    if (queues.get(streamId) === turn) queues.delete(streamId)
  }
}

/**
 * Runs read-decide-commit until it commits: `attempt` returns null when it lost a race. A request that is repeated
 * while its first copy is still being written loses by the idempotency record, and then reads the first one's answer.
 *
 * @throws ConflictError when other writers won every time.
 */
export const retryOnRace = <Result>(streamId: string, attempt: () => Promise<Result | null>): Promise<Result> =>
  inTurn(streamId, async () => {
    for (let tries = 0; tries < RETRIES; tries++) {
      try {
        const result = await attempt()
        if (result !== null) return result
      } catch (error) {
        if (!breaksUnique(error, 'idempotency_records_pkey')) throw error
      }
      if (tries > 2) await new Promise((resolve) => setTimeout(resolve, Math.random() * 4 * tries))
    }
    throw new ConflictError('Too many others are writing to this at the same moment. Try again.')
  })
