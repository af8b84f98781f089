import { builder } from '../builder.ts'
import { paged, totalCountOf } from '../shared/connections.ts'
import { readBuiltIn, readTemplate, readTemplates } from './reads.ts'
import { instantiateTemplates } from './service.ts'
import { Instantiated, Template, TemplateKindEnum } from './types.ts'

const permission = 'templates.read'

builder.queryField('templates', (t) =>
  t.connection(
    {
      type: Template,
      description: 'Versions of templates that the organisation published, newest first.',
      extensions: { permission },
      args: { name: t.arg.string({ description: 'Only versions of this one.' }), kind: t.arg({ type: TemplateKindEnum, description: 'Only those. Default: both.' }) },
      resolve: paged(readTemplates),
    },
    { fields: (f) => ({ totalCount: f.int({ description: 'How many match, on all pages.', resolve: totalCountOf }) }) },
  ),
)

builder.queryField('builtInTemplates', (t) =>
  t.field({ type: [Template], description: 'The templates and packs that come with BuildRunner, by name.', extensions: { permission }, resolve: (_root, _args, ctx) => readBuiltIn(ctx) }),
)

builder.queryField('template', (t) =>
  t.field({
    type: Template,
    nullable: true,
    description: "A version of a template; the organisation's go before built-in ones. NOT_FOUND when there is none.",
    extensions: { permission },
    args: { template: t.arg.string({ required: true, description: '`NAME`, for the newest version that is not deprecated, or `NAME@RANGE`: `web-app@^1.0.0`.' }) },
    resolve: (_root, { template }, ctx) => readTemplate(ctx, template),
  }),
)

builder.queryField('instantiateTemplates', (t) =>
  t.field({
    type: Instantiated,
    description: 'What templates and packs become together. Nothing is written: `importPlan` takes the document.',
    extensions: { permission },
    complexity: 50,
    args: {
      templates: t.arg.stringList({ required: true, description: '`NAME` or `NAME@RANGE`, 1 to 20. What they require comes by itself.' }),
      values: t.arg({ type: 'JSON', description: 'Values of parameters: texts, numbers, truth values, lists of texts. `auth.methods` is for the template `auth` alone.' }),
    },
    resolve: (_root, args, ctx) => instantiateTemplates(ctx, args),
  }),
)
