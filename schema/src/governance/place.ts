/** The way every write of this domain takes: read the project, decide, commit as one event of its stream. */
import type { AuditAction } from '../audit/actions.ts'
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import { parseReference } from '../shared/ids.ts'
import { requireInProject, requirePermission } from '../shared/permissions.ts'
import type { Permission } from '../shared/permissions.ts'
import { authorise, commitWrite, idempotentRequest, replayed, retryOnRace } from '../shared/write.ts'
import type { RecordedRequest, Write } from '../shared/write.ts'
import { GOVERNED_COLUMNS, governedProject } from './governed.ts'
import type { Governed, GovernedColumns } from './governed.ts'

export interface Place extends GovernedColumns, RecordedRequest {
  organisation_id: string
  sequence: number
}

/** `$1` organisation, `$2` project, `$3` person, `$4` idempotency key. */
const PLACE = (by: string): string => `SELECT p.id AS project_id, p.organisation_id, ${GOVERNED_COLUMNS}, s.sequence, r.request_hash, r.result
  FROM projects p JOIN event_streams s ON s.id = p.id LEFT JOIN idempotency_records r ON r.actor_id = $3::uuid AND r.key = $4::text
  WHERE p.organisation_id = $1::uuid AND p.${by}`
const BY_ID = statement<Place>('governance:place:id', PLACE('id = $2::uuid'))
const BY_SLUG = statement<Place>('governance:place:slug', PLACE('slug = $2::text'))

/** @throws UnauthenticatedError, ForbiddenError, NotFoundError */
export async function readPlace(ctx: Context, permission: Permission, projectRef: string, idempotencyKey?: string | null): Promise<Place> {
  const actor = requirePermission(ctx, permission)
  const { uuid, name } = parseReference(projectRef, 'Project')
  const [row] = await ctx.db.query(uuid === null ? BY_SLUG : BY_ID, [actor.organisationId, uuid ?? name, actor.userId, idempotencyKey ?? null])
  requireInProject(ctx, permission, row?.project_id, { kind: 'project', ref: projectRef, path: ['projectId'] })
  return row
}

export interface GovernanceChange<Result> extends Pick<Write, 'target' | 'before' | 'after' | 'rows'> {
  readonly details?: Write['details']
  readonly event: { readonly kind: string; readonly data: object }
  /** What the write does, for the rules. */
  readonly about?: Pick<Governed, 'fields' | 'itemKey'>
  readonly result: Result
}

export interface GovernanceWrite<Found extends Place, Result> {
  readonly action: AuditAction
  readonly permission: Permission
  /** How the caller named what is written: a lock of this process. */
  readonly lock: string
  readonly input: { readonly idempotencyKey?: string | null | undefined }
  read(): Promise<Found>
  /** What changes; or what is answered where everything is as it should be. */
  decide(found: Found): Promise<GovernanceChange<Result> | { readonly unchanged: Result }>
}

export type Written<Result> = Result & { readonly projectId: string; readonly sequence: number }

export function changeGovernance<Found extends Place, Result extends object>(ctx: Context, write: GovernanceWrite<Found, Result>): Promise<Written<Result>> {
  const request = idempotentRequest(write.input.idempotencyKey, write.action, write.input)
  return retryOnRace(write.lock, async () => {
    const found = await write.read()
    const project = governedProject(found)
    authorise(ctx, write.permission, { id: project.id, kind: 'project', ref: write.lock, path: [] }, write.action, { projectArchived: project.archived })
    const earlier = replayed<Written<Result>>(request, found)
    if (earlier !== null) return earlier
    const change = await write.decide(found)
    if ('unchanged' in change) return { ...change.unchanged, projectId: project.id, sequence: found.sequence }
    const result = { ...change.result, projectId: project.id, sequence: found.sequence + 1 }
    const sequence = await commitWrite(ctx, {
      action: write.action, target: change.target, organisationId: found.organisation_id, stream: { id: project.id, expected: found.sequence }, governed: { project, ...change.about },
      event: { kind: change.event.kind, version: 1, data: JSON.stringify(change.event.data) }, before: change.before, after: change.after,
      ...(change.details !== undefined && { details: change.details }), rows: change.rows, idempotency: request, result,
    })
    return sequence === null ? null : result
  })
}
