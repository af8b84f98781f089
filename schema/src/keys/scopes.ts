/**
 * What a new key may be given. A key cannot outgrow its person: each scope is a permission that one of the person's roles has.
 * Nor can it outgrow the key that it is made with: that one's scopes must cover each of its own. The roles count again whenever
 * the key is used, so that `*` never means more than its person.
 */
import { nearest } from '../../../sdk/src/domain/plans/suggest.ts'
import type { Actor, Context } from '../context.ts'
import { ForbiddenError, ValidationError } from '../shared/errors.ts'
import { PERMISSIONS, PERMISSION_NAMES, covers, grants, may } from '../shared/permissions.ts'
import type { Permission, Role } from '../shared/permissions.ts'

const EVERYTHING = '*'

const isPermission = (scope: string): scope is Permission => (PERMISSION_NAMES as readonly string[]).includes(scope)

/** The scopes, each once, in the order given. @throws ValidationError naming what is no scope */
export function readScopes(scopes: readonly string[]): readonly (Permission | '*')[] {
  const unknown = scopes.filter((scope) => scope !== EVERYTHING && !isPermission(scope))
  if (unknown.length > 0) {
    const names = unknown.map((scope) => `${JSON.stringify(scope)}${suggestion(scope)}`).join(', ')
    throw new ValidationError(`No such scope: ${names}. Scopes are *, ${PERMISSION_NAMES.join(', ')}.`, ['scopes'])
  }
  if (scopes.length === 0) throw new ValidationError('A key has at least one scope; * is everything that its person may do.', ['scopes'])
  return [...new Set(scopes)] as (Permission | '*')[]
}

function suggestion(scope: string): string {
  const meant = nearest(scope, PERMISSION_NAMES)
  return meant === undefined ? '' : ` (did you mean ${meant}?)`
}

const rolesOf = ({ organisationRole, defaultRole, projectRoles }: Actor): Role[] =>
  organisationRole === 'TenantAdmin' ? [organisationRole] : [...(defaultRole === null ? [] : [defaultRole]), ...projectRoles.values()]

/** Whether the person may use a scope: in the project that the key is bound to, or in any where it is not bound. */
function isUsable(made: Actor, scope: Permission): boolean {
  if (made.projectId === null && PERMISSIONS[scope].level === 'project') return rolesOf(made).some((role) => grants(role, scope))
  return may(made, scope, made.projectId ?? undefined)
}

/** @throws ForbiddenError naming the first scope that the maker of the key may not give; it is noted in the audit log */
export function requireScopes(ctx: Context, maker: Actor, scopes: readonly (Permission | '*')[], projectId: string | null): void {
  const made: Actor = { ...maker, projectId, scopes: new Set(scopes) }
  for (const scope of scopes) {
    if (scope === EVERYTHING) {
      if (!maker.scopes.has(EVERYTHING)) throw new ForbiddenError(EVERYTHING)
      continue
    }
    const isCovered = covers(maker, scope)
    if (isCovered && isUsable(made, scope)) continue
    ctx.refusals.note(maker, scope, projectId, ctx)
    throw new ForbiddenError(scope, isCovered ? maker.organisationRole : null)
  }
}
