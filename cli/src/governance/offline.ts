/** What the policy file says of a change to the plan file: what the server would say, as far as a folder can know it. */
import { actionsOf, compilePolicy, costFacts, explainPolicy, itemFacts, parsePolicy, phasesEntered, planFacts } from '@buildrunner/sdk/policy'
import type { PolicyFacts } from '@buildrunner/sdk/policy'
import { applyChanges } from '@buildrunner/sdk/plans'
import { failure } from '../core/errors.ts'
import { findWorkspace } from '../files/workspace.ts'
import { loadPlan } from '../plan/session.ts'
import { readPolicyFile } from './policy-file.ts'
import type { Asked } from './change.ts'
import type { Context } from '../core/context.ts'

/** As the server explains. */
export interface Explained {
  readonly allowed: boolean
  readonly refusals: readonly { readonly rule: string; readonly line: number | null; readonly message: string; readonly remedy: string | null }[]
  readonly changes: readonly {
    readonly itemKey: string | null
    readonly actions: readonly string[]
    readonly rules: readonly {
      readonly rule: string; readonly line: number; readonly effect: string; readonly applies: boolean; readonly failure: string | null
      readonly parts: readonly { readonly text: string; readonly value: unknown; readonly failure: string | null }[]
    }[]
  }[]
}

function compiledHere(context: Context) {
  const { text, display } = readPolicyFile(context, undefined)
  const { policy, problems } = parsePolicy(text)
  if (policy !== null) return compilePolicy(policy)
  const errors = problems.filter(({ severity }) => severity === 'error')
  throw failure('POLICY_HAS_ERRORS', { path: display, errors: errors.length, first: `${errors[0]?.line}:${errors[0]?.column} ${errors[0]?.message}` })
}

/** @throws POLICY_NOT_FOUND, POLICY_HAS_ERRORS, ITEM_NOT_FOUND, the errors of reading a plan */
export function explainOffline(context: Context, { changes = [], action, itemKey, rule }: Asked, role: string): Explained {
  const compiled = compiledHere(context)
  const { flat } = loadPlan(findWorkspace(context.cwd))
  const [change] = changes
  const id = change?.op === 'update' ? change.id : itemKey
  const before = id === undefined ? undefined : flat.items.get(id)
  if (id !== undefined && before === undefined) throw failure('ITEM_NOT_FOUND', { id, similar: [] })
  const after = applyChanges(flat, changes)
  const item = id === undefined ? undefined : after.items.get(id)
  const fields = change?.op === 'update' ? Object.keys(change.set) : []
  const request = action ?? 'plan.apply'
  const actions = item === undefined || change === undefined ? [request] : actionsOf(request, { op: 'update', kind: item.kind, fields })
  const facts: PolicyFacts = {
    action: request, time: new Date(), actor: { id: '', roles: [role], kind: 'person', impersonated: false },
    project: { id: '', slug: '', name: String((flat.head['project'] as { name?: unknown } | undefined)?.name ?? ''), tier: '', archived: false },
    plan: planFacts(after), cost: costFacts(flat, after),
    ...(item !== undefined && { item: itemFacts(item, after) }), ...(before !== undefined && change !== undefined && { before: itemFacts(before, flat) }),
    ...(change !== undefined && { change: { op: 'update', fields } }),
  }
  const isAsked = (name: string): boolean => rule === undefined || rule === name
  const entries = change === undefined || id === undefined ? [] : phasesEntered(compiled.policy.phases, flat, after, [id])
  const stops = [...compiled.decide(actions, facts), ...compiled.decideGates(entries.map(({ phase, milestoneId }) => ({ phase, milestoneId })))].filter(({ effect, ruleId }) => (effect === 'block' || effect === 'require_approval') && isAsked(ruleId))
  const rules = explainPolicy(compiled, actions, facts).filter(({ ruleId }) => isAsked(ruleId))
  return {
    allowed: stops.length === 0, refusals: stops.map(({ ruleId, line, message, remedy }) => ({ rule: ruleId, line, message, remedy })),
    changes: [{ itemKey: id ?? null, actions, rules: rules.map(({ ruleId, effect, failure: fault, parts, ...rest }) => ({ ...rest, rule: ruleId, effect: effect.toUpperCase(), failure: fault ?? null, parts: parts.map((part) => ({ ...part, failure: part.failure ?? null })) })) }],
  }
}
