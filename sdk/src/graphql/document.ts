/** Documents that stay text, typed by gql.tada: its own runtime parses each one when a module loads, which nothing here needs. */
import type { initGraphQLTada } from 'gql.tada'
import type { Plan, PlanChange } from '../domain/plans/types.ts'
import type { introspection } from './_generated/introspection.ts'

/** What the schema's own scalars are in TypeScript, the same as in the client's methods. */
interface Scalars {
  Date: string
  DateTime: string
  JSON: unknown
  PlanChanges: PlanChange[]
  PlanDocument: Plan
}

/** The type of `graphql()`: gql.tada's, of our schema. */
export type GraphQLTag = initGraphQLTada<{ introspection: introspection; scalars: Scalars }>

interface TextDocument {
  readonly kind: 'Document'
  readonly definitions: readonly unknown[]
  readonly loc: { readonly start: number; readonly end: number; readonly source: { readonly name: string; readonly body: string } }
}

/** gql.tada's own directive: the types know it, the server does not. */
const UNMASK = /(\bfragment\s+\w+\s+on\s+\w+[^{]*?)\s*@_unmask\b/g

/** A `graphql()` whose documents are parsed by `parse`, when and if something asks for their definitions. */
export function createTag(parse: (text: string) => readonly unknown[]): GraphQLTag {
  const fragmentsOf = new WeakMap<object, readonly string[]>()
  const graphql = (text: string, fragments: readonly object[] = []): TextDocument => {
    const own = text.replace(UNMASK, '$1')
    // A fragment that is reached in two ways is sent once: two of one name are no valid document.
    const parts = [...new Set([own, ...fragments.flatMap((fragment) => fragmentsOf.get(fragment) ?? [])])]
    const document = createDocument(parts.join('\n'), parse)
    fragmentsOf.set(document, parts)
    return document
  }
  const persisted = (documentId: string, document?: TextDocument) => ({ kind: 'Document', definitions: document?.definitions ?? [], documentId })
  return Object.assign(graphql, { scalar: (_name: string, value: unknown) => value, persisted }) as unknown as GraphQLTag
}

function createDocument(body: string, parse: (text: string) => readonly unknown[]): TextDocument {
  let definitions: readonly unknown[] | undefined
  return {
    kind: 'Document',
    // An own property, which survives `{ ...document }`.
    get definitions() {
      return (definitions ??= parse(body))
    },
    loc: { start: 0, end: body.length, source: { name: 'graphql()', body } },
  }
}
