/** Who asks. */
import type { Actor, Context } from '../context.ts'
import { requireActor } from '../shared/permissions.ts'

/** @throws UnauthenticatedError without a key. */
export async function readViewer(ctx: Context): Promise<Actor & { name: string; email: string; language: string | null }> {
  const actor = requireActor(ctx)
  const user = await ctx.prisma.user.findUniqueOrThrow({ where: { id: actor.userId }, select: { name: true, email: true, language: true } })
  return { ...actor, ...user }
}
