/** Puts the urql client together. */
import { Client as UrqlClient } from '@urql/core'
import type { Exchange, Operation, OperationResult } from '@urql/core'
import { cacheExchange } from '@urql/exchange-graphcache'
import type { CacheExchangeOpts } from '@urql/exchange-graphcache'
import { map, onPush, pipe } from 'wonka'
import { Client, configOf } from '../client.ts'
import type { BuildRunnerOptions, Config } from '../config.ts'
import { record } from '../errors.ts'
import { cacheOptions } from './cache.ts'
import { Live } from './live.ts'
import type { Connection } from './live.ts'
import { fillIn } from './operation.ts'
import { Refresher } from './refresh.ts'
import { transportExchange } from './transport.ts'

declare module '@urql/core' {
  interface OperationContext {
    /** Ask this query again whenever something happens in the project of its `$projectId`. */
    live?: boolean
  }
}

/** Options of the urql client. */
export interface UrqlOptions {
  /** Added to the configuration of the cache: resolvers and updates of your own, a storage. `cacheOptions()` is what is there. */
  cache?: Partial<CacheExchangeOpts> | undefined
  /** Exchanges before the cache, such as urql's devtools. */
  exchanges?: readonly Exchange[] | undefined
  /** Told how the connection of live queries stands, whenever that changes. */
  onConnection?: ((connection: Connection) => void) | undefined
}

/**
 * An urql client for React, Vue, Svelte or none: a normalised cache, optimistic edits and live queries over the SDK's own
 * transport, with its authentication, retries and errors.
 *
 * @remarks
 * `$projectId` and the idempotency key of a mutation are filled in, so that a mutation can be retried. After a mutation took
 * effect the queries in use are asked again in the background, since the server derives more than the mutation answers. A query with
 * `context: { live: true }` is also asked again when anyone else changes the project of its `$projectId`. Of urql's operation
 * context `fetch`, `fetchOptions` and `url` have no effect.
 *
 * @example
 * ```ts
 * const client = createUrqlClient({ getToken, projectId: 'website', baseUrl: 'https://api.buildrunner.com' })
 * const { data } = await client.query(graphql('query($projectId: ID!) { plan(projectId: $projectId) { sequence } }'), { projectId: 'website' })
 * ```
 *
 * @throws ConfigurationError when an option or a `BUILDRUNNER_*` variable is wrong
 * @see {@link errorOf} for the errors of its results
 */
export function createUrqlClient(from: BuildRunnerOptions | Client = {}, options: UrqlOptions = {}): UrqlClient {
  const config = configOf(from instanceof Client ? from : new Client(from))
  const base = cacheOptions()
  const { cache = {}, exchanges = [] } = options
  const merged = { ...base, ...cache, keys: { ...base.keys, ...cache.keys }, optimistic: { ...base.optimistic, ...cache.optimistic } }
  const resolvers = mergeFields(base.resolvers, cache.resolvers)
  // Made by the first exchange, which urql composes before it calls anything.
  let refresher: Refresher
  const watching: Exchange = (input) => {
    refresher = new Refresher(input.client)
    return watch(config, refresher, options)(input)
  }
  const transport = transportExchange(config, (key) => refresher.asked(key), (key) => refresher.answered(key))
  return new UrqlClient({ url: `${config.baseUrl}/graphql`, exchanges: [...exchanges, watching, cacheExchange({ ...merged, resolvers }), transport], preferGetMethod: false })
}

/** Sees every operation before the cache and every result after it. */
function watch(config: Config, refresher: Refresher, { onConnection }: UrqlOptions): Exchange {
  const live = new Live(config, {
    onChange: (projectId) => refresher.change(({ context, variables }) => context.live === true && record(variables)['projectId'] === projectId),
    onConnection,
  })
  const enter = (operation: Operation): Operation => {
    if (operation.kind === 'teardown') {
      refresher.leave(operation.key)
      live.leave(operation.key)
      return operation
    }
    const filled = fillIn(config, operation)
    if (filled.kind !== 'query') return filled
    live.join(filled)
    return refresher.use(filled)
  }
  const leave = ({ operation, data }: OperationResult): void => {
    if (operation.kind === 'mutation' && Object.values(record(data)).some(tookEffect)) refresher.change(() => true)
  }
  return ({ forward }) => (operations) => pipe(operations, map(enter), forward, onPush(leave))
}

const tookEffect = (result: unknown): boolean => String(record(result)['__typename']).endsWith('Payload')

type Resolvers = NonNullable<CacheExchangeOpts['resolvers']>

function mergeFields(ours: Resolvers = {}, theirs: Resolvers = {}): Resolvers {
  return Object.fromEntries(Object.keys({ ...ours, ...theirs }).map((type) => [type, { ...ours[type], ...theirs[type] }]))
}
