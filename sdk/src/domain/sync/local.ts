/** The writes applied one by one to the plan that they were made upon. What cannot be applied is taken out. */
import { PlanChangeError } from '../plans/change-error.ts'
import { PlanDraft } from '../plans/draft.ts'
import { isEqual } from '../plans/equal.ts'
import type { FlatPlan, PlanChange } from '../plans/types.ts'
import { dependenciesOf, idsIn, placed } from './overlay.ts'
import { FirstNames, type Touch } from './touches.ts'
import type { SyncRefusal, SyncWrite } from './types.ts'

/** A refusal as codes of this kind travel: in capitals. */
export const codeOf = (code: string): string => code.replaceAll('-', '_').toUpperCase()

export const refusalOf = (error: PlanChangeError, member: 'changes' | 'base'): SyncRefusal => ({
  code: codeOf(error.code), message: `${error.message}.`, path: [member, ...(error.index < 0 ? [] : [String(error.index)])],
})

/** What one change of a write touches. */
export interface ChangeTouch extends Touch {
  /** Its index in the write. */
  readonly change: number
}

/** What the writes make of their base. */
export interface LocalSide {
  readonly plan: FlatPlan
  /** For each write what it touches; empty for one that is out. */
  readonly touches: readonly (readonly ChangeTouch[])[]
  /** The writes that could not be applied, by their index. */
  readonly refused: ReadonlyMap<number, SyncRefusal>
  readonly names: FirstNames
  /** Whether each write found what its base values say: then the plan that they were applied to is what they were made upon. */
  readonly isAsBased: boolean
}

/** Applies all writes but those that are `out` already, each whole or not at all. */
export function applyWrites(base: FlatPlan, writes: readonly SyncWrite[], out: ReadonlyMap<number, SyncRefusal>): LocalSide {
  const draft = new PlanDraft(base)
  const names = new FirstNames()
  const refused = new Map(out)
  let isAsBased = true
  const touches = writes.map((write, index): ChangeTouch[] => {
    if (out.has(index)) return []
    try {
      const applied = applyWrite(draft, write.changes)
      isAsBased &&= isEqual(write.base, applied.toReversed().flatMap(({ inverse }) => inverse)) && applied.every(({ change }) => dependenciesOf(change).every((id) => draft.items.has(id)))
      return applied.flatMap(({ change, inverse }, at) => names.touch(change, change.op === 'remove' ? removedBy(inverse) : []).map((touch) => ({ ...touch, change: at })))
    } catch (error) {
      if (!(error instanceof PlanChangeError)) throw error
      refused.set(index, refusalOf(error, 'changes'))
      isAsBased = false
      return []
    }
  })
  for (const [now, first] of names.changed) tellRename(draft, base, now, first)
  return { plan: draft.finish(), touches, refused, names, isAsBased }
}

interface Applied {
  readonly change: PlanChange
  readonly inverse: readonly PlanChange[]
}

const removedBy = (inverse: readonly PlanChange[]): string[] => inverse.flatMap((undo) => (undo.op === 'add' ? idsIn(undo.kind, undo.item) : []))

/** @throws {PlanChangeError} having undone what it had done */
function applyWrite(draft: PlanDraft, changes: readonly PlanChange[]): Applied[] {
  const applied: Applied[] = []
  try {
    for (const [index, asked] of changes.entries()) {
      draft.index = index
      const change = placed(draft, asked)
      const inverse = draft.inverseOf(change)
      draft.apply(change)
      applied.push({ change, inverse })
    }
    return applied
  } catch (error) {
    for (const { inverse } of applied.reverse()) for (const change of inverse) draft.apply(change)
    throw error
  }
}

/** A merge knows an item again by the name that it says it had in the base. */
function tellRename(draft: PlanDraft, base: FlatPlan, now: string, first: string): void {
  const item = draft.items.get(now)
  if (item === undefined || draft.items.has(first) || base.items.get(first)?.kind !== item.kind || item.fields.renamedFrom === first) return
  draft.apply({ op: 'update', id: now, set: { renamedFrom: first } })
}
