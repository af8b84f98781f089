/**
 * What a key may do. A permission is `<area>.read` or `<area>.write`, or `graphql.text`: documents of its own where only trusted
 * ones are executed. The scope `*` grants all of them.
 */
import type { Actor } from '../context.ts'
import { ForbiddenError, UnauthenticatedError } from './errors.ts'

export const PERMISSIONS = ['projects.read', 'projects.write', 'planner.read', 'planner.write', 'comments.read', 'comments.write', 'comments.moderate', 'graphql.text'] as const
export type Permission = (typeof PERMISSIONS)[number]

export const hasPermission = (actor: Actor, permission: Permission): boolean => actor.scopes.has('*') || actor.scopes.has(permission)

/** @throws UnauthenticatedError without a key. */
export function requireActor(actor: Actor | null): Actor {
  if (actor === null) throw new UnauthenticatedError()
  return actor
}

/** @throws UnauthenticatedError without a key, ForbiddenError naming the permission that is missing. */
export function requirePermission(actor: Actor | null, permission: Permission): Actor {
  const known = requireActor(actor)
  if (!hasPermission(known, permission)) throw new ForbiddenError(permission)
  return known
}

/** A key bound to one project sees no other. */
export const reachesProject = (actor: Actor, projectId: string): boolean => actor.projectId === null || actor.projectId === projectId
