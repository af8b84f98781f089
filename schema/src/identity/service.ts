/** Who asks. */
import type { Actor, Context } from '../context.ts'
import { UnauthenticatedError } from '../shared/errors.ts'

/** @throws UnauthenticatedError without a key. */
export async function readViewer(ctx: Context): Promise<Actor & { name: string; email: string }> {
  if (ctx.actor === null) throw new UnauthenticatedError()
  const user = await ctx.prisma.user.findUniqueOrThrow({ where: { id: ctx.actor.userId }, select: { name: true, email: true } })
  return { ...ctx.actor, ...user }
}
