/** The way every write of this domain takes: read the project, decide, commit as one event of its stream. */
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import { parseReference } from '../shared/ids.ts'
import { requireInProject, requirePermission } from '../shared/permissions.ts'
import type { Permission } from '../shared/permissions.ts'
import { PROJECT_COLUMNS, RECORDED_REQUEST, changeInProject } from '../shared/project-write.ts'
import type { ProjectDecision, ProjectRead, ProjectWrite } from '../shared/project-write.ts'

export type Place = ProjectRead

/** `$1` organisation, `$2` project, `$3` person, `$4` idempotency key. */
const PLACE = (by: string): string => `SELECT ${PROJECT_COLUMNS}
  FROM projects p JOIN event_streams s ON s.id = p.id ${RECORDED_REQUEST}
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

export type GovernanceWrite<Found extends Place, Result> = Omit<ProjectWrite<Found, Result>, 'named'>

export type Written<Result> = Result & { readonly projectId: string; readonly sequence: number }

export async function changeGovernance<Found extends Place, Result extends object>(ctx: Context, write: GovernanceWrite<Found, Result>): Promise<Written<Result>> {
  const { result } = await changeInProject(ctx, {
    ...write, named: { kind: 'project', ref: write.lock, path: [] },
    async decide(found: Found): Promise<ProjectDecision<Result & { projectId: string }>> {
      const decision = await write.decide(found)
      const projectId = found.project_id
      return 'unchanged' in decision ? { unchanged: { ...decision.unchanged, projectId } } : { ...decision, result: { ...decision.result, projectId } }
    },
  })
  return result
}
