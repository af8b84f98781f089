import { builder } from '../builder.ts'
import type { Written } from '../organisations/change.ts'
import { PlatformRoleEnum, TierEnum } from '../shared/enums.ts'
import { WRITE_ERRORS } from '../shared/error-types.ts'
import { idempotencyKey } from '../shared/inputs.ts'
import { setPlatformRole, updateTenant } from './service.ts'
import type { TenantWritten } from './service.ts'
import { PlatformPerson, Tenant } from './types.ts'

const UpdateTenantPayload = builder.objectRef<Written<TenantWritten>>('UpdateTenantPayload').implement({
  description: 'The organisation after the write.',
  fields: (t) => ({
    sequence: t.exposeInt('sequence', { description: "Sequence of the organisation's newest event after the write." }),
    tenant: t.prismaField({
      type: Tenant,
      description: 'The organisation as it is now.',
      resolve: (query, { organisationId }, _args, ctx) => ctx.prisma.organisation.findUniqueOrThrow({ ...query, where: { id: organisationId } }),
    }),
  }),
})

const UpdateTenantInput = builder.inputType('UpdateTenantInput', {
  description: 'What to change of an organisation; absent fields stay.',
  fields: (t) => ({
    organisationId: t.id({ required: true, description: 'Node id or slug.' }),
    tier: t.field({ type: TierEnum, description: 'What it has paid for.' }),
    extraSeats: t.int({ description: 'Seats beyond those that the tier includes, up to what it can have.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('updateTenant', (t) =>
  t.field({
    type: UpdateTenantPayload,
    description: 'Sets tier and extra seats of an organisation. What it uses beyond them stays; it gets no more of it.',
    extensions: { permission: 'tenants.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'UpdateTenantResult' } },
    args: { input: t.arg({ type: UpdateTenantInput, required: true, description: 'What to change.' }) },
    resolve: (_root, { input }, ctx) => updateTenant(ctx, input),
  }),
)

const SetPlatformRolePayload = builder.objectRef<{ userId: string }>('SetPlatformRolePayload').implement({
  description: 'Somebody after the write.',
  fields: (t) => ({
    person: t.prismaField({
      type: PlatformPerson,
      description: 'Who, and the role as it is now.',
      resolve: (query, { userId }, _args, ctx) => ctx.prisma.user.findUniqueOrThrow({ ...query, where: { id: userId } }),
    }),
  }),
})

const SetPlatformRoleInput = builder.inputType('SetPlatformRoleInput', {
  description: 'Who gets which role.',
  fields: (t) => ({
    userId: t.id({ required: true, description: 'Node id, UUID or e-mail address.' }),
    role: t.field({ type: PlatformRoleEnum, description: 'The role. Absent or null takes it away.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('setPlatformRole', (t) =>
  t.field({
    type: SetPlatformRolePayload,
    description: 'Gives somebody a role on the platform, or takes it away. There is always a GlobalAdmin.',
    extensions: { permission: 'tenants.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'SetPlatformRoleResult' } },
    args: { input: t.arg({ type: SetPlatformRoleInput, required: true, description: 'Who, and which role.' }) },
    resolve: (_root, { input }, ctx) => setPlatformRole(ctx, { ...input, role: input.role ?? null }),
  }),
)
