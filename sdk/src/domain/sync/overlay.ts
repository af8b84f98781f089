/**
 * The plan that writes were made upon.
 *
 * The writes of one push may have been made at different sequences, between which their author pulled. Where a write
 * touches the plan its base values say what it was made upon; everywhere else the oldest plan serves as well as any,
 * because what neither side's writes touch cannot conflict. So the writes are applied to the oldest plan as well as that
 * is possible, and undone by their base values from the last to the first: the first write that touched a value has the
 * last word on what it was. What one plan does not hold, because it came or went in between, is taken from the other.
 */
import { PlanChangeError } from '../plans/change-error.ts'
import { PlanDraft } from '../plans/draft.ts'
import { CHILD_KIND, PARENT_KIND, childrenOf } from '../plans/flat.ts'
import type { DocumentItem, FlatPlan, ItemKind, PlanChange } from '../plans/types.ts'
import type { SyncWrite } from './types.ts'

/** The plan that the writes were made upon: the base values over `lower`. What makes no sense is left out; nothing is thrown. */
export function baseOf(lower: FlatPlan, other: FlatPlan, writes: readonly SyncWrite[]): FlatPlan {
  const overlay = new Overlay(lower, other)
  for (const write of writes) for (const change of write.changes) overlay.force(change)
  for (const write of writes.toReversed()) for (const change of write.base) overlay.force(change)
  return overlay.draft.finish()
}

/** The same change, behind the last sibling when the one it names is not in its place. */
export function placed<Change extends PlanChange>(plan: FlatPlan, change: Change): Change {
  if ((change.op !== 'add' && change.op !== 'move') || change.after === null) return change
  if (plan.items.get(change.after)?.parentId === change.parentId && (change.op === 'add' || change.after !== change.id)) return change
  const siblings = plan.children.get(change.parentId) ?? []
  return { ...change, after: siblings.findLast((id) => change.op === 'add' || id !== change.id) ?? null }
}

class Overlay {
  readonly draft: PlanDraft
  readonly #other: FlatPlan

  constructor(lower: FlatPlan, other: FlatPlan) {
    this.draft = new PlanDraft(lower)
    this.#other = other
  }

  force(change: PlanChange): void {
    this.#prepare(change)
    try {
      this.draft.apply(placed(this.draft, change))
    } catch (error) {
      if (!(error instanceof PlanChangeError)) throw error
    }
    for (const id of dependenciesOf(change)) this.#need(id)
  }

  /** A write is right about what there was when it was made: what it needs is brought, what it adds is cleared away. */
  #prepare(change: PlanChange): void {
    switch (change.op) {
      case 'add':
        this.#need(change.parentId)
        // after the parent, which may have brought some of them
        for (const id of idsIn(change.kind, change.item)) this.#clear(id)
        break
      case 'move':
        this.#need(change.id)
        this.#need(change.parentId)
        break
      case 'rename':
        this.#need(change.id)
        if (change.id !== change.to && this.draft.items.has(change.id)) this.#clear(change.to)
        break
      case 'update':
      case 'remove':
        this.#need(change.id)
        break
      case 'head':
    }
  }

  #clear(id: string): void {
    if (this.draft.items.has(id)) this.draft.apply({ op: 'remove', id })
  }

  /** Brings an item of the other plan with what it lies in, what lies in it and what all of these depend on. */
  #need(wanted: string | null): void {
    const missing = [wanted]
    for (let id = missing.pop(); id !== undefined; id = missing.pop()) if (id !== null) this.#bring(id, missing)
  }

  /** Whether the item is there afterwards; `missing` grows by what belongs to it. Kinds nest three deep, and so do these calls. */
  #bring(id: string, missing: (string | null)[]): boolean {
    if (this.draft.items.has(id)) return true
    const item = this.#other.items.get(id)
    if (item === undefined || (item.parentId !== null && !this.#bring(item.parentId, missing))) return false
    // the id of the parent may have been another kind's
    if (this.draft.items.get(item.parentId ?? '')?.kind !== PARENT_KIND[item.kind]) return false
    this.draft.apply({ op: 'add', kind: item.kind, parentId: item.parentId, after: this.draft.children.get(item.parentId)?.at(-1) ?? null, item: { id, ...item.fields } })
    missing.push(...(item.fields.dependsOn ?? []), ...(this.#other.children.get(id) ?? []).toReversed())
    return true
  }
}

/** Every id of a subtree in document form. */
export function idsIn(kind: ItemKind, item: DocumentItem): string[] {
  const childKind = CHILD_KIND[kind]
  if (childKind === undefined) return [item.id]
  return [item.id, ...childrenOf(kind, item).flatMap((child) => idsIn(childKind, child))]
}

/** What a change makes something depend on. */
export function dependenciesOf(change: PlanChange): readonly string[] {
  if (change.op === 'add') return dependenciesIn(change.kind, change.item)
  return change.op === 'update' ? ((change.set['dependsOn'] as string[] | null | undefined) ?? []) : []
}

function dependenciesIn(kind: ItemKind, item: DocumentItem): string[] {
  const childKind = CHILD_KIND[kind]
  const inside = childKind === undefined ? [] : childrenOf(kind, item).flatMap((child) => dependenciesIn(childKind, child))
  return [...(item.dependsOn ?? []), ...inside]
}
