/**
 * Plans as they were last read, so that the next read brings only what happened since. What it holds is never the truth:
 * every read asks the database which sequence the plan is at, and whether the log still is the one that the plan was read
 * from (see `loadCurrentPlan`). Plans in it are shared between requests and never written.
 */
import type { FlatPlan } from '@buildrunner/sdk/plans'
import type { ItemRow } from './rows.ts'

/** A plan at a sequence, with its rows by key. */
export interface KnownPlan {
  readonly projectId: string
  readonly organisationId: string
  readonly slug: string
  readonly sequence: number
  /** Tells the event of that sequence from any other that ever had its number. */
  readonly mark: string
  /** In layers. */
  readonly plan: FlatPlan
  readonly rows: ReadonlyMap<string, ItemRow>
}

export interface PlanCache {
  /** By UUID or slug of the project. */
  find(organisationId: string, ref: string): KnownPlan | undefined
  /** Keeps it instead of what was known of the project. */
  keep(plan: KnownPlan): void
}

/** Some 115 MB of heap, measured with items of 650 characters each: descriptions, criteria, labels. */
const MAX_ITEMS = 60_000

/** @param maxItems of all plans together; those that were not asked for longest go first */
export function createPlanCache(maxItems = MAX_ITEMS): PlanCache {
  /** By the project's UUID, the last that was asked for at the end. */
  const plans = new Map<string, KnownPlan>()
  const ids = new Map<string, string>()
  let items = 0
  const slugOf = ({ organisationId, slug }: Pick<KnownPlan, 'organisationId' | 'slug'>): string => `${organisationId}/${slug}`
  const drop = (plan: KnownPlan): void => {
    plans.delete(plan.projectId)
    ids.delete(slugOf(plan))
    items -= plan.rows.size
  }
  return {
    find(organisationId, ref) {
      const plan = plans.get(ids.get(slugOf({ organisationId, slug: ref })) ?? ref)
      if (plan?.organisationId !== organisationId) return undefined
      plans.delete(plan.projectId)
      plans.set(plan.projectId, plan)
      return plan
    },
    keep(plan) {
      const before = plans.get(plan.projectId)
      if (before !== undefined) drop(before)
      if (plan.rows.size > maxItems) return
      plans.set(plan.projectId, plan)
      ids.set(slugOf(plan), plan.projectId)
      items += plan.rows.size
      for (const oldest of plans.values()) {
        if (items <= maxItems) break
        drop(oldest)
      }
    },
  }
}
