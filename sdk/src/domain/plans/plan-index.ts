/** A plan as numbered items, which is what analysis works on; made once and shared by all figures. */
import { eventGraph, type EventGraph } from './graph.ts'
import { expectedHours } from './estimate.ts'
import type { FlatPlan, PlanItem, Status } from './types.ts'

/** What analysis assumes. */
export interface AnalysisOptions {
  /**
   * Hours taken for a microstep without an estimate.
   * @defaultValue 1
   */
  defaultHours?: number
}

export const statusOf = (item: PlanItem): Status => item.fields.status ?? 'todo'
/** Finished work needs no more hours and holds nothing up. */
export const isFinished = (status: Status): boolean => status === 'done' || status === 'cancelled'

/** Expected hours of a microstep, finished or not. */
export const hoursOf = (item: PlanItem, { defaultHours = DEFAULT_HOURS }: AnalysisOptions): number =>
  item.fields.estimate === undefined ? defaultHours : expectedHours(item.fields.estimate)

const DEFAULT_HOURS = 1
const NONE: readonly string[] = []

export class PlanIndex {
  readonly plan: FlatPlan
  /** The items in document order, parents before children. */
  readonly items: PlanItem[] = []
  readonly numbers = new Map<string, number>()
  /** The number of each item's parent; -1 for a milestone. */
  readonly parents: Int32Array
  /** The numbers of what each item depends on itself; ids that no item has are left out. */
  readonly dependencies: (readonly number[] | undefined)[]
  /** How many microsteps lie in an item (itself, if it is one), and how many of them are unfinished. */
  readonly microsteps: Int32Array
  readonly unfinished: Int32Array

  constructor(plan: FlatPlan) {
    this.plan = plan
    this.#enter(plan.children.get(null) ?? NONE)
    const count = this.items.length
    this.parents = new Int32Array(count)
    this.microsteps = new Int32Array(count)
    this.unfinished = new Int32Array(count)
    this.dependencies = this.items.map((item, number) => {
      this.parents[number] = item.parentId === null ? -1 : this.numbers.get(item.parentId)!
      return item.fields.dependsOn?.flatMap((id) => this.numbers.get(id) ?? [])
    })
    for (let number = count - 1; number >= 0; number--) {
      const item = this.items[number]!
      if (item.kind === 'microstep') {
        this.microsteps[number] = 1
        this.unfinished[number] = isFinished(statusOf(item)) ? 0 : 1
      }
      const parent = this.parents[number]!
      if (parent < 0) continue
      this.microsteps[parent]! += this.microsteps[number]!
      this.unfinished[parent]! += this.unfinished[number]!
    }
  }

  /** Whether nothing in an item is left to do; an item without microsteps has nothing that could be finished. */
  isSettled(number: number): boolean {
    return this.unfinished[number] === 0 && this.microsteps[number]! > 0
  }

  isUnfinishedMicrostep(number: number): boolean {
    return this.items[number]!.kind === 'microstep' && this.unfinished[number] === 1
  }

  /**
   * What has to happen before what. Dependencies of settled items are left out, these wait for nothing more; and what has
   * microsteps is finished with them, whatever an empty step in it depends on.
   */
  openGraph(): EventGraph {
    const dependencies = this.dependencies.map((list, number) => (this.isSettled(number) ? undefined : list))
    return eventGraph(this.parents, dependencies, (number) => this.microsteps[number]! > 0 || this.microsteps[this.parents[number]!] === 0)
  }

  #enter(ids: readonly string[]): void {
    for (const id of ids) {
      this.numbers.set(id, this.items.length)
      this.items.push(this.plan.items.get(id)!)
      const children = this.plan.children.get(id)
      if (children !== undefined) this.#enter(children)
    }
  }
}

/** Figures can be asked of a plan or, to save work, of its index. */
export const indexOf = (plan: FlatPlan | PlanIndex): PlanIndex => (plan instanceof PlanIndex ? plan : new PlanIndex(plan))
