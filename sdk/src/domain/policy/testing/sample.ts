/** Facts and policies for tests. */
import { compilePolicy } from '../compile.ts'
import { parsePolicy } from '../parse.ts'
import type { ItemFacts, PolicyFacts } from '../facts.ts'
import type { CompiledPolicy, Policy } from '../types.ts'

export const PROJECT = { id: 'prj_1', slug: 'web', name: 'Web', tier: 'team', archived: false }
export const ACTOR = { id: 'usr_1', roles: ['Contributor', 'Member'], kind: 'person', impersonated: false } as const
export const REQUEST: PolicyFacts = { action: 'plan.apply', time: new Date('2026-11-20T22:30:00Z'), actor: ACTOR, project: PROJECT }
/** A microstep with everything that a rule can ask. */
export const ITEM: ItemFacts = {
  id: 'T1', kind: 'microstep', title: 'Release the API', status: 'done', assignee: 'ada', priority: 'high', labels: ['api', 'risky'], dependsOn: ['T0'], estimateHours: 8,
  phase: 'QA', dueDate: '2026-11-19', path: ['Launch', 'API'], openDependencies: 1, criteria: { total: 2, met: 1, stale: 1 }, evidence: { passed: false, count: 3 }, comments: { open: 2 },
}

/** @throws Error that lists the problems */
export function policyOf(text: string): Policy {
  const { policy, problems } = parsePolicy(text)
  if (policy === null) throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'))
  return policy
}

/** A policy of one rule that blocks everything its condition holds for. */
export const ruleText = (condition: string, rest = ''): string => `version: 1\nrules:\n  - id: rule\n    when: ['*']\n    condition: ${JSON.stringify(condition)}\n    effect: block\n    message: No.\n${rest}`
export const compiled = (text: string): CompiledPolicy => compilePolicy(policyOf(text))
