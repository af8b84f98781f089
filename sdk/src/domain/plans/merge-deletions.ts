/**
 * What one side deleted and the other one still works on.
 *
 * A deleted subtree is one decision: as soon as anything in it is edited, moved, depended on anew or given a new child
 * by the other side, all of it stays with that side until the conflicts are decided. Each conflict names the item that
 * was worked on; keeping that work keeps the whole subtree, except items that are themselves decided for deletion.
 */
import { isEqualRecord, isSameOrder } from './equal.ts'
import { otherSide, type Side } from './merge-fields.ts'
import type { Resolve } from './merge-identity.ts'
import { IN_BASE, IN_LOCAL, IN_REMOTE } from './merge-differences.ts'
import type { Level, Structure } from './merge-structure.ts'
import type { ConflictKind, PlanItem } from './types.ts'

/** One reason why a deletion conflicts. */
export interface DeletionReason {
  kind: Extract<ConflictKind, 'edit-delete' | 'move-delete' | 'child-of-deleted'>
  /** The item the conflict names. */
  id: string
  /** The deleted item that has to stay; `id` itself except for a new child. */
  kept: string
  /** For a new dependency on a deleted item: the items that depend on it now. */
  dependents?: string[]
}

/** A topmost deleted item with everything below it that was deleted too, and the reasons against it. */
export class DeletionConflict {
  readonly root: string
  /** The side that works on what the other one deleted. */
  readonly editor: Side
  readonly members: string[] = []
  readonly reasons: DeletionReason[] = []
  readonly #structure: Structure

  constructor(structure: Structure, root: string, editor: Side) {
    this.#structure = structure
    this.root = root
    this.editor = editor
  }

  decisionOf(reason: DeletionReason, resolve: Resolve): Level {
    const field = reason.dependents === undefined ? undefined : 'dependsOn'
    const keep = resolve(reason.id, field) ?? resolve(this.root)
    return keep === undefined ? 1 : keep === this.editor ? 2 : 0
  }

  /** The level of every member: that of its own reasons, else of those of the nearest item above it, else the highest. */
  levels(resolve: Resolve): Map<string, Level> {
    const own = new Map<string, Level>()
    let highest: Level = 0
    for (const reason of this.reasons) {
      const level = this.decisionOf(reason, resolve)
      own.set(reason.kept, Math.max(own.get(reason.kept) ?? 0, level) as Level)
      highest = Math.max(highest, level) as Level
    }
    const base = this.#structure.plans.base
    const levelOf = (id: string | null | undefined): Level => (typeof id !== 'string' ? highest : (own.get(id) ?? (id === this.root ? highest : levelOf(base.items.get(id)?.parentId))))
    return new Map(this.members.map((id) => [id, levelOf(id)]))
  }

  /** New children that were decided against. */
  refused(resolve: Resolve): string[] {
    return this.reasons.flatMap((reason) => (reason.kind === 'child-of-deleted' && this.decisionOf(reason, resolve) === 0 ? [reason.id] : []))
  }
}

/** All deletions that something speaks against, in an order that does not depend on which side is which. */
export function findDeletionConflicts(structure: Structure): DeletionConflict[] {
  return [...findFor(structure, 'local'), ...findFor(structure, 'remote')].filter((deletion) => deletion.reasons.length > 0)
}

function findFor(structure: Structure, editor: Side): DeletionConflict[] {
  const units = new Map<string, DeletionConflict>()
  const deletedBits = IN_BASE | (editor === 'local' ? IN_LOCAL : IN_REMOTE)
  const { base } = structure.plans
  const deleter = structure.plans[otherSide(editor)]
  const rootOf = (id: string): string => {
    const parentId = base.items.get(id)!.parentId
    return parentId === null || deleter.items.has(parentId) ? id : rootOf(parentId)
  }
  const unitOf = (id: string): DeletionConflict => {
    const root = rootOf(id)
    let unit = units.get(root)
    if (unit === undefined) units.set(root, (unit = new DeletionConflict(structure, root, editor)))
    return unit
  }
  const dependents = new Map<string, string[]>()
  for (const id of structure.moving) {
    const bits = structure.bits(id)
    const item = structure.itemIn(id, editor)
    if (item === undefined) continue
    if (bits === deletedBits) addDeleted(structure, unitOf(id), id, editor)
    else if (item.parentId !== null && structure.bits(item.parentId) === deletedBits && base.items.get(id)?.parentId !== item.parentId) {
      unitOf(item.parentId).reasons.push({ kind: 'child-of-deleted', id, kept: item.parentId })
    }
    if ((bits & IN_BASE) === 0) collectNewDependents(structure, id, editor, deletedBits, dependents)
  }
  for (const id of structure.differences.edited[editor]) if (structure.itemIn(id, otherSide(editor)) !== undefined) collectNewDependents(structure, id, editor, deletedBits, dependents)
  for (const [id, list] of dependents) unitOf(id).reasons.push({ kind: 'edit-delete', id, kept: id, dependents: list.sort() })
  return [...units.values()]
}

function addDeleted(structure: Structure, unit: DeletionConflict, id: string, editor: Side): void {
  unit.members.push(id)
  const [before, after] = [structure.plans.base.items.get(id)!, structure.plans[editor].items.get(id)!]
  if (before.parentId !== after.parentId) unit.reasons.push({ kind: 'move-delete', id, kept: id })
  if (structure.differences.edited[editor].has(id) && !isOnlyCleanUp(structure, before, after, editor)) unit.reasons.push({ kind: 'edit-delete', id, kept: id })
}

/** Whether a side only took out dependencies on what it deleted itself: no work on the item, it had to. */
function isOnlyCleanUp(structure: Structure, before: PlanItem, after: PlanItem, editor: Side): boolean {
  const isThere = (id: string): boolean => structure.plans[editor].items.has(id)
  const kept = before.fields.dependsOn?.filter(isThere) ?? []
  if (!isSameOrder(kept, after.fields.dependsOn ?? [])) return false
  return isEqualRecord({ ...before.fields, dependsOn: undefined }, { ...after.fields, dependsOn: undefined })
}

function collectNewDependents(structure: Structure, id: string, editor: Side, deletedBits: number, dependents: Map<string, string[]>): void {
  const before = structure.itemIn(id, 'base')?.fields.dependsOn
  // Of two versions of an added item, the one that is decided against depends on nothing any more.
  if (before === undefined && structure.bits(id) === (IN_LOCAL | IN_REMOTE) && structure.resolve(id) === otherSide(editor)) return
  for (const other of structure.itemIn(id, editor)?.fields.dependsOn ?? []) {
    if (structure.bits(other) !== deletedBits || before?.includes(other) === true) continue
    const list = dependents.get(other)
    if (list === undefined) dependents.set(other, [id])
    else list.push(id)
  }
}
