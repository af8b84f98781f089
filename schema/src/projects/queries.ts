import { builder } from '../builder.ts'
import { parseReference } from '../shared/ids.ts'
import { requireInProject, requirePermission } from '../shared/permissions.ts'
import { Project, visibleIds } from './types.ts'

builder.queryField('projects', (t) =>
  t.prismaConnection({
    type: Project,
    cursor: 'id',
    description: 'Projects that the key can see, newest first.',
    extensions: { permission: 'projects.read' },
    args: {
      archived: t.arg.boolean({ description: 'true: only archived ones; false (the default): only those in use.', defaultValue: false }),
      search: t.arg.string({ description: 'Part of a name or slug, in any case.' }),
    },
    totalCount: (_root, args, ctx) => ctx.prisma.project.count({ where: visible(ctx, args) }),
    resolve: (query, _root, args, ctx) => ctx.prisma.project.findMany({ ...query, where: visible(ctx, args), orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] }),
  }),
)

function visible(ctx: Parameters<typeof requireProjectRead>[0], args: { archived?: boolean | null; search?: string | null }) {
  const actor = requireProjectRead(ctx)
  const contains = { contains: args.search ?? '', mode: 'insensitive' as const }
  return {
    organisationId: actor.organisationId,
    ...visibleIds(actor),
    archivedAt: args.archived === true ? { not: null } : null,
    ...(args.search ? { OR: [{ name: contains }, { slug: contains }] } : {}),
  }
}

const requireProjectRead = (ctx: Parameters<typeof requirePermission>[0]) => requirePermission(ctx, 'projects.read')

builder.queryField('project', (t) =>
  t.prismaField({
    type: Project,
    nullable: true,
    description: 'One project, by id or slug. NOT_FOUND when the key sees no such project.',
    extensions: { permission: 'projects.read' },
    args: { projectId: t.arg.id({ required: true, description: 'Node id, UUID or slug.' }) },
    resolve: async (query, _root, args, ctx) => {
      const actor = requireProjectRead(ctx)
      const ref = parseReference(args.projectId, 'Project')
      const where = ref.uuid === null ? { organisationId_slug: { organisationId: actor.organisationId, slug: ref.name } } : { id: ref.uuid, organisationId: actor.organisationId }
      const project = await ctx.prisma.project.findUnique({ ...query, where })
      requireInProject(ctx, 'projects.read', project?.id, { kind: 'project', ref: args.projectId, path: ['projectId'] })
      return project
    },
  }),
)
