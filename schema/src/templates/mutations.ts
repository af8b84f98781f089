import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { WRITE_ERRORS } from '../shared/error-types.ts'
import { AlreadyExistsError } from '../shared/errors.ts'
import { idempotencyKey } from '../shared/inputs.ts'
import { readTemplate } from './reads.ts'
import { deprecate, publishTemplate } from './service.ts'
import type { TemplateWritten } from './service.ts'
import { Template } from './types.ts'

const payload = (name: string, description: string) =>
  builder.objectRef<TemplateWritten>(name).implement({
    description,
    fields: (t) => ({
      sequence: t.exposeInt('sequence', { description: "Sequence of the organisation's newest event after the write." }),
      template: t.field({ type: Template, description: 'The version as it is now.', resolve: ({ name: of, version }, _args, ctx: Context) => readTemplate(ctx, `${of}@${version}`) }),
    }),
  })

const PublishTemplateInput = builder.inputType('PublishTemplateInput', {
  description: 'A version of a template or pack.',
  fields: (t) => ({ document: t.field({ type: 'JSON', required: true, description: 'The template, in format 1, at most 256 KB.' }), idempotencyKey: idempotencyKey(t) }),
})

builder.mutationField('publishTemplate', (t) =>
  t.field({
    type: payload('PublishTemplatePayload', 'A version that is published.'),
    description: 'Publishes a version of a template for the organisation. It never changes: the same content again changes nothing, other content is refused.',
    extensions: { permission: 'templates.write' },
    errors: { types: [...WRITE_ERRORS, AlreadyExistsError], union: { name: 'PublishTemplateResult' } },
    args: { input: t.arg({ type: PublishTemplateInput, required: true, description: 'The template.' }) },
    resolve: (_root, { input }, ctx) => publishTemplate(ctx, input),
  }),
)

const DeprecateTemplateInput = builder.inputType('DeprecateTemplateInput', {
  description: 'Which version to deprecate.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name.' }), version: t.string({ required: true, description: 'Its version.' }),
    reason: t.string({ description: 'Why, and what to use instead: at most 500 characters. Null: it is recommended again.' }), idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('deprecateTemplate', (t) =>
  t.field({
    type: payload('DeprecateTemplatePayload', 'A version after its deprecation.'),
    description: 'Says of a version that nobody should begin with it any more. Plans that were made from it can still be updated.',
    extensions: { permission: 'templates.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'DeprecateTemplateResult' } },
    args: { input: t.arg({ type: DeprecateTemplateInput, required: true, description: 'The version.' }) },
    resolve: (_root, { input }, ctx) => deprecate(ctx, input),
  }),
)
