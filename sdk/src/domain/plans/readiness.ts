/** What can be worked on now, and what holds the rest up. */
import { indexOf, statusOf, type PlanIndex } from './plan-index.ts'
import type { FlatPlan } from './types.ts'

/** Why a microstep cannot be worked on. */
export interface BlockReason {
  /**
   * `status`: its status is `blocked`. `dependency`: it depends on something unfinished. `inherited`: a parent does.
   * `missing`: what it or a parent depends on does not exist.
   */
  kind: 'status' | 'dependency' | 'inherited' | 'missing'
  /** What is depended on; absent for `status`. */
  id?: string
  /** The parent that the dependency comes from, where it is not the microstep's own. */
  via?: string
  /** For people, in English. */
  message: string
}

/** A microstep that waits, and for what. */
export interface BlockedItem {
  /** Id of the microstep. */
  id: string
  /** Everything it waits for. */
  reasons: BlockReason[]
}

/** Dependencies of one item that still hold it up. */
type OpenDependencies = { id: string; missing: boolean }[]

/**
 * Says for each item which of its own dependencies are open. A microstep is finished when it is done or cancelled; a
 * milestone or step when all its microsteps are. One without microsteps has nothing to finish: it counts as finished as
 * soon as everything is that it, a parent of it, or a step in it depends on.
 */
export class Readiness {
  readonly index: PlanIndex
  readonly #open: (OpenDependencies | undefined)[] = []
  readonly #asked = new Set<number>()

  constructor(index: PlanIndex) {
    this.index = index
  }

  openOf(number: number): OpenDependencies {
    const known = this.#open[number]
    if (known !== undefined) return known
    const open: OpenDependencies = []
    for (const id of this.index.items[number]!.fields.dependsOn ?? []) {
      const other = this.index.numbers.get(id)
      if (other === undefined || !this.#isFinished(other)) open.push({ id, missing: other === undefined })
    }
    this.#open[number] = open
    return open
  }

  #isFinished(number: number): boolean {
    if (this.index.microsteps[number]! > 0) return this.index.unfinished[number] === 0
    // A cycle of empty items never finishes.
    if (this.#asked.has(number)) return false
    this.#asked.add(number)
    const isFree = (at: number): boolean => at < 0 || (this.openOf(at).length === 0 && isFree(this.index.parents[at]!))
    const { plan, items, numbers } = this.index
    const isFinished = isFree(number) && (plan.children.get(items[number]!.id) ?? []).every((id) => this.openOf(numbers.get(id)!).length === 0)
    this.#asked.delete(number)
    return isFinished
  }
}

/** Ids of the microsteps with the status `todo` that nothing unfinished holds up, in document order. */
export function readySet(plan: FlatPlan | PlanIndex): string[] {
  const index = indexOf(plan)
  const readiness = new Readiness(index)
  const isFree = new Uint8Array(index.items.length)
  const ready: string[] = []
  index.items.forEach((item, number) => {
    const parent = index.parents[number]!
    isFree[number] = (parent < 0 || isFree[parent] === 1) && readiness.openOf(number).length === 0 ? 1 : 0
    if (isFree[number] === 1 && item.kind === 'microstep' && statusOf(item) === 'todo') ready.push(item.id)
  })
  return ready
}

/** The unfinished microsteps that something holds up, each with every reason, in document order. */
export function blockedItems(plan: FlatPlan | PlanIndex): BlockedItem[] {
  const index = indexOf(plan)
  const readiness = new Readiness(index)
  const reasonsOf = index.items.map((): BlockReason[] | undefined => undefined)
  const inherited = (number: number): BlockReason[] => {
    if (number < 0) return []
    return (reasonsOf[number] ??= [...openReasons(readiness, number, true), ...inherited(index.parents[number]!)])
  }
  const blocked: BlockedItem[] = []
  index.items.forEach((item, number) => {
    if (!index.isUnfinishedMicrostep(number)) return
    const status: BlockReason[] = statusOf(item) === 'blocked' ? [{ kind: 'status', message: 'its status is blocked' }] : []
    const reasons = [...status, ...openReasons(readiness, number, false), ...inherited(index.parents[number]!)]
    if (reasons.length > 0) blocked.push({ id: item.id, reasons })
  })
  return blocked
}

function openReasons(readiness: Readiness, number: number, isParent: boolean): BlockReason[] {
  const { id: via, kind } = readiness.index.items[number]!
  return readiness.openOf(number).map(({ id, missing }) => {
    const who = isParent ? `its ${kind} ${via}` : 'it'
    const what = missing ? `${id}, which does not exist` : `${id}, which is not finished`
    return { kind: missing ? 'missing' : isParent ? 'inherited' : 'dependency', id, ...(isParent ? { via } : {}), message: `${who} depends on ${what}` }
  })
}
