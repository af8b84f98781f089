/** A policy that is ready to be asked: conditions compiled once, rules found by the action. */
import { changesItems, meansAction } from './names.ts'
import { Scope } from './cel.ts'
import { factAt } from './condition-ast.ts'
import { readCondition } from './condition.ts'
import type { Condition } from './condition.ts'
import { FACT_TYPES } from './facts.ts'
import type { FactSource, ObjectType, PolicyFacts } from './facts.ts'
import { fillTemplate, readTemplate } from './template.ts'
import type { CompiledPolicy, PhaseEntry, PhaseGate, Policy, PolicyNeeds, PolicyRule, Verdict } from './types.ts'

/** A rule with its condition; null: it always applies. */
export interface CompiledRule {
  readonly rule: PolicyRule
  readonly condition: Condition | null
}

/** @throws Error for a condition that no `parsePolicy` let through */
function compileRule(rule: PolicyRule): CompiledRule {
  if (rule.condition.trim() === '') return { rule, condition: null }
  const condition = readCondition(rule.condition)
  if ('code' in condition) throw new Error(`rule ${rule.id}: ${condition.message}`)
  return { rule, condition }
}

/** Why a condition failed, or whether it holds. */
export function judge({ condition }: CompiledRule, scope: Scope): boolean | { failure: string } {
  if (condition === null) return true
  try {
    return condition.evaluate(scope)
  } catch (error) {
    return { failure: (error as { summary?: string }).summary ?? (error as Error).message }
  }
}

/** @param failure why the condition could not be judged: what cannot be judged is not allowed */
export function verdictOf(rule: PolicyRule, scope: Scope, failure: string | undefined): Verdict {
  return {
    ruleId: rule.id, line: rule.line, effect: rule.effect, digest: rule.digest,
    message: fillTemplate(rule.message, scope), remedy: rule.remedy === null ? null : fillTemplate(rule.remedy, scope),
    ...(rule.effect === 'require_approval' && rule.approvals !== null && { approvals: rule.approvals }),
    ...(rule.effect === 'notify' && rule.notify !== null && { notify: rule.notify }),
    ...(failure !== undefined && { failure }),
  }
}

interface Asked {
  readonly rules: readonly CompiledRule[]
  readonly needs: PolicyNeeds
}

/** Facts of a path; of a whole object all of its own. */
function* sourcesOf(name: string): Iterable<FactSource> {
  const { field } = factAt(name.split('.')) as NonNullable<ReturnType<typeof factAt>>
  yield field.from
  for (const part of Object.keys(FACT_TYPES[field.type as ObjectType] ?? {})) yield* sourcesOf(`${name}.${part}`)
}

/** What must be known for some rules. */
export function needsOf(rules: readonly CompiledRule[], phases: boolean): PolicyNeeds {
  const facts = new Set<string>()
  for (const { rule, condition } of rules) {
    for (const fact of condition?.facts ?? []) facts.add(fact)
    for (const text of [rule.message, rule.remedy ?? '']) readTemplate(text).facts.forEach((fact) => facts.add(fact))
  }
  const sources = new Set<FactSource>([...facts].flatMap((fact) => [...sourcesOf(fact)]))
  sources.delete('request')
  return { any: rules.length > 0 || phases, sources: sources as PolicyNeeds['sources'], facts, phases }
}

const isGate = ({ require: { criteria, approvals, previews } }: PhaseGate): boolean => criteria !== null || approvals !== null || previews > 0

/** What `compilePolicy` makes, for `explainPolicy` too. */
export class Compiled implements CompiledPolicy {
  readonly policy: Policy
  readonly rules: readonly CompiledRule[]
  readonly #gates: ReadonlyMap<string, PhaseGate>
  /** By the actions that were asked for; there are as many as the catalogue has combinations. */
  readonly #asked = new Map<string, Asked>()

  constructor(policy: Policy) {
    this.policy = policy
    this.rules = policy.rules.map(compileRule)
    this.#gates = new Map(policy.phases.filter(isGate).map((gate) => [gate.phase, gate]))
  }

  asked(actions: string | readonly string[]): Asked {
    const key = typeof actions === 'string' ? actions : actions.join(' ')
    const known = this.#asked.get(key)
    if (known !== undefined) return known
    const names = typeof actions === 'string' ? [actions] : actions
    const rules = this.rules.filter(({ rule }) => rule.when.some((pattern) => names.some((name) => meansAction(pattern, name))))
    const asked = { rules, needs: needsOf(rules, this.#gates.size > 0 && names.some(changesItems)) }
    this.#asked.set(key, asked)
    return asked
  }

  needs(actions: string | readonly string[]): PolicyNeeds {
    return this.asked(actions).needs
  }

  decide(actions: string | readonly string[], facts: PolicyFacts): readonly Verdict[] {
    const { rules } = this.asked(actions)
    if (rules.length === 0) return NOTHING
    const scope = new Scope(facts)
    let verdicts: Verdict[] | undefined
    for (const one of rules) {
      const judged = judge(one, scope)
      if (judged !== false) (verdicts ??= []).push(verdictOf(one.rule, scope, judged === true ? undefined : judged.failure))
    }
    return verdicts ?? NOTHING
  }

  decideGates(entries: readonly PhaseEntry[]): readonly Verdict[] {
    return entries.flatMap((entry) => {
      const gate = this.#gates.get(entry.phase)
      return gate === undefined ? [] : verdictsOfGate(gate, entry)
    })
  }
}

const NOTHING: readonly Verdict[] = []

/** What a gate still lacks, each with the way there. */
function lacking({ require }: PhaseGate, { milestoneId, criteria, previews = 0 }: PhaseEntry): { missing: string; remedy: string }[] {
  const unmet = require.criteria === null ? 0 : criteria === undefined ? Number.NaN : criteria.total - criteria.met
  const remedy = 'Run "br qa run" and meet the criteria of the phases before.'
  return [
    ...(Number.isNaN(unmet) ? [{ missing: 'the criteria of the phases before could not be counted', remedy }] : []),
    ...(unmet > 0 ? [{ missing: `${unmet} of ${criteria?.total} criteria of the phases before are not met`, remedy }] : []),
    ...(previews < require.previews ? [{ missing: `${milestoneId} has ${previews} of ${require.previews} live previews`, remedy: `Add a preview: br qa preview add ${milestoneId}.` }] : []),
  ]
}

function verdictsOfGate(gate: PhaseGate, entry: PhaseEntry): Verdict[] {
  const { phase, require: { approvals }, line, digest } = gate
  const lacks = lacking(gate, entry)
  const missing = lacks.map((one) => one.missing)
  const verdict = { ruleId: `phase:${phase}`, line, digest }
  const entering = `${entry.milestoneId} would enter the phase ${phase}`
  return [
    ...(lacks.length === 0 ? [] : [{ ...verdict, effect: 'block' as const, message: `${entering}: ${missing.join('; ')}.`, remedy: lacks.map(({ remedy }) => remedy).join(' '), gate: { phase, missing } }]),
    ...(approvals === null ? [] : [{ ...verdict, effect: 'require_approval' as const, message: `${entering}, which needs approval.`, remedy: null, approvals, gate: { phase, missing: [] } }]),
  ]
}

/**
 * Compiles a policy.
 *
 * @example
 * ```ts
 * const compiled = compilePolicy(policy)
 * compiled.decide('comment.delete', { action: 'comment.delete', time: new Date(), actor, project })
 * ```
 */
export const compilePolicy = (policy: Policy): CompiledPolicy => new Compiled(policy)
