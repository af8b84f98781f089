/** Sums over the tree that timeline and graph share. */
import { hoursOf, statusOf, type AnalysisOptions, type PlanIndex } from '../plans/plan-index.ts'

/** Per item number: of its microsteps (itself, if it is one), cancelled ones left out. */
export interface RollUp {
  readonly total: Uint32Array
  readonly done: Uint32Array
  /** Expected hours, done and left. */
  readonly hours: Float64Array
}

export function rollUp(index: PlanIndex, options: AnalysisOptions): RollUp {
  const count = index.items.length
  const sums = { total: new Uint32Array(count), done: new Uint32Array(count), hours: new Float64Array(count) }
  for (let number = count - 1; number >= 0; number--) {
    const item = index.items[number]!
    const status = item.kind === 'microstep' ? statusOf(item) : undefined
    if (status !== undefined && status !== 'cancelled') {
      sums.total[number] = 1
      sums.done[number] = status === 'done' ? 1 : 0
      sums.hours[number] = hoursOf(item, options)
    }
    const parent = index.parents[number]!
    if (parent < 0) continue
    sums.total[parent]! += sums.total[number]!
    sums.done[parent]! += sums.done[number]!
    sums.hours[parent]! += sums.hours[number]!
  }
  return sums
}

/** 0 to 100; 0 for what has no microsteps that count. */
export const percentAt = ({ total, done }: RollUp, number: number): number => (total[number] === 0 ? 0 : (100 * done[number]!) / total[number]!)

const DEPTH = { milestone: 0, step: 1, microstep: 2 } as const

/** How deep a level lies. */
export const depthOf = (kind: keyof typeof DEPTH): number => DEPTH[kind]

/** Whether an item is another one, or lies in it. */
export function liesIn(index: PlanIndex, number: number, container: number): boolean {
  for (let at = number; at >= 0; at = index.parents[at]!) if (at === container) return true
  return false
}
