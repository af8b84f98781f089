import { builder } from '../builder.ts'
import type { Context, Impersonator } from '../context.ts'
import { PersonType, Viewer } from '../identity/types.ts'
import { encodeNodeId } from '../shared/ids.ts'

/** Prisma joins the look-ups of a list into one statement. */
const personOf = (ctx: Context, id: string) => ctx.prisma.user.findUniqueOrThrow({ where: { id }, select: { id: true, name: true } })

export const ImpersonationType = builder.prismaObject('Impersonation', {
  description: 'Somebody acting as somebody of a lower rank, for a while.',
  fields: (t) => ({
    id: t.id({ description: 'Node id.', resolve: (row) => encodeNodeId('Impersonation', row.id) }),
    organisationId: t.id({ description: 'Node id of the organisation in which they act.', resolve: (row) => encodeNodeId('Organisation', row.organisationId) }),
    impersonator: t.field({ type: PersonType, description: 'Who really acts.', resolve: (row, _args, ctx) => personOf(ctx, row.adminId) }),
    user: t.field({ type: PersonType, description: 'Whom they act as.', resolve: (row, _args, ctx) => personOf(ctx, row.userId) }),
    reason: t.exposeString('reason', { description: 'Why.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'Since when.' }),
    endsAt: t.expose('endsAt', { type: 'DateTime', description: 'It ends by itself then.' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true, description: 'When somebody ended it before that; null otherwise.' }),
  }),
})

/** What a client shows as long as somebody is impersonated. */
const BannerType = builder.objectRef<Impersonator & { readonly viewerId: string }>('ImpersonationBanner').implement({
  description: 'Who really acts in this request, and until when: for a client to show. The same is in `extensions.impersonation` of every answer.',
  fields: (t) => ({
    id: t.id({ description: 'Node id of the impersonation.', resolve: (banner) => encodeNodeId('Impersonation', banner.impersonationId) }),
    impersonator: t.field({ type: PersonType, description: 'Who really acts.', resolve: (banner) => ({ id: banner.userId, name: banner.name }) }),
    user: t.field({ type: PersonType, description: 'Whom they act as.', resolve: (banner) => ({ id: banner.viewerId, name: banner.actsAs }) }),
    reason: t.exposeString('reason', { description: 'Why.' }),
    endsAt: t.expose('endsAt', { type: 'DateTime', description: 'It ends by itself then.' }),
  }),
})

builder.objectField(Viewer, 'impersonation', (t) =>
  t.field({
    type: BannerType,
    nullable: true,
    description: 'Set when somebody acts as this person.',
    resolve: (viewer) => (viewer.impersonator === null ? null : { ...viewer.impersonator, viewerId: viewer.userId }),
  }),
)
