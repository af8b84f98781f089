/** Who is told of commits. */

/** @internal */
export class Watchers {
  readonly #listeners = new Set<(revision: number) => void>()

  get size(): number {
    return this.#listeners.size
  }

  /** @returns what ends it */
  add(listener: (revision: number) => void): () => void {
    // The same function may watch twice.
    const own = (revision: number): void => listener(revision)
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  /** Each listener in a microtask of its own: what one throws harms neither the commit nor the others. */
  tell(revision: number): void {
    for (const listener of this.#listeners) {
      queueMicrotask(() => {
        if (this.#listeners.has(listener)) listener(revision)
      })
    }
  }

  clear(): void {
    this.#listeners.clear()
  }
}
