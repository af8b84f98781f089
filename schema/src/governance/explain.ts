/** Why a write would be refused or not: every rule that it meets, with the value of each part of its condition. Nothing is written. */
import { explainPolicy } from '@buildrunner/sdk/policy'
import type { ExplainedRule } from '@buildrunner/sdk/policy'
import type { Context } from '../context.ts'
import { ConflictError } from '../shared/errors.ts'
import type { PolicyRefusal } from '../shared/errors.ts'
import { governedIntent } from './approvals.ts'
import type { Intended } from './approvals.ts'
import { prepare } from './judge.ts'
import { readPlace } from './place.ts'

/** A rule that a change meets, and what it says where it applies. */
export interface ExplainedVerdict extends ExplainedRule {
  readonly message: string | null
  readonly remedy: string | null
}

/** What is said of one change. */
export interface ExplainedChange {
  readonly itemKey: string | null
  /** Every name that the change has. */
  readonly actions: readonly string[]
  readonly rules: readonly ExplainedVerdict[]
}

export interface PolicyExplanation {
  readonly projectId: string
  /** Null: the project has no rules of its own. */
  readonly version: number | null
  readonly changes: readonly ExplainedChange[]
  /** What stands in the way, gates of phases and what is agreed to already counted in; empty: it would be written. */
  readonly refusals: readonly PolicyRefusal[]
}

export interface ExplainPolicy extends Intended {
  /** Id of one rule. Default: all. */
  readonly rule?: string | null | undefined
}

/** @throws ValidationError for changes that cannot be made */
export async function explain(ctx: Context, input: ExplainPolicy): Promise<PolicyExplanation> {
  const place = await readPlace(ctx, 'governance.read', input.projectId)
  const { action, governed } = await governedIntent(ctx, place, 'governance.read', input)
  const compiled = await ctx.governance.compiled(ctx, governed.project)
  if (compiled === null) return { projectId: place.project_id, version: null, changes: [], refusals: [] }
  const { asked } = await prepare(ctx, compiled, action, governed)
  const changes = asked.map(({ subject, facts }): ExplainedChange => {
    const verdicts = new Map(compiled.decide(subject.actions, facts).map((verdict) => [verdict.ruleId, verdict]))
    const rules = explainPolicy(compiled, subject.actions, facts).filter(({ ruleId }) => input.rule == null || ruleId === input.rule)
    return { itemKey: subject.key, actions: subject.actions, rules: rules.map((rule) => ({ ...rule, message: verdicts.get(rule.ruleId)?.message ?? null, remedy: verdicts.get(rule.ruleId)?.remedy ?? null })) }
  })
  const refusals = await ctx.governance.refusals(ctx, action, governed)
  if (refusals === null) throw new ConflictError('The plan was changed meanwhile. Ask again.')
  return { projectId: place.project_id, version: place.policy_version, changes, refusals: refusals.map(({ refusal }) => refusal).filter(({ rule }) => input.rule == null || rule === input.rule) }
}

