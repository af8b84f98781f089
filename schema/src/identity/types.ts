import { builder } from '../builder.ts'
import type { Actor } from '../context.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { requireActor } from '../shared/permissions.ts'

export const Organisation = builder.prismaNode('Organisation', {
  id: { field: 'id' },
  description: 'A customer: projects, members and keys belong to it.',
  nullable: true,
  // a key sees its own organisation only: any other id finds nothing
  findUnique: (id, ctx) => ({ id, AND: { id: requireActor(ctx).organisationId } }),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name people see.' }),
    slug: t.exposeString('slug', { description: 'Unique; part of addresses.' }),
  }),
})

/** A person as others see them. */
export const PersonType = builder.objectRef<{ readonly id: string; readonly name: string }>('Person').implement({
  description: 'Somebody, as others see them.',
  fields: (t) => ({
    id: t.id({ description: 'Node id of the user.', resolve: (person) => encodeNodeId('User', person.id) }),
    name: t.exposeString('name', { description: 'Display name.' }),
  }),
})

export const ApiKeyInfo = builder.prismaObject('ApiKey', {
  name: 'ApiKeyInfo',
  description: 'An API key, without its secret.',
  fields: (t) => ({
    id: t.id({ description: 'Node id.', resolve: (key) => encodeNodeId('ApiKey', key.id) }),
    name: t.exposeString('name', { description: 'The name its owner gave it.' }),
    prefix: t.exposeString('keyPrefix', { description: 'The clear part of the key, to recognise it by.' }),
    scopes: t.exposeStringList('scopes', { description: 'What it may do; `*` is everything.' }),
  }),
})

/** The person behind a request. */
export const Viewer = builder.objectRef<Actor & { name: string; email: string; language: string | null }>('Viewer').implement({
  description: 'Who asks, and with which key.',
  fields: (t) => ({
    id: t.id({ description: 'Node id of the user.', resolve: (viewer) => encodeNodeId('User', viewer.userId) }),
    name: t.exposeString('name', { description: 'Display name.' }),
    email: t.exposeString('email', { description: 'E-mail address.' }),
    language: t.exposeString('language', { nullable: true, description: 'What they are written to in: `en`, `es`, `fr` or `de`. Null: nobody knows.' }),
    organisation: t.prismaField({
      type: Organisation,
      description: 'The organisation the key belongs to.',
      resolve: (query, viewer, _args, ctx) => ctx.prisma.organisation.findUniqueOrThrow({ ...query, where: { id: viewer.organisationId } }),
    }),
    apiKey: t.prismaField({
      type: ApiKeyInfo,
      nullable: true,
      description: 'The key of this request; null when it came with a session.',
      resolve: (query, viewer, _args, ctx) => (viewer.apiKeyId === null ? null : ctx.prisma.apiKey.findUnique({ ...query, where: { id: viewer.apiKeyId } })),
    }),
  }),
})
