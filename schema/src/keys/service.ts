/**
 * Use cases of API keys: make, rotate, revoke. Each is one event in the organisation's stream. A key's secret is in the answer
 * that made it and nowhere else: neither events, audit records nor idempotency records hold it, so a repeated request is answered
 * without it.
 */
import type { AuditAction } from '../audit/actions.ts'
import type { Actor, Context } from '../context.ts'
import { newApiKey } from '../identity/keys.ts'
import type { NewApiKey } from '../identity/keys.ts'
import { statement } from '../shared/database.ts'
import { ConflictError, ForbiddenError, NotFoundError, ValidationError } from '../shared/errors.ts'
import { encodeNodeId, newUuid, parseReference } from '../shared/ids.ts'
import { may, requirePermission, roleIn } from '../shared/permissions.ts'
import { commitWrite, idempotentRequest, replayed, retryOnRace } from '../shared/write.ts'
import type { IdempotentRequest, RecordedRequest, RowChange } from '../shared/write.ts'
import { endKey, insertKey, revokeKey } from './rows.ts'
import type { KeyValues } from './rows.ts'
import { readScopes, requireScopes } from './scopes.ts'

export interface KeyWritten {
  readonly keyId: string
  /** Of the organisation's newest event after the write. */
  readonly sequence: number
}

export interface KeyMade extends KeyWritten {
  /** Null where the request was carried out before: it was shown then. */
  readonly secret: string | null
}

const MAX_NAME = 100
const HOUR_SECONDS = 3_600

interface Making extends RecordedRequest {
  sequence: number
  project_id: string | null
  maker_expires_at: Date | null
}

const RECORDED = 'LEFT JOIN idempotency_records r ON r.actor_id = $2::uuid AND r.key = $3::text'
const MAKING = statement<Making>(
  'key:making',
  `SELECT s.sequence, r.request_hash, r.result, p.id AS project_id, (SELECT k.expires_at FROM api_keys k WHERE k.id = $6::uuid) AS maker_expires_at
   FROM event_streams s ${RECORDED} LEFT JOIN projects p ON p.organisation_id = $1::uuid AND (p.id = $4::uuid OR p.slug = $5::text) WHERE s.id = $1::uuid`,
)

interface Held extends RecordedRequest {
  sequence: number
  id: string | null
  user_id: string
  project_id: string | null
  name: string
  key_prefix: string
  scopes: string[]
  enabled: boolean
  expires_at: Date | null
  rotated: boolean
}

const HELD = statement<Held>(
  'key:held',
  `SELECT s.sequence, r.request_hash, r.result, k.id, k.user_id, k.project_id, k.name, k.key_prefix, k.scopes, k.enabled, k.expires_at,
     EXISTS (SELECT FROM api_keys n WHERE n.rotated_from_id = k.id) AS rotated
   FROM event_streams s ${RECORDED} LEFT JOIN api_keys k ON k.organisation_id = $1::uuid AND k.id = $4::uuid WHERE s.id = $1::uuid`,
)

export interface CreateKey {
  readonly name: string
  readonly scopes: readonly string[]
  /** Node id, UUID or slug; null: every project that the person can see. */
  readonly projectId?: string | null | undefined
  readonly expiresAt?: Date | null | undefined
  readonly idempotencyKey?: string | null | undefined
}

/**
 * Makes a key of the person who asks.
 *
 * @throws ForbiddenError naming a scope that the maker may not give, NotFoundError for a project that it does not see, ValidationError
 */
export async function createKey(ctx: Context, input: CreateKey): Promise<KeyMade> {
  const { idempotencyKey, ...asked } = input
  const actor = requirePermission(ctx, 'keys.write')
  const scopes = readScopes(input.scopes)
  const request = idempotentRequest(idempotencyKey, 'apiKey.create', asked)
  const project = input.projectId == null ? null : parseReference(input.projectId, 'Project')
  const secret = lazily(() => newApiKey(ctx.keyHashCost))
  return retryOnRace(actor.organisationId, async () => {
    const [found] = await ctx.db.query(MAKING, [actor.organisationId, actor.userId, idempotencyKey ?? null, project?.uuid ?? null, project?.name ?? null, actor.apiKeyId])
    const read = found as Making
    const earlier = replayed<KeyWritten>(request, read)
    if (earlier !== null) return { ...earlier, secret: null }
    if (project !== null && (read.project_id === null || roleIn(actor, read.project_id) === null)) throw new NotFoundError('project', input.projectId as string, ['projectId'])
    requireScopes(ctx, actor, scopes, read.project_id)
    const values: KeyValues = {
      id: newUuid(ctx.clock.now().getTime()), name: checkName(input.name), projectId: read.project_id, scopes, rotatedFromId: null,
      expiresAt: checkExpiry(ctx, input.expiresAt ?? null, read.maker_expires_at),
    }
    return commitKey(ctx, { action: 'apiKey.create', kind: 'apiKey.created', sequence: read.sequence, request, before: null, values, rows: [insertKey(values, await secret())], secret: (await secret()).key })
  })
}

export interface RotateKey {
  readonly keyId: string
  /** How long the old key stays valid. Default: what the operator's policy says. */
  readonly graceSeconds?: number | null | undefined
  readonly idempotencyKey?: string | null | undefined
}

/**
 * Replaces a key by a new one with the same scopes, binding and expiry. Somebody else's key (with keys.manage) becomes a key of
 * the person who rotates it: nobody is ever shown a secret that acts for another person.
 *
 * @throws NotFoundError, ForbiddenError, ConflictError for a key that is not valid any more or was rotated already, ValidationError
 */
export async function rotateKey(ctx: Context, input: RotateKey): Promise<KeyMade> {
  const actor = requirePermission(ctx, 'keys.write')
  const request = idempotentRequest(input.idempotencyKey, 'apiKey.rotate', { keyId: input.keyId, graceSeconds: input.graceSeconds ?? null })
  const graceSeconds = checkGrace(ctx, input.graceSeconds ?? null)
  const secret = lazily(() => newApiKey(ctx.keyHashCost))
  return retryOnRace(actor.organisationId, async () => {
    const held = await readHeld(ctx, actor, input)
    const earlier = replayed<KeyWritten>(request, held)
    if (earlier !== null) return { ...earlier, secret: null }
    requireRotatable(ctx, held)
    requireScopes(ctx, actor, readScopes(held.scopes), held.project_id)
    const now = ctx.clock.now()
    const values: KeyValues = { id: newUuid(now.getTime()), name: held.name, projectId: held.project_id, scopes: held.scopes, expiresAt: held.expires_at, rotatedFromId: held.id }
    const end = new Date(Math.min(now.getTime() + graceSeconds * 1_000, held.expires_at?.getTime() ?? Infinity))
    return commitKey(ctx, {
      action: 'apiKey.rotate', kind: 'apiKey.rotated', sequence: held.sequence, request, before: JSON.stringify({ keyId: nodeId(held.id), expiresAt: held.expires_at }), values,
      rows: [insertKey(values, await secret()), endKey(held.id, end)], secret: (await secret()).key, details: { replacedId: nodeId(held.id), validUntil: end },
    })
  })
}

export interface RevokeKey {
  readonly keyId: string
  readonly idempotencyKey?: string | null | undefined
}

/** Ends a key: within a second it is refused everywhere. One that is revoked already stays as it is. @throws NotFoundError, ForbiddenError */
export async function revokeKeyById(ctx: Context, input: RevokeKey): Promise<KeyWritten> {
  const actor = requirePermission(ctx, 'keys.write')
  const request = idempotentRequest(input.idempotencyKey, 'apiKey.revoke', { keyId: input.keyId })
  return retryOnRace(actor.organisationId, async () => {
    const held = await readHeld(ctx, actor, input)
    const earlier = replayed<KeyWritten>(request, held)
    if (earlier !== null) return earlier
    if (!held.enabled) return { keyId: held.id, sequence: held.sequence }
    const result: KeyWritten = { keyId: held.id, sequence: held.sequence + 1 }
    const sequence = await commitWrite(ctx, {
      action: 'apiKey.revoke', target: { type: 'apiKey', id: held.id }, organisationId: actor.organisationId, stream: { id: actor.organisationId, expected: held.sequence }, governed: null,
      event: { kind: 'apiKey.revoked', version: 1, data: JSON.stringify({ keyId: nodeId(held.id), ownerId: encodeNodeId('User', held.user_id) }) },
      before: JSON.stringify({ enabled: true }), after: JSON.stringify({ enabled: false }), rows: [revokeKey(held.id)], idempotency: request, result,
    })
    return sequence === null ? null : result
  })
}

const nodeId = (uuid: string): string => encodeNodeId('ApiKey', uuid)

/** bcrypt is slow: a request that is refused, or that loses a race, must not pay for it (again). */
function lazily(make: () => Promise<NewApiKey>): () => Promise<NewApiKey> {
  let made: Promise<NewApiKey> | undefined
  return () => (made ??= make())
}

/** A key of one's own, or any of the organisation's for who administrates it. @throws NotFoundError, ForbiddenError naming keys.manage */
async function readHeld(ctx: Context, actor: Actor, { keyId, idempotencyKey }: { keyId: string; idempotencyKey?: string | null | undefined }): Promise<Held & { id: string }> {
  const { uuid } = parseReference(keyId, 'ApiKey')
  const [held] = uuid === null ? [] : await ctx.db.query(HELD, [actor.organisationId, actor.userId, idempotencyKey ?? null, uuid])
  const isOwn = held?.user_id === actor.userId
  if (held === undefined || held.id === null || (!isOwn && actor.organisationRole !== 'TenantAdmin')) throw new NotFoundError('API key', keyId, ['keyId'])
  if (!isOwn && !may(actor, 'keys.manage')) {
    ctx.refusals.note(actor, 'keys.manage', null, ctx)
    throw new ForbiddenError('keys.manage')
  }
  return held as Held & { id: string }
}

function requireRotatable({ clock }: Context, held: Held): void {
  if (!held.enabled) throw new ConflictError('The key is revoked. Create a new one.')
  if (held.rotated) throw new ConflictError('The key was rotated already. Rotate the one that replaced it, or create a new one.')
  if (held.expires_at !== null && held.expires_at <= clock.now()) throw new ConflictError('The key has expired. Create a new one.')
}

function checkName(name: string): string {
  const trimmed = name.trim()
  if (trimmed === '' || trimmed.length > MAX_NAME) throw new ValidationError(`A key has a name of 1 to ${MAX_NAME} characters, to recognise it by.`, ['name'])
  return trimmed
}

/** A key that is made with one that expires lives no longer than that one. */
function checkExpiry({ clock }: Context, wanted: Date | null, limit: Date | null): Date | null {
  if (wanted !== null && wanted <= clock.now()) throw new ValidationError('expiresAt lies in the past.', ['expiresAt'])
  if (wanted !== null && limit !== null && wanted > limit) throw new ValidationError(`The key that asks expires at ${limit.toISOString()}: one made with it cannot live longer.`, ['expiresAt'])
  return wanted ?? limit
}

function checkGrace({ operator: { keys } }: Context, seconds: number | null): number {
  const max = keys.maxGraceHours * HOUR_SECONDS
  if (seconds !== null && (seconds < 0 || seconds > max)) throw new ValidationError(`graceSeconds is 0 to ${max}; ${seconds} is not.`, ['graceSeconds'])
  return seconds ?? keys.defaultGraceHours * HOUR_SECONDS
}

interface KeyWrite {
  readonly action: AuditAction
  readonly kind: string
  readonly sequence: number
  readonly request: IdempotentRequest | null
  readonly before: string | null
  readonly values: KeyValues
  readonly rows: readonly RowChange[]
  readonly secret: string
  readonly details?: object
}

/** Commits a new key with its event and record. */
async function commitKey(ctx: Context, { action, kind, sequence, request, before, values, rows, secret, details }: KeyWrite): Promise<KeyMade | null> {
  const { organisationId, userId } = ctx.actor as Actor
  const { id, name, scopes, projectId, expiresAt } = values
  const made = { scopes, projectId: projectId === null ? null : encodeNodeId('Project', projectId), expiresAt, ...details }
  const result: KeyWritten = { keyId: id, sequence: sequence + 1 }
  const committed = await commitWrite(ctx, {
    action, target: { type: 'apiKey', id }, organisationId, stream: { id: organisationId, expected: sequence }, governed: null,
    event: { kind, version: 1, data: JSON.stringify({ keyId: nodeId(id), ownerId: encodeNodeId('User', userId), name, ...made }) },
    before, after: JSON.stringify({ name, ...made }), details: made, rows, idempotency: request, result,
  })
  return committed === null ? null : { ...result, secret }
}
