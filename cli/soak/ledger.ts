/** What everybody in the soak did, so that at the end every operation can be accounted for. */

export interface Operation {
  /** Who did it. */
  readonly actor: string
  readonly kind: 'add' | 'set' | 'comment'
  /** The item and field, or the item that is talked about. */
  readonly place: string
  /** A text that stands nowhere else: in the value that was set, the id that was added, the comment that was made. */
  readonly mark: string
}

export class Ledger {
  readonly operations: Operation[] = []
  #evidence = ''
  #count = 0

  /** A mark for the next operation of somebody. */
  mark(actor: string): string {
    return `${actor}-${String(++this.#count).padStart(5, '0')}`
  }

  /** Call it when the operation is done: when `br` has exited with 0, when `edit` has resolved. */
  done(operation: Operation): void {
    this.operations.push(operation)
  }

  /** Something that was told: conflicts, dead letters, events of the log. */
  told(evidence: unknown): void {
    this.#evidence += `${JSON.stringify(evidence)}\n`
  }

  /**
   * Operations that are nowhere: not in what was told, and not taken back by the same person, who set the same field again before
   * anything was sent.
   */
  lost(): Operation[] {
    return this.operations.filter((operation, index) => !this.#evidence.includes(operation.mark) && !this.#replaced(operation, index))
  }

  #replaced({ actor, kind, place }: Operation, index: number): boolean {
    return kind === 'set' && this.operations.some((later, at) => at > index && later.actor === actor && later.kind === kind && later.place === place)
  }

  counts(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const { actor, kind } of this.operations) {
      const name = `${actor} ${kind}`
      counts[name] = (counts[name] ?? 0) + 1
    }
    return counts
  }
}
