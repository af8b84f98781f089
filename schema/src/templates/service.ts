/**
 * Use cases of templates: publish, deprecate, and make a plan of them. A version that was published never changes, so that a plan that
 * was made from it can be brought up to date from just that content. Writes are events in the organisation's stream.
 */
import { checkTemplate, instantiate, MAX_TEMPLATE_LENGTH, templateDigest, TemplateNotFoundError, unknownValues, usesOf, withRequired } from '@buildrunner/sdk/template-engine'
import type { Instantiation, Template, TemplateValue, TemplateValues } from '@buildrunner/sdk/template-engine'
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import { AlreadyExistsError, ForbiddenError, NotFoundError, ValidationError } from '../shared/errors.ts'
import { newUuid } from '../shared/ids.ts'
import { requirePermission } from '../shared/permissions.ts'
import { commitWrite, idempotentRequest, replayed, retryOnRace } from '../shared/write.ts'
import type { RecordedRequest } from '../shared/write.ts'
import { find, sourcesOf } from './reads.ts'
import { deprecateTemplate, insertTemplate } from './rows.ts'

/** Versions of all templates of one organisation. */
export const MAX_VERSIONS = 2_000
const MAX_REASON = 500
const MAX_TOGETHER = 20

export interface TemplateWritten {
  readonly name: string
  readonly version: string
  /** Of the organisation's newest event after the write. */
  readonly sequence: number
}

interface Known extends RecordedRequest {
  sequence: number
  versions: number
  /** Who published the first version of the name. */
  owner: string | null
  id: string | null
  digest: string | null
  deprecated_reason: string | null
}

const KNOWN = statement<Known>(
  'template:known',
  `SELECT s.sequence, r.request_hash, r.result, (SELECT count(*)::int FROM templates t WHERE t.organisation_id = $1::uuid) AS versions,
     (SELECT t.created_by_id FROM templates t WHERE t.organisation_id = $1::uuid AND t.name = $4::text ORDER BY t.created_at, t.id LIMIT 1) AS owner, t.id, t.digest, t.deprecated_reason
   FROM event_streams s LEFT JOIN idempotency_records r ON r.actor_id = $2::uuid AND r.key = $3::text
     LEFT JOIN templates t ON t.organisation_id = $1::uuid AND t.name = $4::text AND t.version = $5::text WHERE s.id = $1::uuid`,
)

type Optional<Value> = Value | null | undefined

async function readKnown(ctx: Context, { name, version }: { name: string; version: string }, idempotencyKey: Optional<string>): Promise<Known> {
  const actor = requirePermission(ctx, 'templates.write')
  const [known] = await ctx.db.query(KNOWN, [actor.organisationId, actor.userId, idempotencyKey ?? null, name, version])
  return known as Known
}

/** What one person began, another member does not go on with: a template holds commands that colleagues run. @throws ForbiddenError */
function requireOwner(ctx: Context, { owner }: Known): void {
  const actor = requirePermission(ctx, 'templates.write')
  if (owner === null || owner === actor.userId || actor.organisationRole === 'TenantAdmin') return
  ctx.refusals.note(actor, 'templates.write', null, ctx)
  throw new ForbiddenError('templates.write', actor.organisationRole, 'Somebody else published this template first. Ask them or a TenantAdmin, or publish it under another name.')
}

export interface PublishTemplate {
  readonly document?: unknown
  readonly idempotencyKey?: Optional<string>
}

/**
 * Publishes a version. The very same content again changes nothing.
 *
 * @throws ValidationError with every fault of the template, AlreadyExistsError for a version that has other content, ForbiddenError
 */
export async function publishTemplate(ctx: Context, input: PublishTemplate): Promise<TemplateWritten> {
  const { organisationId } = requirePermission(ctx, 'templates.write')
  const template = checkDocument(input.document)
  const digest = templateDigest(template)
  const { name, version } = template
  const request = idempotentRequest(input.idempotencyKey, 'template.publish', { digest })
  return retryOnRace(organisationId, async () => {
    const known = await readKnown(ctx, template, input.idempotencyKey)
    const earlier = replayed<TemplateWritten>(request, known)
    if (earlier !== null) return earlier
    requireOwner(ctx, known)
    if (known.digest === digest) return { name, version, sequence: known.sequence }
    if (known.id !== null) throw new AlreadyExistsError(`${name} ${version} was published with other content. A version never changes: raise it.`, ['document', 'version'])
    if (known.versions >= MAX_VERSIONS) throw new ValidationError(`An organisation has at most ${MAX_VERSIONS} versions of templates.`, ['document'])
    const result: TemplateWritten = { name, version, sequence: known.sequence + 1 }
    const id = newUuid(ctx.clock.now().getTime())
    const told = { name, version, kind: template.kind, digest }
    const sequence = await commitWrite(ctx, {
      action: 'template.publish', target: { type: 'template', id }, organisationId, stream: { id: organisationId, expected: known.sequence }, governed: null,
      event: { kind: 'template.published', version: 1, data: JSON.stringify(told) }, before: null, after: JSON.stringify(told), details: told,
      rows: [insertTemplate(id, template, digest)], idempotency: request, result,
    })
    return sequence === null ? null : result
  })
}

function checkDocument(document: unknown): Template {
  if ((JSON.stringify(document) ?? '').length > MAX_TEMPLATE_LENGTH) throw new ValidationError(`A template has at most ${MAX_TEMPLATE_LENGTH} characters.`, ['document'])
  const { template, problems } = checkTemplate(document)
  if (template === undefined) throw new ValidationError(`The template has faults: ${problems.find(({ severity }) => severity === 'error')!.message}`, ['document'], problems)
  return template
}

export interface DeprecateTemplate {
  readonly name: string
  readonly version: string
  /** Null: it is recommended again. */
  readonly reason?: Optional<string>
  readonly idempotencyKey?: Optional<string>
}

/** Says of a version that nobody should begin with it any more. Plans that were made from it can still be updated. @throws NotFoundError, ForbiddenError */
export async function deprecate(ctx: Context, input: DeprecateTemplate): Promise<TemplateWritten> {
  const { organisationId } = requirePermission(ctx, 'templates.write')
  const { name, version } = input
  const reason = checkReason(input.reason)
  const request = idempotentRequest(input.idempotencyKey, 'template.deprecate', { name, version, reason })
  return retryOnRace(organisationId, async () => {
    const known = await readKnown(ctx, input, input.idempotencyKey)
    const earlier = replayed<TemplateWritten>(request, known)
    if (earlier !== null) return earlier
    if (known.id === null) throw new NotFoundError('template', `${name}@${version}`, ['name'])
    requireOwner(ctx, known)
    if (known.deprecated_reason === reason) return { name, version, sequence: known.sequence }
    const result: TemplateWritten = { name, version, sequence: known.sequence + 1 }
    const told = { name, version, reason }
    const sequence = await commitWrite(ctx, {
      action: 'template.deprecate', target: { type: 'template', id: known.id }, organisationId, stream: { id: organisationId, expected: known.sequence }, governed: null,
      event: { kind: 'template.deprecated', version: 1, data: JSON.stringify(told) }, before: JSON.stringify({ reason: known.deprecated_reason }), after: JSON.stringify({ reason }), details: told,
      rows: [deprecateTemplate(known.id, reason)], idempotency: request, result,
    })
    return sequence === null ? null : result
  })
}

function checkReason(reason: Optional<string>): string | null {
  const trimmed = reason?.trim() ?? null
  if (trimmed === '' || (trimmed !== null && trimmed.length > MAX_REASON)) throw new ValidationError(`A reason has 1 to ${MAX_REASON} characters.`, ['reason'])
  return trimmed
}

export interface InstantiateTemplates {
  /** `NAME` or `NAME@RANGE`. */
  readonly templates: readonly string[]
  readonly values?: unknown
}

/** Makes a plan of templates, of those that they require too. Nothing is written. @throws NotFoundError, ValidationError */
export async function instantiateTemplates(ctx: Context, { templates, values }: InstantiateTemplates): Promise<Instantiation> {
  requirePermission(ctx, 'templates.read')
  if (templates.length === 0 || templates.length > MAX_TOGETHER) throw new ValidationError(`1 to ${MAX_TOGETHER} templates make a plan.`, ['templates'])
  const given = checkValues(values)
  const asked: Template[] = []
  for (const reference of new Set(templates)) asked.push(await find(ctx, reference, ['templates']))
  if (new Set(asked.map(({ name }) => name)).size < asked.length) throw new ValidationError('One template stands there in two versions.', ['templates'])
  const all = await required(ctx, asked)
  const uses = usesOf(all, given)
  const made = instantiate(uses)
  return { ...made, problems: [...made.problems, ...unknownValues(uses, given)] }
}

async function required(ctx: Context, asked: readonly Template[]): Promise<Template[]> {
  try {
    return await withRequired(sourcesOf(ctx), asked)
  } catch (error) {
    throw error instanceof TemplateNotFoundError ? new ValidationError(`A template that is required is missing. ${error.message}`, ['templates']) : error
  }
}

const isValue = (value: unknown): value is TemplateValue => ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every((element) => typeof element === 'string'))

function checkValues(values: unknown): TemplateValues {
  if (values === null || values === undefined) return {}
  const isFit = typeof values === 'object' && !Array.isArray(values) && Object.values(values).every(isValue)
  if (!isFit) throw new ValidationError('values is an object of texts, numbers, truth values and lists of texts.', ['values'])
  return values as TemplateValues
}
