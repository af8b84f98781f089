/** urql's last exchange: operations go through the SDK's own transport, so that authentication, retries and errors are the client's. */
import { subscriptionExchange } from '@urql/core'
import type { Exchange, ExecutionResult, Operation } from '@urql/core'
import type { Outcome } from '../answer.ts'
import type { Config } from '../config.ts'
import { record } from '../errors.ts'
import { subscribe } from '../subscription.ts'
import { send } from '../transport.ts'
import { definitionOf } from './operation.ts'

/** @param onAnswered called when a query was answered, or is no longer waited for */
export const transportExchange = (config: Config, onAsked: (key: number) => void, onAnswered: (key: number) => void): Exchange =>
  subscriptionExchange({
    enableAllOperations: true,
    forwardSubscription: ({ query = '', variables }, operation) => ({
      subscribe: (observer) => {
        const ending = new AbortController()
        const follow = async (): Promise<void> => {
          for await (const item of subscribe<unknown>(config, { query }, record(variables), { signal: ending.signal })) {
            if (!ending.signal.aborted) observer.next({ data: { [rootKeyOf(operation)]: item } })
          }
        }
        const ask = async (): Promise<void> => {
          onAsked(operation.key)
          try {
            observer.next(toResult(await send(config, payloadOf(operation, query), {}, ending.signal)))
          } finally {
            onAnswered(operation.key)
          }
        }
        const ended = operation.kind === 'subscription' ? follow() : ask()
        ended.then(() => observer.complete(), (error: unknown) => ending.signal.aborted || observer.error(error))
        return { unsubscribe: () => ending.abort() }
      },
    }),
  })

function payloadOf(operation: Operation, query: string) {
  const { kind, variables } = operation
  const key = record(variables)['idempotencyKey'] ?? Object.values(record(variables)).map((value) => record(value)['idempotencyKey']).find(Boolean)
  const method = definitionOf(operation)?.name?.value ?? 'urql'
  return { method, body: JSON.stringify({ query, variables }), safe: kind === 'query' || typeof key === 'string' }
}

/** The errors keep their place in the answer, by which the cache knows what is missing; the SDK's own error rides along. */
function toResult({ data, error, requestId }: Outcome): ExecutionResult {
  const errors = error && (error.errors ?? [error]).map((each) => ({
    message: each.message,
    path: each.path && [...each.path],
    extensions: { ...each.details, code: each.code, requestId: each.requestId },
    originalError: each,
  }))
  return { data: data as ExecutionResult['data'], errors, extensions: { requestId } }
}

/** The name that a subscription's only field has in its answer. */
function rootKeyOf(operation: Operation): string {
  const [field] = definitionOf(operation)?.selectionSet.selections ?? []
  return field?.kind === 'Field' ? (field.alias ?? field.name).value : ''
}

