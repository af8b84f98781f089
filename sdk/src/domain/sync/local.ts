/** The writes applied one by one to the plan that they were made upon. What cannot be applied is taken out. */
import { PlanChangeError } from '../plans/change-error.ts'
import { PlanDraft } from '../plans/draft.ts'
import type { FlatPlan, PlanChange } from '../plans/types.ts'
import { idsIn, placed } from './overlay.ts'
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
}

/** Applies all writes but those that are `out` already, each whole or not at all. */
export function applyWrites(base: FlatPlan, writes: readonly SyncWrite[], out: ReadonlyMap<number, SyncRefusal>): LocalSide {
  const draft = new PlanDraft(base)
  const names = new FirstNames()
  const refused = new Map(out)
  const touches = writes.map((write, index): ChangeTouch[] => {
    if (out.has(index)) return []
    try {
      return applyWrite(draft, write.changes).flatMap(({ change, removed }, at) => names.touch(change, removed).map((touch) => ({ ...touch, change: at })))
    } catch (error) {
      if (!(error instanceof PlanChangeError)) throw error
      refused.set(index, refusalOf(error, 'changes'))
      return []
    }
  })
  for (const [now, first] of names.changed) tellRename(draft, base, now, first)
  return { plan: draft.finish(), touches, refused, names }
}

interface Applied {
  readonly change: PlanChange
  readonly removed: readonly string[]
}

/** @throws {PlanChangeError} having undone what it had done */
function applyWrite(draft: PlanDraft, changes: readonly PlanChange[]): Applied[] {
  const inverses: PlanChange[][] = []
  try {
    return changes.map((asked, index) => {
      draft.index = index
      const change = placed(draft, asked)
      const inverse = draft.inverseOf(change)
      draft.apply(change)
      inverses.push(inverse)
      return { change, removed: inverse.flatMap((undo) => (change.op === 'remove' && undo.op === 'add' ? idsIn(undo.kind, undo.item) : [])) }
    })
  } catch (error) {
    for (const inverse of inverses.reverse()) for (const change of inverse) draft.apply(change)
    throw error
  }
}

/** A merge knows an item again by the name that it says it had in the base. */
function tellRename(draft: PlanDraft, base: FlatPlan, now: string, first: string): void {
  const item = draft.items.get(now)
  if (item === undefined || draft.items.has(first) || base.items.get(first)?.kind !== item.kind || item.fields.renamedFrom === first) return
  draft.apply({ op: 'update', id: now, set: { renamedFrom: first } })
}
