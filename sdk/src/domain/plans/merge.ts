/** Three-way merge of plans: the one merge behind push, pull, template updates and integrations. */
import { diffWithin } from './diff.ts'
import { isSameOrder } from './equal.ts'
import { copyMap, differingKeys } from './versioned-map.ts'
import { breakCycles } from './merge-cycles.ts'
import { mergeHeads, mergeRecords, type FieldConflict, type Merged, type Side } from './merge-fields.ts'
import { Identities, renameAll, type Resolve } from './merge-identity.ts'
import { describeConflicts } from './merge-conflicts.ts'
import { IN_BASE } from './merge-differences.ts'
import { Structure, TARGETS, type Target } from './merge-structure.ts'
import { mergeOrder } from './order.ts'
import type { FlatPlan, ItemFields, PlanChange, PlanConflict, PlanItem } from './types.ts'

/** Decides the conflicts of an item, or only those of one of its fields, for one side. */
export interface Resolution {
  /** The item as the conflict names it; null for the head of the document. */
  id: string | null
  /** The field; absent for every conflict of the item. */
  field?: string
  /** The side that stands. */
  keep: Side
}

/** What is merged. */
export interface MergeInput {
  /** The plan that both sides started from. */
  base: FlatPlan
  /** The caller's side. */
  local: FlatPlan
  /** The other side. */
  remote: FlatPlan
  /** Decisions about conflicts of an earlier merge. */
  resolutions?: readonly Resolution[]
}

/** What a merge came to. */
export interface MergeResult {
  /** The results. Without a conflict all three are equal; with conflicts each side keeps its own version of them. */
  local: FlatPlan
  /** The other side after the merge. */
  remote: FlatPlan
  /** The base of the next merge: merged where there is no conflict, as before where there is one. */
  base: FlatPlan
  /** Sorted by id, kind and field; swapping the sides of the input swaps the sides of the conflicts and nothing else. */
  conflicts: PlanConflict[]
  /** Changes that turn the local input into the local result. */
  toLocal: PlanChange[]
  /** Changes that turn the remote input into the remote result. */
  toRemote: PlanChange[]
  /** Changes that turn the remote result into the next base; empty without a conflict. */
  basePatch: PlanChange[]
}

/**
 * Merges what two sides made of one plan, item by item and field by field.
 *
 * What does not conflict is applied to both sides; what does is reported and stays as each side has it, until a later
 * merge, given the `base` of this one, brings a resolution. That merge reports the same conflicts again and changes
 * nothing else. Order of siblings never conflicts. The results are valid (no dangling dependency, no cycle) whenever all
 * inputs are.
 *
 * The kinds of conflict, and what a resolution for a side does:
 * - `field`: both set a field, or one element of a list, to different values. For a rename by both the field is `id`.
 *   Labels, dependencies, criteria and links merge by element, so only the same criterion or link can conflict.
 * - `edit-delete`: one side deleted an item that the other one edited. With the field `dependsOn` the item was not
 *   edited, but items named in that side's value depend on it now. Keeping the edit restores the deleted subtree.
 * - `move-delete`, `child-of-deleted`: the same for an item that was moved, and for an item that was added or moved
 *   into what is deleted; there `id` is the child. A resolution for the topmost deleted item decides all of these in it.
 * - `move-move`: both moved an item, to different parents; the values are the parents.
 * - `add-add`: both gave one id to items with different contents.
 * - `cycle`: new dependencies or moves (field `dependsOn` or `parentId`) of both sides form a cycle together. It is
 *   decided as a whole by the resolutions for its items; while these contradict each other it stays.
 */
export function mergePlans(input: MergeInput): MergeResult {
  const { conflicts, resultFor, patch } = merge(input)
  const results = { local: resultFor('local'), remote: resultFor('remote'), base: resultFor('base') }
  return { ...results, conflicts, toLocal: patch(input.local, results.local), toRemote: patch(input.remote, results.remote), basePatch: patch(results.remote, results.base) }
}

/** The part of `mergePlans` that the other side needs, at a third of its cost. */
export function mergeIntoRemote(input: MergeInput): Pick<MergeResult, 'remote' | 'toRemote' | 'conflicts'> {
  const { conflicts, resultFor, patch } = merge(input)
  const remote = resultFor('remote')
  return { remote, toRemote: patch(input.remote, remote), conflicts }
}

/** A merge whose results are built, and compared, when they are asked for. */
function merge({ base, local, remote, resolutions = [] }: MergeInput) {
  const identities = new Identities({ base, local, remote })
  const resolve = resolver(identities, resolutions)
  const structure = new Structure(identities, resolve)
  // A resolution can undo one half of an edit, say a move, whose other half is a cycle without it.
  if (resolutions.length > 0 || structure.mayHaveCycles()) breakCycles(structure)
  const fields = mergeAllFields(structure)
  const heads: FieldConflict[] = []
  const head = mergeHeads({ base: base.head, local: local.head, remote: remote.head }, (field) => headDecision(resolutions, field), heads)
  const built = new Map<Target, FlatPlan>()
  const resultFor = (target: Target): FlatPlan => {
    let plan = built.get(target)
    if (plan === undefined) built.set(target, (plan = named(structure, target, buildPlan(structure, fields.byId, head[target], target))))
    return plan
  }
  const conflicts = describeConflicts({ structure, fields: fields.conflicts, heads, resultFor })
  const touched = touchedNames(structure)
  return {
    conflicts,
    resultFor: (target: Target): FlatPlan => resultFor(conflicts.length === 0 ? 'local' : target),
    patch: (from: FlatPlan, to: FlatPlan): PlanChange[] => diffWithin(from, to, touched),
  }
}

function resolver(identities: Identities, resolutions: readonly Resolution[]): Resolve {
  if (resolutions.length === 0) return () => undefined
  const byId = new Map<string, Resolution[]>()
  for (const resolution of resolutions) {
    if (resolution.id === null) continue
    for (const id of identities.idsOf(resolution.id)) byId.set(id, [...(byId.get(id) ?? []), resolution])
  }
  return (id, field) => byId.get(id)?.findLast((resolution) => resolution.field === undefined || resolution.field === field)?.keep
}

const headDecision = (resolutions: readonly Resolution[], field: string): Side | undefined =>
  resolutions.findLast((resolution) => resolution.id === null && (resolution.field === undefined || resolution.field === field))?.keep

interface AllFields {
  /** For items in all three inputs that both sides edited; for the others the fields of one version stand. */
  byId: ReadonlyMap<string, Merged<Record<string, unknown>>>
  conflicts: ReadonlyMap<string, FieldConflict[]>
}

/** Dependencies are structure, and `renamedFrom` goes with the name. */
const NOT_MERGED = new Set(['dependsOn'])
const NOT_MERGED_RENAMED = new Set(['dependsOn', 'renamedFrom'])

function mergeAllFields(structure: Structure): AllFields {
  const byId = new Map<string, Merged<Record<string, unknown>>>()
  const conflicts = new Map<string, FieldConflict[]>()
  for (const id of structure.differences.edited.local) {
    if (!structure.differences.edited.remote.has(id)) continue
    const { base, local, remote } = structure.differences.versions.get(id)!
    const versions = { base: base!.fields, local: local!.fields, remote: remote!.fields }
    const found: FieldConflict[] = []
    byId.set(id, mergeRecords(versions, (field) => structure.resolve(id, field), found, structure.identities.isRenamed(id) ? NOT_MERGED_RENAMED : NOT_MERGED))
    if (found.length > 0) conflicts.set(id, found)
  }
  return { byId, conflicts }
}

/** Starts from the local input: what is the same everywhere is there already. */
function buildPlan(structure: Structure, fields: AllFields['byId'], head: Readonly<Record<string, unknown>>, target: Target): FlatPlan {
  const items = copyMap(structure.plans.local.items)
  const children = copyMap(structure.plans.local.children)
  for (const id of structure.differences.touched) {
    if (structure.isIn(id, target)) items.set(id, buildItem(structure, fields, id, target))
    else items.delete(id)
  }
  for (const parentId of touchedParents(structure)) {
    const [base, local, remote] = [listOf(structure.plans.base, parentId), listOf(structure.plans.local, parentId), listOf(structure.plans.remote, parentId)]
    const isPlaced = (id: string): boolean => !structure.isMoving(id) || TARGETS.some((other) => structure.isIn(id, other) && structure.parentIn(id, other) === parentId)
    const list = mergeOrder(base, local, remote, isPlaced).filter((id) => items.get(id)?.parentId === parentId)
    if (list.length > 0 || parentId === null) children.set(parentId, list)
    else children.delete(parentId)
  }
  return { head, items, children }
}

const NONE: readonly string[] = []
const listOf = (plan: FlatPlan, parentId: string | null): readonly string[] => plan.children.get(parentId) ?? NONE

function touchedParents(structure: Structure): Set<string | null> {
  const { base, local, remote } = structure.plans
  const parents = new Set<string | null>()
  for (const parentId of differingKeys(base.children, local.children, remote.children)) {
    if (!isSameOrder(listOf(base, parentId), listOf(local, parentId)) || !isSameOrder(listOf(base, parentId), listOf(remote, parentId))) parents.add(parentId)
  }
  for (const id of structure.moving) for (const target of TARGETS) if (structure.isIn(id, target)) parents.add(structure.parentIn(id, target))
  return parents
}

function buildItem(structure: Structure, merged: AllFields['byId'], id: string, target: Target): PlanItem {
  const source = mergedSource(structure, merged, id, target)
  const dependsOn = structure.dependenciesIn(id, target)
  const parentId = structure.parentIn(id, target)
  const fields = withDependencies(withRenamedFrom(structure, id, target, source.fields), dependsOn)
  return fields === source.fields && parentId === source.parentId ? source : { id, kind: source.kind, parentId, fields }
}

function mergedSource(structure: Structure, merged: AllFields['byId'], id: string, target: Target): PlanItem {
  const [before, mine, theirs] = [structure.itemIn(id, 'base'), structure.itemIn(id, 'local'), structure.itemIn(id, 'remote')]
  if (before === undefined || mine === undefined || theirs === undefined) return structure.sourceIn(id, target)
  const both = merged.get(id)
  if (both !== undefined) return { ...before, fields: both[target] as ItemFields }
  return structure.differences.edited.remote.has(id) ? theirs : mine
}

function withDependencies(fields: ItemFields, dependsOn: readonly string[]): ItemFields {
  if (isSameOrder(fields.dependsOn ?? NONE, dependsOn)) return fields
  const { dependsOn: _, ...rest } = fields
  return dependsOn.length === 0 ? (rest as ItemFields) : ({ ...rest, dependsOn: [...dependsOn] } as ItemFields)
}

function withRenamedFrom(structure: Structure, id: string, target: Target, fields: ItemFields): ItemFields {
  const { identities, plans } = structure
  if (!identities.isRenamed(id) || (structure.bits(id) & IN_BASE) === 0) return fields
  const name = structure.nameFor(id, target)
  const source = (['local', 'remote', 'base'] as const).find((version) => plans[version].items.has(id) && identities.nameIn(id, version) === name) ?? target
  const value = plans[source].items.get(id)?.fields.renamedFrom
  if (value === fields.renamedFrom) return fields
  const { renamedFrom: _, ...rest } = fields
  return (value === undefined ? rest : { ...rest, renamedFrom: value }) as ItemFields
}

/** The plan with the names that its items end up with. */
function named(structure: Structure, target: Target, plan: FlatPlan): FlatPlan {
  if (structure.identities.trivial) return plan
  const pairs: [string, string][] = []
  for (const id of plan.items.keys()) {
    const name = structure.nameFor(id, target)
    if (name !== id) pairs.push([id, name])
  }
  return renameAll(plan, pairs)
}

function touchedNames(structure: Structure): readonly string[] | ReadonlySet<string> {
  const { identities } = structure
  const { touched } = structure.differences
  if (identities.trivial) return touched
  const names = new Set(touched)
  for (const id of touched) for (const version of TARGETS) names.add(identities.nameIn(id, version))
  // A rename reaches everything that depends on the item.
  for (const plan of [structure.plans.local, structure.plans.remote]) for (const item of plan.items.values()) if (item.fields.dependsOn?.some((id) => identities.isRenamed(id)) === true) names.add(item.id)
  return names
}

