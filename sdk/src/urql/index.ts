/**
 * `@buildrunner/sdk/urql`: a ready urql client for user interfaces. Optional peers: `@urql/core`, `@urql/exchange-graphcache` and
 * `wonka`; for typed documents `gql.tada`.
 */
import { createRequest } from '@urql/core'
import type { OperationResult } from '@urql/core'
import { BuildRunnerError, errorFromMember, errorOf as createError, record } from '../errors.ts'
import { createTag } from '../graphql/document.ts'
import type { GraphQLTag } from '../graphql/document.ts'

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada'
export { readFragment } from '../graphql/index.ts'
export type { GraphQLTag } from '../graphql/document.ts'
export { cacheOptions } from './cache.ts'
export { createUrqlClient } from './client.ts'
export type { UrqlOptions } from './client.ts'
export type { Connection } from './live.ts'

/**
 * `graphql()` of `@buildrunner/sdk/graphql`, for urql: its documents are parsed, with the parser that urql brings, when they are
 * first used. They run through the SDK's client as well.
 */
export const graphql: GraphQLTag = createTag((text) => createRequest(text, {}).query.definitions)

/**
 * What went wrong in a result, as one of the SDK's errors: no answer, an error of the request, or the error in a mutation's result.
 *
 * @remarks An error in a mutation's result has what the document selected of it; select `__typename code message path`.
 *
 * @example
 * ```ts
 * const error = errorOf(await client.mutation(SetStatus, { id, status: 'DONE' }))
 * if (error instanceof PolicyError) console.log('refused by', error.rule)
 * ```
 */
export function errorOf({ operation, data, error, extensions }: Pick<OperationResult, 'operation' | 'data' | 'error' | 'extensions'>): BuildRunnerError | undefined {
  const requestId = record(extensions)['requestId'] as string | undefined
  if (error) {
    const original: unknown = error.networkError ?? error.graphQLErrors[0]?.originalError
    return original instanceof BuildRunnerError ? original : createError({ code: 'UNKNOWN', message: error.message, requestId, cause: error })
  }
  if (operation.kind !== 'mutation') return undefined
  const refused = Object.values(record(data)).find((result) => !String(record(result)['__typename']).endsWith('Payload') && record(result)['__typename'])
  return refused ? errorFromMember(refused, requestId) : undefined
}
