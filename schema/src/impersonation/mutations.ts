import { builder } from '../builder.ts'
import type { Written } from '../organisations/change.ts'
import { WRITE_ERRORS } from '../shared/error-types.ts'
import { idempotencyKey } from '../shared/inputs.ts'
import { endImpersonation, startImpersonation } from './service.ts'
import type { ImpersonationStarted, ImpersonationWritten } from './service.ts'
import { ImpersonationType } from './types.ts'

type Payload = Written<ImpersonationWritten>

const Started = builder.objectRef<ImpersonationStarted>('StartImpersonationPayload').implement({
  description: 'An impersonation that has begun.',
  fields: (t) => ({
    token: t.exposeString('token', {
      nullable: true,
      description: 'The session that acts as the person: send it as `Authorization: Bearer`. It is shown this once; null when the request was carried out before, under the same idempotency key.',
    }),
  }),
})
const Ended = builder.objectRef<Payload>('EndImpersonationPayload').implement({ description: 'The impersonation after its end.' })

for (const ref of [Started, Ended] as unknown as (typeof Ended)[]) {
  builder.objectFields(ref, (t) => ({
    sequence: t.exposeInt('sequence', { description: "Sequence of the organisation's newest event after the write." }),
    impersonation: t.prismaField({
      type: ImpersonationType,
      description: 'The impersonation as it is now.',
      resolve: (query, { impersonationId }, _args, ctx) => ctx.prisma.impersonation.findUniqueOrThrow({ ...query, where: { id: impersonationId } }),
    }),
  }))
}

const StartImpersonationInput = builder.inputType('StartImpersonationInput', {
  description: 'Whom to act as, and why.',
  fields: (t) => ({
    userId: t.id({ required: true, description: 'A member of the organisation: node id, UUID or e-mail address.' }),
    reason: t.string({ required: true, description: 'Why, 10 to 500 characters. It is kept in the audit log and shown in every answer.' }),
    minutes: t.int({ description: "How long, 1 to the operator's bound. Default: the operator's." }),
    organisationId: t.id({ description: 'In which organisation: node id or slug. Another than the own needs a role on the platform.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('startImpersonation', (t) =>
  t.field({
    type: Started,
    description: 'Opens a session that acts as somebody of a lower rank (Member < TenantAdmin < SupportAgent < GlobalAdmin). It ends by itself; credentials cannot be made or changed in it.',
    extensions: { permission: 'people.impersonate' },
    errors: { types: WRITE_ERRORS, union: { name: 'StartImpersonationResult' } },
    args: { input: t.arg({ type: StartImpersonationInput, required: true, description: 'Whom, and why.' }) },
    resolve: (_root, { input }, ctx) => startImpersonation(ctx, input),
  }),
)

const EndImpersonationInput = builder.inputType('EndImpersonationInput', {
  description: 'Which impersonation to end.',
  fields: (t) => ({
    impersonationId: t.id({ description: 'Node id or UUID. Default: the one under which the request is made; that one needs no permission.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('endImpersonation', (t) =>
  t.field({
    type: Ended,
    description: 'Ends an impersonation and its session: the own one, or any of the organisation.',
    extensions: { permission: 'people.impersonate' },
    errors: { types: WRITE_ERRORS, union: { name: 'EndImpersonationResult' } },
    args: { input: t.arg({ type: EndImpersonationInput, required: true, description: 'Which one.' }) },
    resolve: (_root, { input }, ctx) => endImpersonation(ctx, input),
  }),
)
