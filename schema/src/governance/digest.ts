/** What an approval is about, as one digest: what was agreed to is what is written. Pure. */
import { hash } from 'node:crypto'
import type { Verdict } from '@buildrunner/sdk/policy'
import type { PlanItem } from '@buildrunner/sdk/plans'
import { canonicalJson } from '@buildrunner/sdk/quality'
import type { Subject } from './subjects.ts'

/** The place counts where it changes: an item that is read alone comes without it. */
const stateOf = (item: PlanItem | null, place: boolean): object | null => (item === null ? null : { id: item.id, kind: item.kind, fields: item.fields, ...(place && { parentId: item.parentId }) })

/**
 * SHA-256, hex, of the rule and of the change: of an item, all of it before and after, so that an edit by anybody else in between
 * voids the approval, and by whatever way the change comes; of a phase, its name and the milestone; of anything else the action and who does it.
 */
export function changeDigest({ digest, gate }: Pick<Verdict, 'digest' | 'gate'>, { before, after, key, actions }: Subject, userId: string): string {
  if (gate !== undefined) return sha256({ rule: digest, phase: gate.phase, milestone: key })
  if (before === null && after === null) return sha256({ rule: digest, action: actions[0], itemKey: key, userId })
  const moves = before?.parentId !== after?.parentId
  return sha256({ rule: digest, before: stateOf(before, moves), after: stateOf(after, moves) })
}

const sha256 = (value: object): string => hash('sha256', canonicalJson(value))
