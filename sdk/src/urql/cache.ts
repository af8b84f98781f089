/** The normalised cache, configured from facts of the schema that `npm run generate` prints; nothing here names a type by hand. */
import type { CacheExchangeOpts, OptimisticMutationConfig } from '@urql/exchange-graphcache'
import { relayPagination } from '@urql/exchange-graphcache/extras'
import { record } from '../errors.ts'
import { connections, edits, embedded, possibleTypes } from './_generated/schema.ts'

/**
 * What `createUrqlClient` gives to Graphcache, for a `cacheExchange` of your own.
 *
 * - Types with an `id` are kept once, wherever they were read; all others lie in the object that they were read with.
 * - Fragments on interfaces and on the results of mutations match the types that the schema says.
 * - Connections that differ only in their page are read as one list.
 * - A mutation that sets fields of an item by its node id shows at once. When the answer is one of the errors in the mutation's
 *   result, or none arrives, the item is again what it was.
 */
export function cacheOptions(): CacheExchangeOpts {
  const resolvers: NonNullable<CacheExchangeOpts['resolvers']> = {}
  for (const [type = '', field = ''] of connections) resolvers[type] = { ...resolvers[type], [field]: relayPagination() }
  return {
    possibleTypes,
    keys: Object.fromEntries(embedded.map((type) => [type, () => null])),
    resolvers,
    optimistic: optimisticEdits(),
    logger: warn,
  }
}

/**
 * Graphcache does not get the whole schema: with it, it would show null for whatever it has not read yet. Without, it looks through
 * every fragment of a mutation's result when it writes, also those of other members, and warns that their fields are not there.
 */
function warn(severity: 'debug' | 'error' | 'warn', message: string): void {
  // eslint-disable-next-line no-console -- where Graphcache itself tells developers what is wrong with their configuration
  if (severity !== 'debug' && !/^Invalid undefined.*Fragment/s.test(message)) console[severity](message)
}

function optimisticEdits(): OptimisticMutationConfig {
  const resolvers: OptimisticMutationConfig = {}
  for (const [mutation, { payload, field, entity, values }] of Object.entries(edits)) {
    resolvers[mutation] = (args) => {
      const input = record(args['input'])
      const set = values.flatMap((name) => (input[name] == null ? [] : [[name, input[name]] as const]))
      return { __typename: payload, [field]: { __typename: entity, id: String(input['id']), ...Object.fromEntries(set) } } as never
    }
  }
  return resolvers
}
