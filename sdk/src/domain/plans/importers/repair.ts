/**
 * Repairs the faults between items, one way for each, and says how:
 * a dependency that cannot hold (unknown, on itself, on a parent or child, closing a circle) is removed; of two equal ids
 * the later one gets a number. Of a circle the dependency is removed that the document names first: it points forward,
 * against the order the items were written in.
 */
import type { Origin } from './build.ts'
import { IdPool } from './ids.ts'
import { placeOf } from './source-text.ts'
import type { Mark } from './source-text.ts'
import { findCycles } from '../cycles.ts'
import type { Link } from '../cycles.ts'
import { CHILD_KIND, childrenOf } from '../flat.ts'
import type { DocumentItem, ItemKind, Plan, PlanProblem } from '../types.ts'
import type { ImportPlace, ImportRepair } from './types.ts'

export const DEPENDENCY_FAULTS = new Set(['unknown-dependency', 'self-dependency', 'depends-on-parent', 'depends-on-child', 'dependency-cycle'])

/** So often as few dependencies as possible are cut; a tangle that then still holds circles loses one for each of them. */
const SPARING_ROUNDS = 5

/** What a pointer into the plan names. */
interface Target {
  item: DocumentItem
  /** The place in `dependsOn`, when it names a dependency. */
  dependency?: number
}

export function resolvePointer(plan: Plan, pointer: string): Target | undefined {
  let value: unknown = plan
  let target: Target | undefined
  let last = ''
  for (const part of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return target
    value = (value as Record<string, unknown>)[part.replaceAll('~1', '/').replaceAll('~0', '~')]
    if (last === 'milestones' || last === 'steps' || last === 'microsteps') target = { item: value as DocumentItem }
    else if (last === 'dependsOn' && target) target.dependency = Number(part)
    last = /^\d+$/.test(part) ? '' : part
  }
  return target
}

/** The place in the source of what a pointer names. */
export function placeOfPointer(plan: Plan, origins: ReadonlyMap<DocumentItem, Origin>, pointer: string): ImportPlace {
  const target = resolvePointer(plan, pointer)
  const origin = target && origins.get(target.item)
  if (origin === undefined) return {}
  const mark: Mark = (target?.dependency !== undefined ? origin.dependsOn[target.dependency] : undefined) ?? origin.at
  return placeOf(mark)
}

/**
 * Repairs what can be repaired, in place.
 *
 * @param problems what the graph rules found in the plan as it is
 */
export function repairPlan(plan: Plan, origins: ReadonlyMap<DocumentItem, Origin>, problems: readonly PlanProblem[]): ImportRepair[] {
  const repair = new Repair(plan, origins)
  // Ids first: a circle is one of items, and two of one name would be taken for one.
  for (const { code, pointer } of problems) if (code === 'duplicate-id') repair.rename(resolvePointer(plan, pointer)?.item)
  for (const { code, pointer } of problems) {
    const target = resolvePointer(plan, pointer)
    if (target?.dependency !== undefined && code !== 'dependency-cycle' && DEPENDENCY_FAULTS.has(code)) repair.cut(code, target.item, target.dependency)
  }
  repair.cutCycles()
  repair.finish()
  return repair.done
}

class Repair {
  readonly done: ImportRepair[] = []
  readonly #origins: ReadonlyMap<DocumentItem, Origin>
  readonly #pool = new IdPool()
  /** Every item, parents first, and the index of its parent. */
  readonly #items: DocumentItem[] = []
  readonly #parents: number[] = []
  /** Places in `dependsOn` to take out, by item: taken out at the end, so that pointers stay true. */
  readonly #cuts = new Map<DocumentItem, Set<number>>()

  constructor(plan: Plan, origins: ReadonlyMap<DocumentItem, Origin>) {
    this.#origins = origins
    const enter = (items: readonly DocumentItem[], kind: ItemKind, parent: number): void => {
      const childKind = CHILD_KIND[kind]
      for (const item of items) {
        this.#pool.claim(item.id)
        const index = this.#items.push(item) - 1
        this.#parents.push(parent)
        if (childKind !== undefined) enter(childrenOf(kind, item), childKind, index)
      }
    }
    enter(plan.milestones, 'milestone', -1)
  }

  rename(item: DocumentItem | undefined): void {
    if (item === undefined) return
    const old = item.id
    item.id = this.#pool.free(old)
    this.#say('duplicate-id', item, `Renamed the second ${old} to ${item.id}; dependencies on ${old} mean the first.`)
  }

  cut(code: string, item: DocumentItem, dependency: number): void {
    const cuts = this.#cuts.get(item) ?? new Set()
    if (cuts.has(dependency)) return
    this.#cuts.set(item, cuts.add(dependency))
    const mark = this.#origins.get(item)?.dependsOn[dependency]
    this.#say(code, item, `Removed the dependency of ${item.id} on ${item.dependsOn![dependency]}: ${REASON[code]}.`, mark)
  }

  /** Cuts circles until there are none. A circle that shares a cut with another is broken already, and may show its rest in the next round. */
  cutCycles(): void {
    const indexes = new Map(this.#items.map((item, index) => [item.id, index]))
    const parents = Int32Array.from(this.#parents)
    const remaining = () =>
      this.#items.map((item) => (item.dependsOn ?? []).flatMap((id, place) => (this.#cuts.get(item)?.has(place) ? [] : (indexes.get(id) ?? []))))
    const edge = ([from, to]: Link): number => from * this.#items.length + to
    let round = 0
    for (let cycles = findCycles(parents, remaining()); cycles.length > 0; cycles = findCycles(parents, remaining())) {
      const cut = new Set<number>()
      const sparing = round++ < SPARING_ROUNDS
      for (const { links } of cycles) {
        if (sparing && links.some((link) => cut.has(edge(link)))) continue
        const [from, to] = sparing ? links.reduce((first, link) => (link[0] < first[0] ? link : first)) : links.at(-1)!
        cut.add(edge([from, to]))
        const item = this.#items[from]!
        item.dependsOn!.forEach((id, place) => id === this.#items[to]!.id && this.cut('dependency-cycle', item, place))
      }
    }
  }

  finish(): void {
    for (const [item, cuts] of this.#cuts) {
      const keep = (_: unknown, index: number): boolean => !cuts.has(index)
      const origin = this.#origins.get(item)
      item.dependsOn = item.dependsOn!.filter(keep)
      if (origin) origin.dependsOn = origin.dependsOn.filter(keep)
      if (item.dependsOn.length === 0) delete item.dependsOn
    }
  }

  #say(code: string, item: DocumentItem, message: string, mark = this.#origins.get(item)?.at): void {
    this.done.push({ code, message, id: item.id, ...(mark && placeOf(mark)) })
  }
}

const REASON: Record<string, string> = {
  'unknown-dependency': 'no item has that id',
  'self-dependency': 'an item cannot wait for itself',
  'depends-on-parent': 'it lies in that item, which cannot end before it',
  'depends-on-child': 'that item lies in it and cannot end before it starts',
  'dependency-cycle': 'it closed a circle',
}
