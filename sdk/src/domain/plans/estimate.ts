import type { Estimate } from './types.ts'

/**
 * Expected hours of an estimate. Three points are weighted as in PERT: `(optimistic + 4 likely + pessimistic) / 6`.
 *
 * @see Malcolm, Roseboom, Clark and Fazar, "Application of a technique for research and development program
 * evaluation", Operations Research 7(5), 1959
 */
export function expectedHours(estimate: Estimate): number {
  if (typeof estimate === 'number') return estimate
  return (estimate.optimistic + 4 * estimate.likely + estimate.pessimistic) / 6
}
