/** Who may confirm a criterion that names somebody. */
import type { AcceptanceCriterion } from '@buildrunner/sdk/plans'
import type { Context } from '../context.ts'
import { resolveMentions } from '../organisations/mentions.ts'
import { statement } from '../shared/database.ts'
import { ForbiddenError } from '../shared/errors.ts'
import { PROJECT_ROLES, requireActor, roleIn } from '../shared/permissions.ts'

const EMAIL = statement<{ id: string }>('qa:confirmer', 'SELECT id FROM users WHERE id = $1::uuid AND lower(email) = lower($2::text)')
/** As mentions are written, the `@` and the kind left out where it pleases. */
const NAMED = /^@?(?:(role|team):)?(.+)$/s

/**
 * Whether `by` means who asks: a role (`QA`, `role:QA`), a team (`team:web`), an e-mail address, or a person as they are mentioned.
 * Of a role only who has it in this project, so that not even a TenantAdmin, who acts as PM, confirms what is for QA.
 */
async function isMeant(ctx: Context, where: { readonly organisationId: string; readonly projectId: string }, by: string): Promise<boolean> {
  const actor = requireActor(ctx)
  const [, kind = 'user', name = by] = NAMED.exec(by.trim()) ?? []
  const role = PROJECT_ROLES.find((one) => one.toLowerCase() === name.toLowerCase())
  if (kind === 'role' || (kind === 'user' && role !== undefined)) return role !== undefined && roleIn(actor, where.projectId) === role
  if (name.includes('@')) return (await ctx.db.query(EMAIL, [actor.userId, name])).length > 0
  const meant = await resolveMentions(ctx, where, [{ kind: kind as 'user' | 'team', name }])
  return [...meant.values()].some((people) => people.includes(actor.userId))
}

/** @throws ForbiddenError unless who asks is whom the check names; a check that names nobody is for everybody with `qa.run` */
export async function requireConfirmer(ctx: Context, project: { readonly organisation_id: string; readonly project_id: string }, { check }: AcceptanceCriterion): Promise<void> {
  const by = check?.kind === 'manual' ? check.by : undefined
  if (by === undefined || (await isMeant(ctx, { organisationId: project.organisation_id, projectId: project.project_id }, by))) return
  throw new ForbiddenError('qa.run', null, `Only ${by} may confirm this criterion: its check says so. Ask them, or change the check.`)
}
