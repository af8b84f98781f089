/**
 * `@buildrunner/sdk/graphql`: selections of your own, typed by the schema, that run through the client.
 *
 * `gql.tada`, and with it TypeScript, is an optional peer: only its types are used, so that nothing of it is in a bundle.
 */
import type { readFragment as readFragmentType } from 'gql.tada'
import { errorOf } from '../errors.ts'
import { createTag } from './document.ts'
import type { GraphQLTag } from './document.ts'

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada'
export type { GraphQLTag } from './document.ts'

/**
 * Makes a document whose variables and answer are typed by the schema. One document fetches what a loop over calls would.
 *
 * @remarks
 * The document is kept as text, and no parser is loaded: faults in it are found by the compiler, and by the server
 * (`GRAPHQL_VALIDATION_FAILED`). urql and other clients that read a document's definitions take `graphql` from
 * `@buildrunner/sdk/urql`, which is the same with a parser.
 *
 * @example
 * ```ts
 * const Overview = graphql('query($first: Int!) { projects(first: $first) { nodes { slug progress { percent } } } }')
 * const { data } = await client.request(Overview, { first: 20 })
 * ```
 */
export const graphql: GraphQLTag = createTag(() => {
  throw errorOf({ code: 'INVALID_CONFIGURATION', message: 'This document is text alone. Take graphql from @buildrunner/sdk/urql for a client that parses documents.' })
})

/**
 * The fields of a fragment, from data that was selected through it: `readFragment(Fragment, data)`.
 *
 * @remarks It changes the type alone. What a fragment selects is hidden from everyone who does not hold that fragment.
 */
export const readFragment = ((...args: [unknown, unknown?]) => (args.length === 2 ? args[1] : args[0])) as typeof readFragmentType
