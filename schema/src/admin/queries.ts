import { builder } from '../builder.ts'
import { requirePermission } from '../shared/permissions.ts'
import type { PlatformRole } from '../shared/permissions.ts'
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

builder.queryField('platformPeople', (t) =>
  t.field({
    type: [PlatformPerson],
    description: 'Everybody who has a role on the platform, by name.',
    extensions: { permission: 'tenants.read' },
    resolve: async (_root, _args, ctx) => {
      requirePermission(ctx, 'tenants.read')
      const people = await ctx.prisma.user.findMany({ where: { platformRole: { not: null } }, select: { id: true, name: true, platformRole: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }] })
      return people.map(({ id, name, platformRole }) => ({ id, name, role: platformRole as PlatformRole }))
    },
  }),
)
