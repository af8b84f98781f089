/**
 * The policy is asked before every write, with the action and facts as data. Its answer names the rule.
 * The rules here are the product's own; the operator's and a project's rules join the same list.
 */
export interface PolicyFacts {
  readonly projectArchived: boolean
  /** The organisation would be left without a TenantAdmin. */
  readonly leavesNoAdministrator?: boolean
  /** Whoever asks would need a second factor from now on, and has none. */
  readonly locksOut?: boolean
}

export type PolicyDecision = { allowed: true } | { allowed: false; rule: string; line: number | null; message: string }

export interface PolicyRule {
  readonly name: string
  /** Null: the rule has nothing to say about this action. */
  decide(action: string, facts: PolicyFacts): { message: string } | null
}

export interface Policy {
  decide(action: string, facts: PolicyFacts): PolicyDecision
}

const archivedIsReadOnly: PolicyRule = {
  name: 'projects.archived-is-read-only',
  decide: (action, facts) =>
    facts.projectArchived && action !== 'project.archive' ? { message: 'The project is archived and cannot be changed. Restore it first: archiveProject with archived: false.' } : null,
}

const keepsAnAdministrator: PolicyRule = {
  name: 'organisations.keeps-an-administrator',
  decide: (_action, facts) =>
    facts.leavesNoAdministrator === true ? { message: 'An organisation keeps at least one TenantAdmin. Give somebody else the role TenantAdmin first.' } : null,
}

const nobodyLocksThemselvesOut: PolicyRule = {
  name: 'organisations.second-factor-first',
  decide: (_action, facts) => (facts.locksOut === true ? { message: 'You have no second factor yourself, and would be locked out. Enable one first.' } : null),
}

const RULES = [archivedIsReadOnly, keepsAnAdministrator, nobodyLocksThemselvesOut]

/** The first rule that refuses decides. */
export const createPolicy = (rules: readonly PolicyRule[] = RULES): Policy => ({
  decide(action, facts) {
    for (const rule of rules) {
      const refusal = rule.decide(action, facts)
      if (refusal !== null) return { allowed: false, rule: rule.name, line: null, message: refusal.message }
    }
    return { allowed: true }
  },
})
