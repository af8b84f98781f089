/** The ids of deliveries, for as long as they can come again: retries of a delivery carry the same id. */
export class Seen {
  readonly #at = new Map<string, number>()
  readonly #keepMs: number
  readonly #most: number

  constructor({ keepMs = 24 * 3_600_000, most = 100_000 } = {}) {
    this.#keepMs = keepMs
    this.#most = most
  }

  /** True the first time. */
  add(id: string, now = Date.now()): boolean {
    // A Map iterates in the order of insertion: the oldest come first.
    for (const [old, at] of this.#at) {
      if (now - at < this.#keepMs) break
      this.#at.delete(old)
    }
    if (this.#at.has(id)) return false
    const [oldest] = this.#at.keys()
    if (oldest !== undefined && this.#at.size >= this.#most) this.#at.delete(oldest)
    this.#at.set(id, now)
    return true
  }
}
