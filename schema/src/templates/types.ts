import type { Instantiation, Template as Document, TemplateConflict, UsedTemplate } from '@buildrunner/sdk/template-engine'
import { builder } from '../builder.ts'
import { PersonType } from '../identity/types.ts'
import { PlanProblemType } from '../shared/plan-values.ts'
import { documentOf } from './reads.ts'
import type { TemplateRow } from './rows.ts'

export const TemplateKindEnum = builder.enumType('TemplateKind', {
  description: 'What a template is for.',
  values: { TEMPLATE: { value: 'template', description: 'It begins a project.' }, PACK: { value: 'pack', description: 'It adds one concern to a project.' } } as const,
})

export const Template = builder.objectRef<TemplateRow>('Template').implement({
  description: 'A version of a template or pack. What it says never changes.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is called, in commands too.' }),
    version: t.exposeString('version', { description: 'Semantic version.' }),
    kind: t.expose('kind', { type: TemplateKindEnum, description: 'What it is for.' }),
    title: t.exposeString('title', { description: 'For people.' }),
    description: t.exposeString('description', { description: 'What it plans.' }),
    tags: t.stringList({ description: 'Words to find it by.', resolve: ({ tags }) => [...tags] }),
    digest: t.exposeString('digest', { description: 'SHA-256 (hexadecimal) of its content.' }),
    builtIn: t.boolean({ description: 'It comes with BuildRunner.', resolve: ({ publishedAt }) => publishedAt === null }),
    deprecatedReason: t.exposeString('deprecatedReason', { nullable: true, description: 'Why nobody should begin with it any more; null while people should.' }),
    deprecatedAt: t.expose('deprecatedAt', { type: 'DateTime', nullable: true, description: 'Since when.' }),
    publishedBy: t.expose('publishedBy', { type: PersonType, nullable: true, description: 'Who published it; null for a built-in one.' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', nullable: true, description: 'When; null for a built-in one.' }),
    document: t.field({ type: 'JSON', description: 'All of it: parameters, plan, policy, anchors and joins.', resolve: (template, _args, ctx): Document | Promise<Document> => documentOf(ctx, template) }),
  }),
})

const Conflict = builder.objectRef<TemplateConflict>('TemplateConflict').implement({
  description: 'What templates disagree about when they are used together, and what was done.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: '`id`, `variable`, `rule`, `phase`, `requirement`, `join` or `cycle`.' }),
    severity: t.exposeString('severity', { description: '`error`: there is no plan; `warning`: `resolution` says what was done.' }),
    templates: t.stringList({ description: 'Between which.', resolve: ({ templates }) => [...templates] }),
    name: t.exposeString('name', { description: 'What it is about: an id, a parameter, an anchor.' }),
    message: t.exposeString('message', { description: 'For people.' }),
    resolution: t.exposeString('resolution', { description: 'What was done, or has to be.' }),
  }),
})

const Used = builder.objectRef<UsedTemplate>('UsedTemplate').implement({
  description: 'What a plan remembers of a template that it was made from: an entry of `x-template`.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    version: t.exposeString('version', { description: 'Its version.' }),
    digest: t.exposeString('digest', { description: 'SHA-256 (hexadecimal) of its content.' }),
    values: t.field({ type: 'JSON', description: 'Values that were given.', resolve: ({ values }) => values }),
  }),
})

export const Instantiated = builder.objectRef<Instantiation>('TemplateInstantiation').implement({
  description: 'What templates become with values.',
  fields: (t) => ({
    document: t.field({ type: 'JSON', nullable: true, description: 'The plan, as in plan.json, with `x-template`; null where a value is wrong or a conflict is an error.', resolve: ({ plan, used }) => plan && { ...plan, 'x-template': used } }),
    policy: t.field({ type: 'JSON', description: 'Rules and gates for `governance/policy.yml`: `{ rules, phases }`.', resolve: ({ policy }) => policy }),
    conflicts: t.field({ type: [Conflict], description: 'What the templates disagree about.', resolve: ({ conflicts }) => conflicts }),
    problems: t.field({ type: [PlanProblemType], description: 'Values that are missing, wrong or unknown; `pointer` is `/variables/<name>`.', resolve: ({ problems }) => problems }),
    used: t.field({ type: [Used], description: 'The templates, those that others require among them.', resolve: ({ used }) => used }),
  }),
})
