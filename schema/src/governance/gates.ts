/** Asking the gates of phases that a write enters. */
import { phasesEntered } from '@buildrunner/sdk/policy'
import type { CompiledPolicy, EnteredPhase, PhaseEntry } from '@buildrunner/sdk/policy'
import type { Context } from '../context.ts'
import { evidenceFacts, previewFacts } from '../qa/facts.ts'
import type { ItemEvidence } from '../qa/facts.ts'
import type { PlanEdit } from './governed.ts'
import type { Judgement } from './judge.ts'
import { formerKeys } from './subjects.ts'
import type { Subject } from './subjects.ts'

type Found = ReadonlyMap<string, ItemEvidence>

/** As they are after the write, which may change them. */
function criteriaOf({ after, uuidOf }: PlanEdit, keys: readonly string[], former: ReadonlyMap<string, string>) {
  return keys.flatMap((key) => {
    const [id, criteria] = [uuidOf(former.get(key) ?? key), after.items.get(key)?.fields.acceptanceCriteria]
    return id === undefined || criteria === undefined ? [] : [{ id, criteria }]
  })
}

/** An item that the write adds has no evidence: its criteria count as not met. */
function met({ after, uuidOf }: PlanEdit, { earlierItemIds }: EnteredPhase, former: ReadonlyMap<string, string>, found: Found): { met: number; total: number } {
  const sum = { met: 0, total: 0 }
  for (const key of earlierItemIds) {
    sum.total += after.items.get(key)?.fields.acceptanceCriteria?.length ?? 0
    sum.met += found.get(uuidOf(former.get(key) ?? key) ?? '')?.met ?? 0
  }
  return sum
}

/** What the gates say of the phases that a write enters. Each is asked once; nothing is read where none is entered. */
export async function judgeGates(ctx: Context, compiled: CompiledPolicy, plan: PlanEdit, changed: readonly Subject[]): Promise<Judgement[]> {
  const former = formerKeys(plan.changes)
  const gates = compiled.policy.phases
  const entered = phasesEntered(gates, plan.before, plan.after, changed.flatMap(({ key }) => key ?? []), former)
  if (entered.length === 0) return []
  const idOf = (key: string): string | undefined => plan.uuidOf(former.get(key) ?? key)
  const asksFor = (phase: string) => gates.find((gate) => gate.phase === phase)?.require
  const evidence = await evidenceFacts(ctx, criteriaOf(plan, [...new Set(entered.flatMap(({ earlierItemIds }) => earlierItemIds))], former))
  const milestones = entered.flatMap(({ phase, milestoneId }) => (asksFor(phase)?.previews === 0 ? [] : (idOf(milestoneId) ?? [])))
  const previews = milestones.length === 0 ? new Map<string, number>() : await previewFacts(ctx, milestones)
  return entered.flatMap((one) => {
    const entry: PhaseEntry = { ...one, criteria: met(plan, one, former, evidence), previews: previews.get(idOf(one.milestoneId) ?? '') ?? 0 }
    const item = plan.after.items.get(one.milestoneId) ?? null
    const subject: Subject = { key: one.milestoneId, uuid: idOf(one.milestoneId) ?? null, before: item, after: item, op: null, fields: [], actions: ['plan.milestone.update'] }
    return compiled.decideGates([entry]).map((verdict) => ({ subject, verdict }))
  })
}
