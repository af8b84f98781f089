import { builder } from '../builder.ts'
import { requirePermission } from '../shared/permissions.ts'
import { PlatformPerson, Tenant } from './types.ts'

const matching = (search: string | null | undefined) => {
  const contains = { contains: search ?? '', mode: 'insensitive' as const }
  return search ? { OR: [{ name: contains }, { slug: contains }] } : {}
}

builder.queryField('tenants', (t) =>
  t.prismaConnection({
    type: Tenant,
    cursor: 'id',
    description: 'Every organisation on the server, newest first.',
    extensions: { permission: 'tenants.read' },
    args: { search: t.arg.string({ description: 'Part of a name or slug, in any case.' }) },
    totalCount: (_root, { search }, ctx) => {
      requirePermission(ctx, 'tenants.read')
      return ctx.prisma.organisation.count({ where: matching(search) })
    },
    resolve: (query, _root, { search }, ctx) => {
      requirePermission(ctx, 'tenants.read')
      return ctx.prisma.organisation.findMany({ ...query, where: matching(search), orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] })
    },
  }),
)

const withRole = { platformRole: { not: null } } as const

builder.queryField('platformPeople', (t) =>
  t.prismaConnection({
    type: PlatformPerson,
    cursor: 'id',
    description: 'Everybody who has a role on the platform, by name.',
    extensions: { permission: 'tenants.read' },
    totalCount: (_root, _args, ctx) => {
      requirePermission(ctx, 'tenants.read')
      return ctx.prisma.user.count({ where: withRole })
    },
    resolve: (query, _root, _args, ctx) => {
      requirePermission(ctx, 'tenants.read')
      return ctx.prisma.user.findMany({ ...query, where: withRole, orderBy: [{ name: 'asc' }, { id: 'asc' }] })
    },
  }),
)
