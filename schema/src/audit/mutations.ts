import { builder } from '../builder.ts'
import { WRITE_ERRORS } from '../shared/error-types.ts'
import { idempotencyKey } from '../shared/inputs.ts'
import { eraseAuditPersonalData } from './service.ts'
import type { PersonalDataErased } from './service.ts'
import { AuditChainEnum } from './types.ts'

const EraseAuditPersonalDataInput = builder.inputType('EraseAuditPersonalDataInput', {
  description: 'Whose personal data to erase.',
  fields: (t) => ({
    userId: t.id({ required: true, description: 'The person: node id or UUID. Somebody who left the organisation, too.' }),
    chain: t.field({ type: AuditChainEnum, required: true, defaultValue: 'organisation', description: 'In whose log.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

const EraseAuditPersonalDataPayload = builder.objectRef<PersonalDataErased>('EraseAuditPersonalDataPayload').implement({
  description: 'What was erased.',
  fields: (t) => ({ records: t.exposeInt('records', { description: 'How many records held personal data.' }) }),
})

builder.mutationField('eraseAuditPersonalData', (t) =>
  t.field({
    type: EraseAuditPersonalDataPayload,
    description: "Erases addresses, names and e-mail addresses from the records that a person made or that are about them. The records stay, and every proof stays valid: they hold a salted commitment to what was erased. This cannot be undone.",
    extensions: { permission: 'audit.erase' },
    errors: { types: WRITE_ERRORS, union: { name: 'EraseAuditPersonalDataResult' } },
    args: { input: t.arg({ type: EraseAuditPersonalDataInput, required: true, description: 'Whose.' }) },
    resolve: (_root, { input }, ctx) => eraseAuditPersonalData(ctx, input),
  }),
)
