/** Typed documents: what `Client.request` takes beside text. */
import { errorOf } from './errors.ts'
import type { CallOptions } from './transport.ts'

/** A document with the types of its variables and answer: made by `graphql()`, or another `TypedDocumentNode` that carries its text. */
export interface TypedDocument<Data, Variables> {
  /** Always `Document`, as in graphql. */
  readonly kind: string
  /** Where the text is. */
  readonly loc?: { readonly source: { readonly body: string } } | undefined
  /** Never there: it only carries the types. */
  __apiType?: (variables: Variables) => Data
}

type Filled = 'projectId' | 'idempotencyKey'

/** A document's variables as a caller gives them: those that the client can fill in may be left out. */
export type GivenVariables<Variables> = Omit<Variables, Filled> & { [Name in keyof Variables & Filled]?: Variables[Name] }

/** What follows the document: its variables, which may be left out when none is required, and the options of the call. */
export type Rest<Variables> = Partial<GivenVariables<Variables>> extends GivenVariables<Variables>
  ? [variables?: GivenVariables<Variables>, options?: CallOptions]
  : [variables: GivenVariables<Variables>, options?: CallOptions]

/** @throws InputError for a document that was made without its text. */
export function textOf(document: string | TypedDocument<unknown, never>): string {
  const text = typeof document === 'string' ? document : document.loc?.source.body
  if (text !== undefined) return text
  throw errorOf({ code: 'BAD_USER_INPUT', path: ['document'], message: 'The document does not carry its text. Make it with graphql(), or give the text.' })
}
