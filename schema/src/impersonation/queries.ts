import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { requirePermission } from '../shared/permissions.ts'
import { organisationMeant } from './service.ts'
import { ImpersonationType } from './types.ts'

interface Filter {
  readonly organisationId?: string | null
  readonly running?: boolean | null
}

async function matching(ctx: Context, { organisationId, running }: Filter) {
  const actor = requirePermission(ctx, 'people.impersonate')
  const where = organisationId == null && actor.platformRole !== null ? {} : { organisationId: await organisationMeant(ctx, organisationId) }
  const isRunning = { endedAt: null, endsAt: { gt: ctx.clock.now() } }
  return { ...where, ...(running === true ? isRunning : running === false ? { NOT: isRunning } : {}) }
}

builder.queryField('impersonations', (t) =>
  t.prismaConnection({
    type: ImpersonationType,
    cursor: 'id',
    description: 'Impersonations in the organisation, newest first; for who has a role on the platform those of every organisation.',
    extensions: { permission: 'people.impersonate' },
    args: {
      organisationId: t.arg.id({ description: 'Only those in this organisation: node id or slug.' }),
      running: t.arg.boolean({ description: 'true: only those that go on; false: only those that ended. Default: both.' }),
    },
    totalCount: async (_root, args, ctx) => ctx.prisma.impersonation.count({ where: await matching(ctx, args) }),
    resolve: async (query, _root, args, ctx) => ctx.prisma.impersonation.findMany({ ...query, where: await matching(ctx, args), orderBy: [{ startedAt: 'desc' }, { id: 'desc' }] }),
  }),
)
