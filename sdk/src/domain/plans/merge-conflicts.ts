/** The conflicts of a merge as values, in an order that does not depend on which side is which. */
import type { FieldConflict } from './merge-fields.ts'
import { describeItem } from './merge-identity.ts'
import type { DeletionConflict, DeletionReason } from './merge-deletions.ts'
import { TARGETS, type Structure, type Target } from './merge-structure.ts'
import type { FlatPlan, PlanConflict, PlanItem } from './types.ts'

type Value = (version: Target) => unknown
type Push = (kind: PlanConflict['kind'], id: string, field: string | undefined, value: Value) => void

interface Merge {
  structure: Structure
  fields: ReadonlyMap<string, FieldConflict[]>
  heads: readonly FieldConflict[]
  /**
   * A result by its target, made when it is first asked for. Values are those of the results, so that they are in the
   * results' names and the next merge reports the same ones.
   */
  resultFor: (target: Target) => FlatPlan
}

export function describeConflicts(merge: Merge): PlanConflict[] {
  const { structure, fields, heads } = merge
  const conflicts: PlanConflict[] = heads.map(({ field, ...values }) => withValues('field', null, field, (version) => values[version]))
  const push = (kind: PlanConflict['kind'], id: string, field: string | undefined, value: Value): void => {
    conflicts.push(withValues(kind, nameOf(structure, id), field, value))
  }
  for (const [id, list] of fields) for (const { field, ...values } of list) push('field', id, field, (version) => values[version])
  for (const deletion of structure.deletions) for (const reason of deletion.reasons) describeDeletion(merge, deletion, reason, push)
  for (const id of structure.moving) {
    if (structure.isMoveConflict(id)) push('move-move', id, undefined, parentValue(merge, id))
    if (structure.isAddConflict(id)) push('add-add', id, undefined, itemValue(merge, id))
  }
  describeNames(merge, push)
  describeCycles(merge, push)
  return conflicts.sort(byPlace)
}

function describeDeletion(merge: Merge, deletion: DeletionConflict, reason: DeletionReason, push: Push): void {
  const { structure } = merge
  // As long as one reason is undecided the item is, and all its reasons are reported.
  if (structure.levelOf(reason.kept) !== 1 || structure.isRefused(reason.id)) return
  const { id, dependents } = reason
  if (dependents !== undefined) {
    const names = dependents.map((dependent) => structure.nameFor(dependent, deletion.editor)).sort()
    push('edit-delete', id, 'dependsOn', (version) => (version === deletion.editor ? names : undefined))
  } else if (reason.kind === 'edit-delete') push('edit-delete', id, undefined, (version) => resultItem(merge, id, version)?.fields)
  else if (reason.kind === 'move-delete' || structure.plans.base.items.has(id)) push(reason.kind, id, undefined, parentValue(merge, id))
  else push('child-of-deleted', id, undefined, itemValue(merge, id))
}

function describeNames(merge: Merge, push: Push): void {
  const { structure } = merge
  const { identities } = structure
  if (identities.trivial) return
  for (const { name, local, remote } of structure.openClashes) {
    push('add-add', name, undefined, (version) => (version === 'base' ? undefined : describeItem(resultItem(merge, version === 'local' ? local : remote, version))))
  }
  for (const id of structure.differences.touched) {
    if (identities.hasTwoNames(id) && structure.resolve(id, 'id') === undefined) push('field', id, 'id', (version) => identities.nameIn(id, version))
  }
}

function describeCycles(merge: Merge, push: Push): void {
  const { structure } = merge
  const dependents = new Set([...structure.heldDependencies].filter((key) => !structure.refusedDependencies.has(key)).map((key) => key.split('\u0001')[0]!))
  for (const id of dependents) push('cycle', id, 'dependsOn', (version) => resultItem(merge, id, version)?.fields.dependsOn)
  for (const id of structure.heldPlaces) if (!structure.refusedPlaces.has(id)) push('cycle', id, 'parentId', parentValue(merge, id))
}

function resultItem({ structure, resultFor }: Merge, id: string, version: Target): PlanItem | undefined {
  return resultFor(version).items.get(structure.nameFor(id, version))
}

const parentValue = (merge: Merge, id: string): Value => (version) => resultItem(merge, id, version)?.parentId
const itemValue = (merge: Merge, id: string): Value => (version) => describeItem(resultItem(merge, id, version))

/** The name that every result gives the item, else the one it had. */
function nameOf(structure: Structure, id: string): string {
  const names = new Set(TARGETS.filter((target) => structure.isIn(id, target)).map((target) => structure.nameFor(id, target)))
  return names.size === 1 ? [...names][0]! : structure.identities.nameIn(id, 'base')
}

function withValues(kind: PlanConflict['kind'], id: string | null, field: string | undefined, value: Value): PlanConflict {
  const conflict: PlanConflict = { kind, id }
  if (field !== undefined) conflict.field = field
  for (const version of ['base', 'local', 'remote'] as const) {
    const own = value(version)
    if (own !== undefined) conflict[version] = own
  }
  return conflict
}

function byPlace(a: PlanConflict, b: PlanConflict): number {
  return compare(a.id ?? '', b.id ?? '') || compare(a.kind, b.kind) || compare(a.field ?? '', b.field ?? '') || compare(unordered(a), unordered(b))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
/** Elements of one list field differ only in their values; these are compared without regard to the sides. */
const unordered = ({ base, local, remote }: PlanConflict): string => JSON.stringify([base ?? null, [JSON.stringify(local ?? null), JSON.stringify(remote ?? null)].sort()])
