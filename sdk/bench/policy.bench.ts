/**
 * What a project's policy costs a write: a decision by a policy of 100 rules, against one by no rules. Rules are found by the
 * action, so that those of other actions cost nothing; those of the action are measured where none of their conditions holds, and
 * where ten do.
 */
import { actionsOf, compilePolicy, parsePolicy } from '../src/domain/policy/index.ts'
import type { CompiledPolicy, PolicyFacts } from '../src/domain/policy/index.ts'
import type { BenchResult } from './result.ts'

const RULES = 100
const APPLYING = 10
const DECISIONS = 2_000
const ROUNDS = 9
/** Milliseconds of CPU. */
const BAR_IDLE = 0.05
const BAR_EACH = 0.02

const FACTS: PolicyFacts = {
  action: 'plan.status.set', time: new Date('2026-11-20T12:00:00Z'), actor: { id: 'usr_1', roles: ['Contributor', 'Member'], kind: 'person', impersonated: false },
  project: { id: 'prj_1', slug: 'web', name: 'Web', tier: 'team', archived: false },
  item: { id: 'T1', kind: 'microstep', title: 'Release', status: 'done', labels: ['api'], criteria: { total: 2, met: 1, stale: 0 }, evidence: { passed: false, count: 3 } },
  before: { id: 'T1', kind: 'microstep', title: 'Release', status: 'in_review', labels: ['api'], criteria: { total: 2 } },
  change: { op: 'update', fields: ['status'] },
}
const ACTIONS = actionsOf('plan.status.set', { op: 'update', kind: 'microstep', fields: ['status'] })

const CONDITIONS = [
  "item.kind == 'milestone' && item.status == 'done' && !item.evidence.passed",
  "item.kind == 'microstep' && item.status == 'in_progress' && size(item.labels) == 0",
  "'Viewer' in actor.roles && before.status != 'done'",
  'item.criteria.met > item.criteria.total || item.evidence.count < 1',
]
const HOLDS = "item.kind == 'microstep' && item.status == 'done' && before.status != 'done' && !item.evidence.passed"

function policyOf(rules: readonly { when: string; condition: string }[]): CompiledPolicy {
  const text = rules.map(({ when, condition }, index) => `  - id: rule-${index}\n    when: [${when}]\n    condition: ${JSON.stringify(condition)}\n    effect: warn\n    message: Mind this.\n`)
  const { policy } = parsePolicy(`version: 1\nrules: ${text.length === 0 ? '[]' : `\n${text.join('')}`}`)
  if (policy === null) throw new Error('the policy of the benchmark is wrong')
  return compilePolicy(policy)
}

const rules = (when: string, applying: number) => Array.from({ length: RULES }, (_, index) => ({ when, condition: index < applying ? HOLDS : (CONDITIONS[index % CONDITIONS.length] as string) }))

/** Milliseconds of CPU of one decision: the median of the rounds. */
function costOf(policy: CompiledPolicy, verdicts: number): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage()
    for (let i = 0; i < DECISIONS; i++) if (policy.decide(ACTIONS, FACTS).length !== verdicts) throw new Error('the policy decides otherwise')
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1_000 / DECISIONS
  })
  return times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] as number
}

export default function policyBench(): BenchResult[] {
  const none = costOf(policyOf([]), 0)
  const other = costOf(policyOf(rules('comment.*', 0)), 0) - none
  const idle = costOf(policyOf(rules('plan.*', 0)), 0) - none
  const each = (costOf(policyOf(rules('plan.*', APPLYING)), APPLYING) - none - idle) / APPLYING
  const result = (what: string, cost: number, bar: number): BenchResult => ({ what, baseline: `${bar} ms of CPU`, ratio: cost / bar, bar: 1, detail: `${(cost * 1_000).toFixed(2)} µs of CPU above a decision without rules (${(none * 1_000).toFixed(2)} µs)` })
  return [
    result(`${RULES} rules, all of other actions`, other, BAR_IDLE),
    result(`${RULES} rules of the action, none of which applies`, idle, BAR_IDLE),
    result('each rule that applies', each, BAR_EACH),
  ]
}
