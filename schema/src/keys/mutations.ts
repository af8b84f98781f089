import { builder } from '../builder.ts'
import { ApiKeyInfo } from '../identity/types.ts'
import { WRITE_ERRORS } from '../shared/error-types.ts'
import { idempotencyKey } from '../shared/inputs.ts'
import type { InputFields } from '../shared/inputs.ts'
import { createKey, revokeKeyById, rotateKey } from './service.ts'
import type { KeyMade, KeyWritten } from './service.ts'

const keyId = (t: InputFields) => t.id({ required: true, description: 'The key: node id or UUID.' })

/** What every payload tells of its write. */
const written = <Written extends KeyWritten>(name: string) => builder.objectRef<Written>(name)

const fieldsOf = (ref: ReturnType<typeof written>) =>
  builder.objectFields(ref, (t) => ({
    sequence: t.exposeInt('sequence', { description: "Sequence of the organisation's newest event after the write." }),
    apiKey: t.prismaField({
      type: ApiKeyInfo,
      description: 'The key as it is now, without its secret.',
      resolve: (query, { keyId: id }, _args, ctx) => ctx.prisma.apiKey.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }))

const made = (name: string) => {
  const ref = written<KeyMade>(name).implement({
    description: 'A new key.',
    fields: (t) => ({
      secret: t.exposeString('secret', { nullable: true, description: 'The key itself, as requests carry it. It is shown this once; null where `replayed` is true.' }),
      replayed: t.boolean({
        description: 'True when the request was carried out before, under the same idempotency key: the secret was in that answer, and nobody knows it any more. Rotate the key to get another.',
        resolve: ({ secret }) => secret === null,
      }),
    }),
  })
  fieldsOf(ref as never)
  return ref
}

const CreateApiKeyInput = builder.inputType('CreateApiKeyInput', {
  description: 'A new API key.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What it is for, to recognise it by: 1 to 100 characters.' }),
    scopes: t.stringList({ required: true, description: 'What it may do: permissions such as `planner.read`, or `*` for all that its person may do. It gets none that the maker does not have.' }),
    projectId: t.id({ description: 'The project that it is bound to: node id, UUID or slug. Absent: every project that its person can see.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'Until when it is accepted. Absent: until it is revoked, or as long as the key that makes it.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('createApiKey', (t) =>
  t.field({
    type: made('CreateApiKeyPayload'),
    description: 'Makes an API key of the person who asks.',
    extensions: { permission: 'keys.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'CreateApiKeyResult' } },
    args: { input: t.arg({ type: CreateApiKeyInput, required: true, description: 'The key.' }) },
    resolve: (_root, { input }, ctx) => createKey(ctx, input),
  }),
)

const RotateApiKeyInput = builder.inputType('RotateApiKeyInput', {
  description: 'Which key to rotate.',
  fields: (t) => ({
    keyId: keyId(t),
    graceSeconds: t.int({ description: "How long the old key is still accepted; 0 ends it at once. Default and maximum are the operator's: a day and a week." }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('rotateApiKey', (t) =>
  t.field({
    type: made('RotateApiKeyPayload'),
    description: 'Replaces a key by a new one with the same name, scopes, project and expiry, which belongs to the person who asks. The old one stays valid for the grace period.',
    extensions: { permission: 'keys.write', permissionForOthers: 'keys.manage' },
    errors: { types: WRITE_ERRORS, union: { name: 'RotateApiKeyResult' } },
    args: { input: t.arg({ type: RotateApiKeyInput, required: true, description: 'Which key.' }) },
    resolve: (_root, { input }, ctx) => rotateKey(ctx, input),
  }),
)

const RevokeApiKeyInput = builder.inputType('RevokeApiKeyInput', {
  description: 'Which key to revoke.',
  fields: (t) => ({ keyId: keyId(t), idempotencyKey: idempotencyKey(t) }),
})

const RevokeApiKeyPayload = written<KeyWritten>('RevokeApiKeyPayload').implement({ description: 'The key after it was revoked.' })
fieldsOf(RevokeApiKeyPayload as never)

builder.mutationField('revokeApiKey', (t) =>
  t.field({
    type: RevokeApiKeyPayload,
    description: 'Revokes a key. Within a second no server accepts it any more.',
    extensions: { permission: 'keys.write', permissionForOthers: 'keys.manage' },
    errors: { types: WRITE_ERRORS, union: { name: 'RevokeApiKeyResult' } },
    args: { input: t.arg({ type: RevokeApiKeyInput, required: true, description: 'Which key.' }) },
    resolve: (_root, { input }, ctx) => revokeKeyById(ctx, input),
  }),
)
