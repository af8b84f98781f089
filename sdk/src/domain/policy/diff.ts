/** What changed between two policies, by rule. */
import { isEqual } from '../plans/equal.ts'
import type { PhaseGate, Policy, PolicyRule } from './types.ts'

/** One rule or gate that differs. */
export interface PolicyChange {
  /** `changed`: both policies have it, and it differs in `fields`. */
  readonly kind: 'added' | 'removed' | 'changed'
  /** Of a gate: `phase:` and the phase. */
  readonly ruleId: string
  /** Of `changed`: the keys that differ; `order` where only the place among the others did. */
  readonly fields: readonly string[]
  /** Null of `added`. */
  readonly before: PolicyRule | PhaseGate | null
  /** Null of `removed`. */
  readonly after: PolicyRule | PhaseGate | null
}

const RULE_FIELDS = ['when', 'condition', 'effect', 'approvals', 'notify', 'message', 'remedy'] as const
const GATE_FIELDS = ['require'] as const

/** Ids in the order of `after`, then those that are gone. */
function compare<Part extends PolicyRule | PhaseGate>(before: ReadonlyMap<string, Part>, after: ReadonlyMap<string, Part>, fieldsOf: (a: Part, b: Part) => string[]): PolicyChange[] {
  const kept = (of: ReadonlyMap<string, Part>, other: ReadonlyMap<string, Part>): string[] => [...of.keys()].filter((id) => other.has(id))
  const moved = new Set(kept(after, before).filter((id, index) => kept(before, after)[index] !== id))
  const changes = [...after].flatMap(([id, now]): PolicyChange[] => {
    const then = before.get(id)
    if (then === undefined) return [{ kind: 'added', ruleId: id, fields: [], before: null, after: now }]
    const fields = [...fieldsOf(then, now), ...(moved.has(id) ? ['order'] : [])]
    return fields.length === 0 ? [] : [{ kind: 'changed', ruleId: id, fields, before: then, after: now }]
  })
  const gone = [...before].filter(([id]) => !after.has(id)).map(([ruleId, then]): PolicyChange => ({ kind: 'removed', ruleId, fields: [], before: then, after: null }))
  return [...changes, ...gone]
}

const byId = (policy: Policy | null): Map<string, PolicyRule> => new Map(policy?.rules.map((rule) => [rule.id, rule]))
const byPhase = (policy: Policy | null): Map<string, PhaseGate> => new Map(policy?.phases.map((gate) => [`phase:${gate.phase}`, gate]))

/**
 * What changed from one policy to another; null is no policy at all.
 *
 * @remarks The ids are what `change.fields` holds when a rule is asked for `policy.change`.
 */
export function policyDiff(before: Policy | null, after: Policy | null): readonly PolicyChange[] {
  return [
    ...compare(byId(before), byId(after), (a, b) => RULE_FIELDS.filter((field) => !isEqual(a[field], b[field]))),
    ...compare(byPhase(before), byPhase(after), (a, b) => GATE_FIELDS.filter((field) => !isEqual(a[field], b[field]))),
  ]
}
