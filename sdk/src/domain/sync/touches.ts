/** What writes touch, by names that a rename does not change. */
import { idsIn } from './overlay.ts'
import type { PlanChange } from '../plans/types.ts'

/**
 * One thing that a change touches: a field of an item, or one of the aspects that are none. The head of the document has
 * the id null and no aspects.
 */
export interface Touch {
  /** The id that the item had in the plan that the writes were made upon. */
  readonly id: string | null
  /** `EXISTS`, `PLACE`, `NAME`, or the name of a field. */
  readonly aspect: string
}

// no key of a document holds U+0000: Postgres could not store it
export const EXISTS = '\u0000exists'
export const PLACE = '\u0000place'
export const NAME = '\u0000name'

/** Whether a touch can break what holds between items. */
export const touchesGraph = ({ aspect }: Touch): boolean => aspect === EXISTS || aspect === PLACE || aspect === NAME || aspect === 'dependsOn'

/** The names that items had before the first write, by those they have now. */
export class FirstNames {
  readonly #first = new Map<string, string>()

  of(id: string): string {
    return this.#first.get(id) ?? id
  }

  /** Names that differ now, with the first ones. */
  get changed(): Iterable<readonly [now: string, first: string]> {
    return this.#first
  }

  /** What a change touches; `removed` are the ids that it takes away. Call it once for each change, in order. */
  touch(change: PlanChange, removed: readonly string[]): Touch[] {
    switch (change.op) {
      case 'head': return Object.keys(change.set).map((aspect) => ({ id: null, aspect }))
      case 'update': return Object.keys(change.set).map((aspect) => ({ id: this.of(change.id), aspect }))
      case 'move': return [{ id: this.of(change.id), aspect: PLACE }]
      case 'remove': return removed.map((id) => ({ id: this.of(id), aspect: EXISTS }))
      case 'add': {
        const ids = idsIn(change.kind, change.item)
        // a name that is given anew means the new item
        for (const id of ids) this.#first.delete(id)
        return ids.map((id) => ({ id, aspect: EXISTS }))
      }
      case 'rename': {
        const first = this.of(change.id)
        this.#first.delete(change.id)
        if (first === change.to) this.#first.delete(change.to)
        else this.#first.set(change.to, first)
        return [{ id: first, aspect: NAME }]
      }
    }
  }
}
