/** What a key may do. A permission is `<area>.read` or `<area>.write`; the scope `*` grants all of them. */
import type { Actor } from '../context.ts'
import { ForbiddenError, UnauthenticatedError } from './errors.ts'

export const PERMISSIONS = ['projects.read', 'projects.write', 'planner.read', 'planner.write'] as const
export type Permission = (typeof PERMISSIONS)[number]

export const hasPermission = (actor: Actor, permission: Permission): boolean => actor.scopes.has('*') || actor.scopes.has(permission)

/** @throws UnauthenticatedError without a key, ForbiddenError naming the permission that is missing. */
export function requirePermission(actor: Actor | null, permission: Permission): Actor {
  if (actor === null) throw new UnauthenticatedError()
  if (!hasPermission(actor, permission)) throw new ForbiddenError(permission)
  return actor
}

/** A key bound to one project sees no other. */
export const reachesProject = (actor: Actor, projectId: string): boolean => actor.projectId === null || actor.projectId === projectId
