import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { ApiKeyInfo } from '../identity/types.ts'
import { NotFoundError } from '../shared/errors.ts'
import { parseReference } from '../shared/ids.ts'
import { requirePermission } from '../shared/permissions.ts'

/** One's own; all of the organisation for who administrates it. */
function visible(ctx: Context) {
  const actor = requirePermission(ctx, 'keys.read')
  return { organisationId: actor.organisationId, ...(actor.organisationRole === 'TenantAdmin' ? {} : { userId: actor.userId }) }
}

function matching(ctx: Context, { active }: { active?: boolean | null | undefined }) {
  const isActive = { enabled: true, OR: [{ expiresAt: null }, { expiresAt: { gt: ctx.clock.now() } }] }
  return { ...visible(ctx), ...(active === true ? isActive : active === false ? { NOT: isActive } : {}) }
}

builder.queryField('apiKeys', (t) =>
  t.prismaConnection({
    type: ApiKeyInfo,
    cursor: 'id',
    description: "One's own API keys, newest first; a TenantAdmin sees all of the organisation.",
    extensions: { permission: 'keys.read' },
    args: { active: t.arg.boolean({ description: 'true: only those that are accepted; false: only those that ended. Default: both.' }) },
    totalCount: (_root, args, ctx) => ctx.prisma.apiKey.count({ where: matching(ctx, args) }),
    resolve: (query, _root, args, ctx) => ctx.prisma.apiKey.findMany({ ...query, where: matching(ctx, args), orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] }),
  }),
)

builder.queryField('apiKey', (t) =>
  t.prismaField({
    type: ApiKeyInfo,
    nullable: true,
    description: 'One API key, without its secret. NOT_FOUND when the request sees no such key.',
    extensions: { permission: 'keys.read' },
    args: { keyId: t.arg.id({ required: true, description: 'Node id or UUID.' }) },
    resolve: async (query, _root, { keyId }, ctx) => {
      const where = visible(ctx)
      const { uuid } = parseReference(keyId, 'ApiKey')
      const key = uuid === null ? null : await ctx.prisma.apiKey.findFirst({ ...query, where: { ...where, id: uuid } })
      if (key === null) throw new NotFoundError('API key', keyId, ['keyId'])
      return key
    },
  }),
)
