/** The Pothos builder: plugins, scalars and the context. It defines no types. */
import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import ErrorsPlugin from '@pothos/plugin-errors'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import { getDatamodel } from '@buildrunner/prisma'
import type { PrismaTypes } from '@buildrunner/prisma'
import { getNullableType, isListType, isObjectType } from 'graphql'
import type { GraphQLResolveInfo } from 'graphql'
import type { Context } from './context.ts'
import { decodeNodeId, encodeNodeId } from './shared/ids.ts'
import type { NodeType } from './shared/ids.ts'
import { DomainError, ValidationError } from './shared/errors.ts'

/** Limits of one operation, checked before it runs. A field costs 1, a page costs as many times its content as it has places. */
export const LIMITS = { complexity: 25_000, depth: 15, breadth: 400 } as const

/** A list that is no page is small: labels, criteria, the children of one item. */
const LIST_GUESS = 3

/** A connection costs its page size; the lists inside it (`edges`, `nodes`) must not multiply a second time. */
const fieldComplexity = (args: Record<string, unknown>, _ctx: Context, field: { name: string; type: unknown }): { field: number; multiplier: number } => {
  const page = (args['first'] ?? args['last']) as number | null | undefined
  if (page !== null && page !== undefined) return { field: 1, multiplier: Math.max(1, page) }
  if (field.name === 'edges' || field.name === 'nodes') return { field: 0, multiplier: 1 }
  return { field: 1, multiplier: isListType(getNullableType(field.type as never)) ? LIST_GUESS : 1 }
}

/** Some things have ids and cannot be asked for by them alone: a person, a session. */
function requireNode({ schema }: GraphQLResolveInfo, { typename, id }: { typename: string; id: string }): void {
  const type = schema.getType(typename)
  if (isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node')) return
  throw new ValidationError(`${encodeNodeId(typename as NodeType, id)} is the id of a ${typename}, which cannot be read by its id alone.`, ['id'])
}

export const builder = new SchemaBuilder<{
  Context: Context
  PrismaTypes: PrismaTypes
  DefaultFieldNullability: false
  DefaultEdgesNullability: false
  DefaultNodeNullability: false
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date | string }
    Date: { Input: string; Output: string }
    JSON: { Input: unknown; Output: unknown }
    PlanDocument: { Input: unknown; Output: unknown }
    PlanChanges: { Input: unknown; Output: unknown }
  }
}>({
  // errors first, so that what the other plugins throw can become a member of a union
  plugins: [ErrorsPlugin, RelayPlugin, PrismaPlugin, ComplexityPlugin],
  defaultFieldNullability: false,
  prisma: { client: (ctx) => ctx.prisma, dmmf: getDatamodel(), filterConnectionTotalCount: true, maxConnectionSize: 100, defaultConnectionSize: 20 },
  relay: {
    clientMutationId: 'omit',
    cursorType: 'String',
    edgesFieldOptions: { nullable: false },
    nodeFieldOptions: { nullable: false },
    nodesOnConnection: true,
    nodeQueryOptions: {
      resolve(_root, { id }, _ctx, info, resolveNode) {
        requireNode(info, id)
        return resolveNode(id)
      },
    },
    nodesQueryOptions: {
      resolve(_root, { ids }, _ctx, info, resolveNodes) {
        for (const id of ids) requireNode(info, id)
        return resolveNodes(ids)
      },
    },
    encodeGlobalID: (type: string, id: string | number | bigint) => encodeNodeId(type as NodeType, String(id)),
    decodeGlobalID: (id: string) => {
      const node = decodeNodeId(id)
      if (node === null) throw new ValidationError(`${JSON.stringify(id)} is not an id of this API.`, ['id'])
      return { typename: node.type, id: node.uuid }
    },
  },
  errors: { defaultTypes: [], directResult: true, unsafelyHandleInputErrors: true },
  complexity: {
    defaultComplexity: 1,
    defaultListMultiplier: LIST_GUESS,
    limit: (ctx) => (ctx.costed === true ? {} : LIMITS),
    fieldComplexity: fieldComplexity as never,
    complexityError: (kind, result) => {
      const name = kind.toLowerCase() as 'complexity' | 'depth' | 'breadth'
      const max = LIMITS[name]
      return new DomainError('LIMIT_EXCEEDED', `The operation has a ${name} of ${result[name]}; at most ${max} is accepted. Select fewer fields, or smaller pages.`)
    },
  },
})

builder.queryType({ description: 'What can be read.' })
builder.mutationType({ description: 'What can be changed. Every mutation returns its payload or one of the errors it names.' })
builder.subscriptionType({ description: 'What can be followed. Over WebSocket (graphql-transport-ws) or as server-sent events, both at /graphql.' })
