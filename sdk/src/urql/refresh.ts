/**
 * Keeps what is shown true. The cache knows items, not what the server derives from them (progress, what is ready, which items a
 * list holds): so when something was written, here or elsewhere, the queries that are in use are asked again, and all others when
 * they are used next. What is in the cache is shown meanwhile.
 */
import { makeOperation } from '@urql/core'
import type { Client, Operation } from '@urql/core'

export class Refresher {
  readonly #client: Client
  /** Queries that someone waits for or shows. */
  readonly #active = new Map<number, Operation>()
  /** Queries that were asked since the last change. */
  readonly #fresh = new Set<number>()
  /** Queries under way; true when something changed meanwhile, so that they have to be asked once more. */
  readonly #asked = new Map<number, boolean>()
  #changed = false

  constructor(client: Client) {
    this.#client = client
  }

  use(operation: Operation): Operation {
    const { key, context } = operation
    this.#active.set(key, operation)
    if (context.requestPolicy !== 'cache-first' || !this.#changed || this.#fresh.has(key)) return operation
    return makeOperation('query', operation, { ...context, requestPolicy: 'cache-and-network' })
  }

  leave(key: number): void {
    this.#active.delete(key)
    this.#asked.delete(key)
  }

  asked(key: number): void {
    this.#fresh.add(key)
    this.#asked.set(key, this.#asked.get(key) ?? false)
  }

  answered(key: number): void {
    const again = this.#asked.get(key)
    this.#asked.delete(key)
    if (again) this.#ask(key)
  }

  /** However many changes come while a query is under way, it is asked once more. */
  change(concerns: (query: Operation) => boolean): void {
    this.#changed = true
    this.#fresh.clear()
    for (const [key, query] of this.#active) {
      if (!concerns(query)) continue
      if (this.#asked.has(key)) this.#asked.set(key, true)
      else this.#ask(key)
    }
  }

  #ask(key: number): void {
    const query = this.#active.get(key)
    if (!query) return
    this.asked(key)
    this.#client.reexecuteOperation(makeOperation('query', query, { ...query.context, requestPolicy: 'network-only' }))
  }
}
