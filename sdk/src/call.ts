/** Binds operations of the catalogue to a client: what the methods of {@link BuildRunnerSDK} and the standalone functions are made of. */
import type { Outcome } from './answer.ts'
import { configOf } from './client.ts'
import type { Client } from './client.ts'
import { execute, fill, identify } from './execute.ts'
import { ListRequest, Request, unwrap } from './request.ts'
import type { CallOptions, Operation } from './request.ts'
import { subscribe } from './subscription.ts'
import type { SubscribeOptions, Subscription } from './subscription.ts'

type Variables = object

/** A call of `operation`. */
export const call = <Data>(client: Client, operation: Operation, variables?: Variables, options?: CallOptions): Request<Data> =>
  new Request((signal) => run(client, operation, { ...variables }, options, signal))

/** A call of an operation that answers pages. */
export const list = <Data, Item>(client: Client, operation: Operation, variables?: Variables, options?: CallOptions): ListRequest<Data, Item> =>
  new ListRequest((position, signal) => run(client, operation, { ...variables, ...position }, options, signal), operation.items)

/** A subscription to `operation`. */
export const watch = <Item>(client: Client, operation: Operation, variables?: Variables, options?: SubscribeOptions): Subscription<Item> => {
  const config = configOf(client)
  return subscribe(config, { documentId: identify(operation), query: config.documents?.[operation.name] }, fill(config, operation, { ...variables }), options)
}

const run = async (client: Client, operation: Operation, variables: Record<string, unknown>, options: CallOptions = {}, signal: AbortSignal): Promise<Outcome> =>
  unwrap(operation, await execute(configOf(client), operation, variables, options, signal))
