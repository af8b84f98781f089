/** What people see: the server's plan with the pending writes upon it. */
import { PlanChangeError } from '../domain/plans/change-error.ts'
import { PlanDraft } from '../domain/plans/draft.ts'
import type { FlatPlan, PlanChange } from '../domain/plans/types.ts'
import type { OutboxItem } from './store/types.ts'

/**
 * A plan that writes are applied to one by one, each whole or not at all. A write costs what it touches, not the size of the
 * plan: thousands of edits offline stay as fast as the first one.
 */
export class PlanView {
  #draft: PlanDraft
  /** What was handed out last, while the draft does not differ from it. */
  #given: FlatPlan | undefined
  /** Ids of pending writes that no longer apply: the server will say what they are. */
  readonly unapplied = new Set<string>()

  constructor(base: FlatPlan, pending: Iterable<OutboxItem> = []) {
    this.#given = base
    this.#draft = new PlanDraft(base)
    for (const { id, kind, state, changes } of pending) {
      if (kind !== 'plan' || state !== 'queued') continue
      try {
        this.apply(changes ?? [])
      } catch (error) {
        if (!(error instanceof PlanChangeError)) throw error
        this.unapplied.add(id)
      }
    }
  }

  /** The plan as it stands; later writes do not change it. */
  get plan(): FlatPlan {
    if (this.#given === undefined) {
      this.#given = this.#draft.finish()
      this.#draft = new PlanDraft(this.#given)
    }
    return this.#given
  }

  /**
   * Applies a write.
   *
   * @returns the changes that undo it: every old value that it touched
   * @throws PlanChangeError for the first change that is impossible; nothing has happened then
   */
  apply(changes: readonly PlanChange[]): PlanChange[] {
    const inverses: PlanChange[][] = []
    this.#given = undefined
    try {
      for (const [index, change] of changes.entries()) {
        this.#draft.index = index
        const inverse = this.#draft.inverseOf(change)
        this.#draft.apply(change)
        inverses.push(inverse)
      }
    } catch (error) {
      this.undo(inverses.reverse().flat())
      throw error
    }
    return inverses.reverse().flat()
  }

  /** Takes a write back that was the last one. */
  undo(base: readonly PlanChange[]): void {
    this.#given = undefined
    for (const change of base) this.#draft.apply(change)
  }
}
