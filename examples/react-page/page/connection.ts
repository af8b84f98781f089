/** The state of the live connection, in the form that `useSyncExternalStore` reads. */
import type { Connection } from '@buildrunner/sdk/urql'

export class ConnectionStore {
  #value: Connection | undefined
  readonly #listeners = new Set<() => void>()

  readonly set = (value: Connection): void => {
    this.#value = value
    for (const listener of this.#listeners) listener()
  }

  readonly get = (): Connection | undefined => this.#value

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
