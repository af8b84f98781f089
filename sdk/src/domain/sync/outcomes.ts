/** What became of each write: which conflicts it is part of, and whether it changed anything. */
import { findRenames } from '../plans/diff.ts'
import { isEqual, isSameOrder } from '../plans/equal.ts'
import type { FlatPlan, PlanChange, PlanConflict } from '../plans/types.ts'
import { baseValues } from './base-values.ts'
import type { ChangeTouch, LocalSide } from './local.ts'
import { EXISTS, NAME, PLACE, touchesGraph, type Touch } from './touches.ts'
import type { ConflictCause, SyncWrite, SyncWriteResult } from './types.ts'

/** The inputs and the result of a merge. */
export interface Merged {
  readonly base: FlatPlan
  readonly local: LocalSide
  readonly remote: FlatPlan
  readonly after: Renamed
  readonly conflicts: readonly PlanConflict[]
}

/** A plan whose items are asked for by the names they have in the base. */
export class Renamed {
  readonly plan: FlatPlan
  readonly #now = new Map<string, string>()
  readonly #first = new Map<string, string>()

  constructor(plan: FlatPlan, names: Iterable<readonly [now: string, first: string]>) {
    this.plan = plan
    for (const [now, first] of names) {
      this.#now.set(first, now)
      this.#first.set(now, first)
    }
  }

  static since(base: FlatPlan, plan: FlatPlan): Renamed {
    return new Renamed(plan, findRenames(base, plan).map(({ id, to }) => [to, id]))
  }

  nowOf = (first: string): string => this.#now.get(first) ?? first
  firstOf = (now: string): string => this.#first.get(now) ?? now

  item(first: string) {
    return this.plan.items.get(this.nowOf(first))
  }

  /** The item and what it lies in, by first names. */
  ancestry(first: string): Set<string> {
    const chain = new Set<string>()
    for (let id: string | null | undefined = this.nowOf(first); typeof id === 'string'; id = this.plan.items.get(id)?.parentId) chain.add(this.firstOf(id))
    return chain
  }
}

/** A write's change, as `blame` points at it. */
type At = readonly [write: number, change: number]

class Blame {
  readonly #merged: Merged
  readonly #local: Renamed
  readonly #remote: Renamed
  readonly #after: Renamed
  readonly #base: Renamed
  /** Where each item is touched, by its first name; null for the head. */
  readonly #touches = new Map<string | null, { at: At; touch: ChangeTouch }[]>()
  /** For each conflict the changes that led to it. */
  readonly causes = new Map<PlanConflict, Map<string, At>>()
  /** For each write its conflicts. */
  readonly conflicts = new Map<number, Set<PlanConflict>>()

  constructor(merged: Merged) {
    this.#merged = merged
    this.#local = new Renamed(merged.local.plan, merged.local.names.changed)
    this.#base = new Renamed(merged.base, [])
    this.#remote = Renamed.since(merged.base, merged.remote)
    this.#after = merged.after
    for (const [write, touches] of merged.local.touches.entries()) {
      for (const touch of touches) {
        const list = this.#touches.get(touch.id)
        const entry = { at: [write, touch.change] as const, touch }
        if (list === undefined) this.#touches.set(touch.id, [entry])
        else list.push(entry)
      }
    }
    for (const conflict of merged.conflicts) this.#blameConflict(conflict)
    if (merged.conflicts.length > 0) this.#blameLosses()
  }

  /** Whether a touch changed the other side's plan. */
  changed({ id, aspect }: Touch): boolean {
    const { remote } = this.#merged
    const after = this.#after.plan
    if (id === null) return !isEqual(remote.head[aspect], after.head[aspect])
    const [before, now] = [this.#remote.item(id), this.#after.item(id)]
    if (before === undefined || now === undefined) return before !== now
    if (aspect === EXISTS) return false
    if (aspect === NAME) return before.id !== now.id
    if (aspect === PLACE) return before.parentId !== now.parentId || !isSameOrder(remote.children.get(before.parentId) ?? [], after.children.get(now.parentId) ?? [])
    return !isEqual(before.fields[aspect], now.fields[aspect])
  }

  #add(conflict: PlanConflict, [write, change]: At): void {
    const causes = this.causes.get(conflict) ?? new Map<string, At>()
    this.causes.set(conflict, causes.set(`${write}/${change}`, [write, change]))
    const conflicts = this.conflicts.get(write) ?? new Set<PlanConflict>()
    this.conflicts.set(write, conflicts.add(conflict))
  }

  /** The item of a conflict by its first name, whichever side's name the conflict uses. */
  #firstOf(id: string): string {
    const first = this.#local.firstOf(id)
    return first === id ? this.#after.firstOf(id) : first
  }

  #blameConflict(conflict: PlanConflict): void {
    const { kind, id, field } = conflict
    const where = id === null ? null : this.#firstOf(id)
    const aspect = field === 'id' ? NAME : where === null ? field?.split('.')[0] : field
    const isPart = kind === 'field' ? (touch: Touch) => touch.aspect === aspect || touch.aspect === EXISTS : kind === 'cycle' ? touchesGraph : () => true
    const found = (this.#touches.get(where) ?? []).filter(({ touch }) => isPart(touch))
    if (where !== null && kind !== 'field') found.push(...this.#around(conflict, where))
    // the other half of a circle lies on other items
    const causes = found.length > 0 ? found : this.#all().filter(({ touch }) => touchesGraph(touch))
    for (const { at } of causes) this.#add(conflict, at)
  }

  /** The deletion of what an item lay in, and the dependencies on it. */
  #around({ kind, field, local }: PlanConflict, first: string) {
    const holders = new Set([...this.#base.ancestry(first), ...this.#remote.ancestry(first), ...this.#local.ancestry(first)])
    const deletions = [...holders].filter((id) => id !== first).flatMap((id) => (this.#touches.get(id) ?? []).filter(({ touch }) => touch.aspect === EXISTS))
    if (kind !== 'edit-delete' || field !== 'dependsOn' || !Array.isArray(local)) return deletions
    const dependents = (local as string[]).flatMap((name) => this.#touches.get(this.#local.firstOf(name)) ?? [])
    return [...deletions, ...dependents.filter(({ touch }) => touch.aspect === 'dependsOn' || touch.aspect === EXISTS)]
  }

  #all() {
    return [...this.#touches.values()].flat()
  }

  #blameLosses(): void {
    const lost = new Set([...this.#touches.keys()].filter((id) => !this.#stands(id)))
    if (lost.size === 0) return
    for (const [write, touches] of this.#merged.local.touches.entries()) for (const touch of touches) if (lost.has(touch.id)) this.#blameLoss(write, touch)
  }

  /** Whether an item is, and lies, where the writes put it. */
  #stands(id: string | null): boolean {
    if (id === null) return true
    const [mine, now] = [this.#local.item(id), this.#after.item(id)]
    if (mine === undefined || now === undefined) return mine === now
    const parents = [mine.parentId === null ? null : this.#local.firstOf(mine.parentId), now.parentId === null ? null : this.#after.firstOf(now.parentId)]
    return parents[0] === parents[1] || !this.#touches.get(id)!.some(({ touch }) => touch.aspect === PLACE || touch.aspect === EXISTS)
  }

  /** What does not stand waits for the conflict of what it lies in; where none is near, for all that are not about values. */
  #blameLoss(write: number, touch: ChangeTouch): void {
    const near = new Set([...this.#local.ancestry(touch.id!), ...this.#base.ancestry(touch.id!), ...this.#remote.ancestry(touch.id!)])
    const others = this.#merged.conflicts.filter(({ kind }) => kind !== 'field')
    const guilty = others.filter(({ id }) => id !== null && near.has(this.#firstOf(id)))
    for (const conflict of guilty.length > 0 ? guilty : others) this.#add(conflict, [write, touch.change])
  }
}

/** A change cut down to what a conflict is about. */
function narrow(change: PlanChange, { kind, field }: PlanConflict): PlanChange {
  const name = kind === 'field' && field !== undefined ? field.split('.')[0]! : undefined
  if (name === undefined || (change.op !== 'update' && change.op !== 'head') || !(name in change.set)) return change
  return { ...change, set: { [name]: change.set[name] } }
}

function causeOf(conflict: PlanConflict, at: Iterable<At>, writes: readonly SyncWrite[]): ConflictCause {
  const changes = new Map<number, Set<number>>()
  for (const [write, change] of at) changes.set(write, (changes.get(write) ?? new Set()).add(change))
  const parts = [...changes].sort(([a], [b]) => a - b).map(([write, indices]): SyncWrite => {
    const values = baseValues(writes[write]!)!
    const cut = (list: readonly PlanChange[]): PlanChange[] => list.map((part) => narrow(part, conflict))
    const kept = [...indices].sort((a, b) => a - b)
    return { number: writes[write]!.number, changes: cut(kept.map((index) => writes[write]!.changes[index]!)), base: cut(kept.toReversed().flatMap((index) => values[index]!)) }
  })
  return { conflict, writes: parts }
}

/** The answers to the writes, and each conflict with its causes. */
export function outcomesOf(merged: Merged, writes: readonly SyncWrite[]): { results: SyncWriteResult[]; conflicts: ConflictCause[] } {
  const blame = new Blame(merged)
  const results = writes.map(({ number }, index): SyncWriteResult => {
    const refusal = merged.local.refused.get(index)
    if (refusal !== undefined) return { number, outcome: 'REFUSED', conflicts: [], refusal }
    const conflicts = blame.conflicts.get(index)
    if (conflicts !== undefined) return { number, outcome: 'CONFLICT', conflicts: [...conflicts], refusal: null }
    const changed = merged.local.touches[index]!.some((touch) => blame.changed(touch))
    return { number, outcome: changed ? 'APPLIED' : 'ALREADY_APPLIED', conflicts: [], refusal: null }
  })
  return { results, conflicts: merged.conflicts.map((conflict) => causeOf(conflict, blame.causes.get(conflict)?.values() ?? [], writes)) }
}
