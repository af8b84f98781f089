/** The merge behind a push: pure, so that the server, the SDK's test server and property tests run the same. */
import { mergeIntoRemote, type Resolution } from '../plans/merge.ts'
import type { PlanConflict } from '../plans/types.ts'
import { graphBreakers, illFormed, misshapen } from './faults.ts'
import { applyWrites } from './local.ts'
import { Renamed, outcomesOf } from './outcomes.ts'
import { baseOf } from './overlay.ts'
import type { DecideInput, MergeWritesInput, MergedWrites } from './types.ts'

/** Rounds in which one write is taken out for each fault; after them every write near a fault is. Few people's writes need one. */
const PATIENT_ROUNDS = 8

/**
 * Merges writes into the newest plan, and says of each how it ended.
 *
 * The merge is that of `mergePlans`: its base is what the writes were made upon (see `baseOf`), local is the base with
 * the writes, remote is the newest plan. A write that cannot stand (an unknown item, a circle of dependencies, an id that
 * is taken) is taken out with its reason, and the rest is merged without it; a refused or conflicting write never keeps
 * another one back that does not need it.
 *
 * Promises: `after` is valid when `remote` is, whatever the writes hold; a write whose outcome is `APPLIED` or
 * `ALREADY_APPLIED` stands in `after`, unless a later write of the same push says otherwise; the same writes merged into
 * `after` again change nothing but perhaps the order of siblings.
 *
 * @returns `changes` lead from `remote` to `after`; results are in the order of the writes
 */
export function mergeWrites(input: MergeWritesInput): MergedWrites {
  return merge(input, true)
}

/** @param whole whether the writes are all that their author did, so that they must make a valid plan by themselves */
function merge({ history, remote, writes, resolutions = [] }: MergeWritesInput, whole: boolean): MergedWrites {
  let out = misshapen(writes)
  const first = applyWrites(history, writes, out)
  const base = first.isAsBased ? history : baseOf(history, remote, writes.filter((_, index) => !out.has(index)))
  for (let round = 0; ; round++) {
    const all = round >= PATIENT_ROUNDS
    const local = round === 0 && first.isAsBased ? first : applyWrites(base, writes, out)
    const broken = illFormed(local, all)
    const own = whole ? graphBreakers(local, { plan: local.plan, firstOf: (id) => local.names.of(id), before: base }, all) : undefined
    for (const entry of own?.refused ?? []) broken.set(...entry)
    if (broken.size === 0) {
      const { remote: after, toRemote: changes, conflicts } = mergeIntoRemote({ base, local: local.plan, remote, resolutions })
      const result = Renamed.since(base, after)
      const suspect = { plan: after, firstOf: result.firstOf, before: remote, isFinal: true, ...(own?.isFaultless === true && { faultless: local.plan }) }
      for (const entry of graphBreakers(local, suspect, all).refused) broken.set(...entry)
      if (broken.size === 0) return { after, changes, ...outcomesOf({ base, local, remote, after: result, conflicts }, writes) }
    }
    out = new Map([...local.refused, ...broken])
  }
}

/**
 * Decides a conflict of an earlier merge from its causes, in the newest plan.
 *
 * @returns `conflicts` as they are before the decision; empty when the plan moved on so that there is none any more.
 * All of them are decided: what the causes are in conflict with was one act of its author, such as the deletion of items
 * that others edited. `merged` is the plan after it.
 */
export function decideWrites({ history, remote, writes, keep }: DecideInput): { conflicts: PlanConflict[]; merged: MergedWrites } {
  const conflicts = merge({ history, remote, writes }, false).conflicts.map(({ conflict }) => conflict)
  const resolutions = conflicts.map(({ id, field }): Resolution => ({ id, keep, ...(field === undefined ? {} : { field }) }))
  return { conflicts, merged: merge({ history, remote, writes, resolutions }, false) }
}
