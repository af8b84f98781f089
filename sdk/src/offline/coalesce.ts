/**
 * What an edit makes of the writes that wait already, so that the outbox holds what is left to do and not everything that was
 * ever typed:
 * - edits of one item become one, each field with the value it had at first as its base; edits that end where they began, none;
 * - edits of an item that was created offline become part of its creation;
 * - creating something and removing it again, with all that was done to it between, ends as nothing.
 *
 * Only writes that were never sent are touched, and only where the order of the others does not matter: the plan that the writes
 * add up to stays the same, to the letter. Renames, writes of several changes, and writes that are sent in spite of a rule stand like
 * walls, nothing is folded across them.
 */
import { isEqual } from '../domain/plans/equal.ts'
import { CHILD_FIELD } from '../domain/plans/change-shape.ts'
import { CHILD_KIND, childrenOf, isDefault } from '../domain/plans/flat.ts'
import type { DocumentItem, ItemKind, PlanChange } from '../domain/plans/types.ts'
import type { OutboxItem } from './store/types.ts'

/** What becomes of the outbox. */
export interface Folded {
  /** Writes that are changed in their place. */
  readonly put: readonly OutboxItem[]
  /** Writes that are no longer needed. */
  readonly remove: readonly OutboxItem[]
}

type Set = Record<string, unknown>
type Sets = Extract<PlanChange, { op: 'update' | 'head' }>
type Adds = Extract<PlanChange, { op: 'add' }>

/** Subjects of a write, and what else it names. */
interface Names {
  readonly subjects: readonly string[]
  readonly mentions: readonly string[]
}

/** The writes that were never sent, and which of them an edit could become part of. */
export class Unsent {
  readonly #writes = new Map<number, OutboxItem>()
  /** The last update of an item, by `updateKey`. */
  readonly #updates = new Map<string, number>()
  /** The write that creates an item. */
  readonly #homes = new Map<string, number>()

  /** @param writes - Ascending by number. */
  constructor(writes: Iterable<OutboxItem>) {
    for (const write of writes) this.add(write)
  }

  /** Ascending by number. */
  get writes(): Iterable<OutboxItem> {
    return this.#writes.values()
  }

  /** Takes note of a write that is newer than all others. */
  add(write: OutboxItem): void {
    this.#writes.set(write.number, write)
    if (write.kind !== 'plan') return
    const change = only(write.changes)
    if (change === undefined || change.op === 'rename' || write.override !== undefined) {
      this.#updates.clear()
      this.#homes.clear()
    } else if (change.op === 'update' || change.op === 'head') this.#updates.set(updateKey(change), write.number)
    else if (change.op === 'add') for (const id of idsIn(change)) this.#homes.set(id, write.number)
    else if (change.op === 'remove') {
      for (const id of removedIds(write.base)) {
        this.#homes.delete(id)
        for (const isStatus of [true, false]) this.#updates.delete(keyOf(id, isStatus))
      }
    }
  }

  /** What became of a write that was folded. */
  replace({ put, remove }: Folded): void {
    for (const write of put) this.#writes.set(write.number, write)
    for (const write of remove) this.#writes.delete(write.number)
  }

  /**
   * Folds an edit into what waits.
   *
   * @param base - What undoes it.
   * @returns undefined where it is a write of its own
   */
  fold(changes: readonly PlanChange[], base: readonly PlanChange[]): Folded | undefined {
    const change = only(changes)
    const undo = only(base)
    if (change?.op === 'remove' && undo?.op === 'add') return this.#cancel(idsIn(undo))
    if (change?.op !== 'update' && change?.op !== 'head') return undefined
    // What it depends on may be younger than the write it would become part of.
    if (undo?.op !== change.op || 'dependsOn' in change.set) return undefined
    return this.#foldIntoUpdate(change, undo as Sets) ?? (change.op === 'update' ? this.#foldIntoCreation(change) : undefined)
  }

  #foldIntoUpdate(change: Sets, undo: Sets): Folded | undefined {
    const write = this.#writes.get(this.#updates.get(updateKey(change)) ?? -1)
    const earlier = only(write?.changes)
    const earlierUndo = only(write?.base)
    if (write === undefined || earlier?.op !== change.op || earlierUndo?.op !== change.op) return undefined
    const set: Set = { ...earlier.set, ...change.set }
    const before: Set = { ...undo.set, ...earlierUndo.set }
    if (Object.keys(set).every((key) => isSame(key, set[key], before[key]))) return { put: [], remove: [write] }
    return { put: [{ ...write, changes: [{ ...earlier, set }], base: [{ ...earlierUndo, set: before }] }], remove: [] }
  }

  #foldIntoCreation({ id, set }: Extract<PlanChange, { op: 'update' }>): Folded | undefined {
    const write = this.#writes.get(this.#homes.get(id) ?? -1)
    const creation = only(write?.changes)
    if (write === undefined || creation?.op !== 'add') return undefined
    return { put: [{ ...write, changes: [{ ...creation, item: withFields(creation.kind, creation.item, id, set) }] }], remove: [] }
  }

  /** What was created and is removed again, with everything that was done to it. */
  #cancel(ids: readonly string[]): Folded | undefined {
    const homes = new Map(ids.map((id) => [id, this.#homes.get(id)]))
    const isGone = (id: string, at: number): boolean => at >= (homes.get(id) ?? Infinity)
    if ([...homes.values()].some((home) => home === undefined || !this.#writes.has(home))) return undefined
    const remove: OutboxItem[] = []
    for (const write of this.#writes.values()) {
      const { subjects, mentions } = namesOf(write)
      const gone = subjects.filter((id) => isGone(id, write.number)).length
      if (gone > 0 && gone === subjects.length) remove.push(write)
      // Something that stays was made with it, put beside it, or waits for it: then the server is told both.
      else if (gone > 0 || mentions.some((id) => isGone(id, write.number))) return undefined
    }
    return { put: [], remove }
  }
}

const only = (changes: readonly PlanChange[] | undefined): PlanChange | undefined => (changes?.length === 1 ? changes[0] : undefined)

/** Who may only report status must not find it tied to an edit that is refused. */
const keyOf = (id: string | null, isStatus: boolean): string => JSON.stringify([id, isStatus])
const updateKey = (change: Sets): string => keyOf(change.op === 'update' ? change.id : null, isStatusOnly([change]))

/** Whether changes do nothing but report status. */
export const isStatusOnly = (changes: readonly PlanChange[]): boolean => changes.every((change) => change.op === 'update' && Object.keys(change.set).every((key) => key === 'status'))

const isSame = (key: string, a: unknown, b: unknown): boolean => isEqual(a, b) || (isDefault(key, a) && isDefault(key, b))

/** An added item and everything in it. */
function* added(kind: ItemKind, item: DocumentItem): Generator<DocumentItem, void, undefined> {
  yield item
  const childKind = CHILD_KIND[kind]
  if (childKind !== undefined) for (const child of childrenOf(kind, item)) yield* added(childKind, child)
}

const idsIn = ({ kind, item }: Adds): string[] => [...added(kind, item)].map(({ id }) => id)

const removedIds = (base: readonly PlanChange[] = []): string[] => base.flatMap((change) => (change.op === 'add' ? idsIn(change) : []))

function withFields(kind: ItemKind, item: DocumentItem, id: string, set: Set): DocumentItem {
  if (item.id === id) return Object.fromEntries(Object.entries({ ...item, ...set }).filter(([key, value]) => !isDefault(key, value))) as DocumentItem
  const [key, childKind] = [CHILD_FIELD[kind], CHILD_KIND[kind]]
  return key === undefined || childKind === undefined ? item : { ...item, [key]: childrenOf(kind, item).map((child) => withFields(childKind, child, id, set)) }
}

/** The ids that a write is about, and those it names, or what undoes it: parents, siblings, dependencies. Of a comment, the item. */
export function namesOf({ kind, itemKeys, changes = [], base = [] }: Pick<OutboxItem, 'kind' | 'itemKeys' | 'changes' | 'base'>): Names {
  if (kind === 'comment') return { subjects: itemKeys, mentions: [] }
  const subjects = [...removedIds(base), ...changes.flatMap(subjectsOf)]
  return { subjects, mentions: [...changes, ...base].flatMap(mentionsOf) }
}

function subjectsOf(change: PlanChange): string[] {
  switch (change.op) {
    case 'head': return ['']
    case 'add': return idsIn(change)
    case 'rename': return [change.id, change.to]
    default: return [change.id]
  }
}

function mentionsOf(change: PlanChange): string[] {
  const dependencies = change.op === 'add' ? [...added(change.kind, change.item)].flatMap(({ dependsOn = [] }) => dependsOn)
    : change.op === 'update' ? ((change.set['dependsOn'] ?? []) as string[]) : []
  const places = change.op === 'add' || change.op === 'move' ? [change.parentId, change.after].filter((id) => id !== null) : []
  return [...dependencies, ...places]
}
