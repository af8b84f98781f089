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
import type { DocumentItem, Plan, PlanProblem } from '../types.ts'
import type { ImportPlace, ImportRepair } from './types.ts'

export const DEPENDENCY_FAULTS = new Set(['unknown-dependency', 'self-dependency', 'depends-on-parent', 'depends-on-child', 'dependency-cycle'])

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
 * Repairs what can be repaired, in place, until nothing more can be.
 *
 * @param validate the graph rules, asked again after each round: a repair can uncover the next circle.
 */
export function repairPlan(plan: Plan, origins: ReadonlyMap<DocumentItem, Origin>, validate: (plan: Plan) => PlanProblem[]): ImportRepair[] {
  const repairs: ImportRepair[] = []
  for (;;) {
    const round = new Round(plan, origins)
    for (const problem of validate(plan)) round.take(problem)
    const done = round.apply()
    if (done.length === 0) return repairs
    repairs.push(...done)
  }
}

class Round {
  readonly #plan: Plan
  readonly #origins: ReadonlyMap<DocumentItem, Origin>
  readonly #repairs: ImportRepair[] = []
  /** Places in `dependsOn` to take out, by item. Taken out together at the end, so that pointers stay true. */
  readonly #cuts = new Map<DocumentItem, Set<number>>()
  readonly #renames: DocumentItem[] = []

  constructor(plan: Plan, origins: ReadonlyMap<DocumentItem, Origin>) {
    this.#plan = plan
    this.#origins = origins
  }

  take({ code, pointer }: PlanProblem): void {
    const target = resolvePointer(this.#plan, pointer)
    if (target === undefined) return
    const { item, dependency } = target
    if (code === 'duplicate-id') this.#renames.push(item)
    if (dependency === undefined || !DEPENDENCY_FAULTS.has(code)) return
    const cuts = this.#cuts.get(item) ?? new Set()
    this.#cuts.set(item, cuts.add(dependency))
    const message = `Removed the dependency of ${item.id} on ${item.dependsOn![dependency]}: ${REASON[code]}.`
    this.#repairs.push({ code, message, id: item.id, ...placeOfPointer(this.#plan, this.#origins, pointer) })
  }

  apply(): ImportRepair[] {
    for (const [item, cuts] of this.#cuts) {
      const keep = (_: unknown, index: number): boolean => !cuts.has(index)
      const origin = this.#origins.get(item)
      item.dependsOn = item.dependsOn!.filter(keep)
      if (origin) origin.dependsOn = origin.dependsOn.filter(keep)
      if (item.dependsOn.length === 0) delete item.dependsOn
    }
    if (this.#renames.length > 0) this.#rename()
    return this.#repairs
  }

  #rename(): void {
    const pool = new IdPool()
    for (const milestone of this.#plan.milestones) {
      for (const item of [milestone, ...(milestone.steps ?? []).flatMap((step) => [step, ...(step.microsteps ?? [])])]) pool.claim(item.id)
    }
    for (const item of this.#renames) {
      const old = item.id
      item.id = pool.free(old)
      const origin = this.#origins.get(item)
      const message = `Renamed the second ${old} to ${item.id}; dependencies on ${old} mean the first.`
      this.#repairs.push({ code: 'duplicate-id', message, id: item.id, ...(origin && placeOf(origin.at)) })
    }
  }
}

const REASON: Record<string, string> = {
  'unknown-dependency': 'no item has that id',
  'self-dependency': 'an item cannot wait for itself',
  'depends-on-parent': 'it lies in that item, which cannot end before it',
  'depends-on-child': 'that item lies in it and cannot end before it starts',
  'dependency-cycle': 'it closed a circle',
}
