/**
 * Bringing templates into a plan that people work on: the first time, when a newer version appears, when another pack joins, when a
 * value changes. All four are one three-way merge, by the merge that sync uses:
 *
 *   base    what the templates of the plan made, as `x-template` remembers them
 *   local   the plan as it is now, with everything people did
 *   remote  what the templates make now
 *
 * What people changed, added, moved or removed stays as they have it; what only the templates changed is taken; what both changed is
 * a conflict with its three values. Nothing is written while a conflict is undecided, for `x-template` can only name one base.
 */
import { isEqual } from '../plans/equal.ts'
import { flattenPlan } from '../plans/flat.ts'
import { mergePlans, type Resolution } from '../plans/merge.ts'
import type { FlatPlan, Plan, PlanChange, PlanConflict } from '../plans/types.ts'
import { instantiate } from './instantiate.ts'
import { TEMPLATE_MARK } from './mark.ts'
import { mergePolicies, type PolicyMerge, type PolicyResolution } from './policy.ts'
import type { Instantiation, TemplatePolicy, TemplateUse } from './types.ts'

/** What is brought together. */
export interface TemplateUpdateInput {
  /** The project's plan. */
  plan: FlatPlan
  /** The project's policy; absent where it has none. */
  policy?: TemplatePolicy | undefined
  /** The templates that the plan was made from, as `x-template` says; empty for a plan without. */
  previous: readonly TemplateUse[]
  /** The templates that it is to be made from. Ids of items that stay need not be given: they are those of before. */
  next: readonly TemplateUse[]
  /** Decisions about conflicts of the plan. */
  resolutions?: readonly Resolution[]
  /** Decisions about conflicts of the policy. */
  policyResolutions?: readonly PolicyResolution[]
}

/** What an update comes to. */
export interface TemplateUpdate {
  /** What the templates make now, with conflicts between them. Without a plan in it there is no update. */
  instantiation: Instantiation
  /** Changes to the project's plan, the new `x-template` among them. In an undecided conflict the project's side stands. */
  changes: PlanChange[]
  /** Conflicts that are not decided. */
  conflicts: PlanConflict[]
  /** What becomes of the project's policy. */
  policy: PolicyMerge
}

/**
 * Merges templates into a plan.
 *
 * @returns changes and conflicts; nothing where `instantiation` has no plan. Pure, and repeatable: after its changes were applied, the
 * same update changes nothing.
 * @throws RangeError when the previous templates do not make a plan any more: they are not those that the plan was made from
 * @example
 * const { changes, conflicts } = updateFromTemplates({ plan, previous: [{ template: v1, values }], next: [{ template: v2, values }] })
 */
export function updateFromTemplates({ plan, policy = {}, previous, next, resolutions = [], policyResolutions = [] }: TemplateUpdateInput): TemplateUpdate {
  const before = previous.length === 0 ? undefined : instantiate(previous)
  if (before !== undefined && before.plan === undefined) throw new RangeError(`the templates that the plan was made from make no plan: ${[...before.problems, ...before.conflicts].map(({ message }) => message).join(' ')}`)
  const instantiation = instantiate(next.map((use) => ({ ...use, ids: { ...idsBefore(before, use.template.name), ...use.ids } })))
  const basePolicy = before?.policy ?? {}
  if (instantiation.plan === undefined) return { instantiation, changes: [], conflicts: [], policy: mergePolicies(basePolicy, policy, basePolicy) }
  const { [TEMPLATE_MARK]: mark, ...head } = plan.head
  const local: FlatPlan = { ...plan, head }
  const [base, remote] = sides(local, before?.plan, instantiation.plan)
  const merged = mergePlans({ base, local, remote, resolutions })
  const changes = [...merged.toLocal, ...markChange(mark, instantiation)]
  return { instantiation, changes, conflicts: merged.conflicts, policy: mergePolicies(basePolicy, policy, instantiation.policy, policyResolutions) }
}

/** Every item keeps the id that it has, also where a new item of another template would have liked it. */
function idsBefore(before: Instantiation | undefined, template: string): Record<string, string> {
  const ids: Record<string, string> = {}
  for (const [id, origin] of before?.origins ?? []) if (origin.template === template) ids[origin.id] = id
  return ids
}

/** Templates say nothing of the project where it was there before them: then its head is nobody's but its own. */
function sides(local: FlatPlan, before: Plan | undefined, now: Plan): [base: FlatPlan, remote: FlatPlan] {
  const remote = flattenPlan(now)
  if (before !== undefined) return [flattenPlan(before), remote]
  return [{ head: local.head, items: new Map(), children: new Map([[null, []]]) }, { ...remote, head: local.head }]
}

function markChange(mark: unknown, { used }: Instantiation): PlanChange[] {
  return isEqual(mark, used) ? [] : [{ op: 'head', set: { [TEMPLATE_MARK]: used } }]
}

/** A plan that is made of templates from nothing. Undefined where the templates make none. */
export function newPlan({ plan, used }: Instantiation): Plan | undefined {
  return plan && { version: plan.version, project: plan.project, [TEMPLATE_MARK]: used, milestones: plan.milestones }
}

