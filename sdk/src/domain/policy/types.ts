/** The types of the policy engine. Types only: importing this file pulls neither zod nor the expression language into a program. */
import type { FactSource, PolicyFacts } from './facts.ts'
import type { PolicyProblemCode } from './problems.ts'

/** What a rule does where it applies; of several, the first of this list decides. */
export type Effect = 'block' | 'require_approval' | 'warn' | 'notify'

/** Roles that a rule may name: those of a project, and those of the organisation. */
export type PolicyRole = 'PM' | 'TechLead' | 'QA' | 'Contributor' | 'Viewer' | 'TenantAdmin' | 'Member'

/** Whose approval a rule asks for. */
export interface ApprovalRule {
  /** Each approver has one of them when deciding. */
  readonly roles: readonly PolicyRole[]
  /** How many different people, the requester never being one. Default: 1. */
  readonly count: number
  /** Hours until an approval that was asked for or granted lapses. Default: 72. */
  readonly expiresHours: number
}

/** Who is told. */
export interface NotifyRule {
  /** Everybody with one of these roles is told. */
  readonly roles: readonly PolicyRole[]
  /** E-mail addresses. */
  readonly people: readonly string[]
  /** Of the notification: it decides how soon it is mailed. Default: `normal`. */
  readonly priority: 'low' | 'normal' | 'high' | 'urgent'
}

/** One rule. */
export interface PolicyRule {
  /** 1 to 64 of a to z, 0 to 9 and hyphens; no two rules of a policy share one. */
  readonly id: string
  /** Names of actions and events, or globs of them. */
  readonly when: readonly string[]
  /** CEL; empty: always. */
  readonly condition: string
  /** What it does where it applies. */
  readonly effect: Effect
  /** Whose approval is asked for; never null of `require_approval`, without meaning of the others. */
  readonly approvals: ApprovalRule | null
  /** Who is told; never null of `notify`, without meaning of the others. */
  readonly notify: NotifyRule | null
  /** What people are told; `{{item.id}}` is filled in. */
  readonly message: string
  /** What to do; `{{item.id}}` is filled in. */
  readonly remedy: string | null
  /** Of the rule in its file; one-based. */
  readonly line: number
  /** SHA-256 (hexadecimal) of what the rule says, whatever its place and spelling: approvals are bound to it. */
  readonly digest: string
}

/** What entering a phase asks for. */
export interface PhaseGate {
  /** As milestones name it. */
  readonly phase: string
  /** What must hold for a milestone to enter; null, null and 0: nothing, the phase only has its place in the order. */
  readonly require: {
    /** `met`: of everything in the milestones of the phases above it in the list. */
    readonly criteria: 'met' | null
    readonly approvals: ApprovalRule | null
    /** How many live previews the phase's milestone has at least. */
    readonly previews: number
  }
  /** Of the phase in its file; one-based. */
  readonly line: number
  /** SHA-256 (hexadecimal) of the phase and what it asks for: approvals are bound to it. */
  readonly digest: string
}

/** A policy that was read: its rules and gates, in the order of the file. */
export interface Policy {
  /** Major version of the format. */
  readonly version: 1
  /** All are asked; the order is that of the answers. */
  readonly rules: readonly PolicyRule[]
  /** In the order of the project's phases. */
  readonly phases: readonly PhaseGate[]
  /** Sections that count in the operator's file only. */
  readonly ignoredSections: readonly string[]
}

/** One fault or remark found in a policy file. */
export interface PolicyProblem {
  /** Stable: tools match on it. */
  readonly code: PolicyProblemCode
  /** An `error` makes the file unusable. */
  readonly severity: 'error' | 'warning'
  /** One-based. */
  readonly line: number
  /** One-based, in UTF-16 units. */
  readonly column: number
  /** Exclusive, counted as `column`: greater than it, and else at most one past the end of the line. */
  readonly endColumn: number
  /** JSON pointer (RFC 6901) of the offending value. */
  readonly pointer: string
  /** What is wrong, in one sentence. */
  readonly message: string
  /** What to do about it. */
  readonly remedy: string
  /** The line of the file with a caret under the place: two lines. */
  readonly frame: string
}

/** What one rule or gate says of one write. */
export interface Verdict {
  /** Of a gate: `phase:` and the phase. */
  readonly ruleId: string
  /** In the policy's file; one-based. */
  readonly line: number
  /** Of a gate: `block` or `require_approval`. */
  readonly effect: Effect
  /** What people are told, with facts filled in. */
  readonly message: string
  /** With facts filled in. */
  readonly remedy: string | null
  /** Of the rule; an approval is bound to it. */
  readonly digest: string
  /** Of `require_approval`. */
  readonly approvals?: ApprovalRule
  /** Of `notify`. */
  readonly notify?: NotifyRule
  /** Of a phase gate: what is missing. */
  readonly gate?: { readonly phase: string; readonly missing: readonly string[] }
  /** Why the condition could not be evaluated; the rule then applies. */
  readonly failure?: string
}

/** What must be known before a write can be decided. */
export interface PolicyNeeds {
  /** False: no rule and no gate is asked at all. */
  readonly any: boolean
  /** Beside `request`, which is always known. */
  readonly sources: ReadonlySet<Exclude<FactSource, 'request'>>
  /** Names of the facts that conditions and messages speak of: `item.evidence.passed`. */
  readonly facts: ReadonlySet<string>
  /** True: the write may enter a phase that has a gate: `phasesEntered` tells, `decideGates` judges. */
  readonly phases: boolean
}

/** A gated phase that a write enters, and what is known of it. */
export interface PhaseEntry {
  /** As its gate names it. */
  readonly phase: string
  /** The milestone whose work begins in the phase. */
  readonly milestoneId: string
  /** Acceptance criteria of all items in milestones of earlier phases; of gates that ask for criteria. */
  readonly criteria?: { readonly total: number; readonly met: number }
  /** Live previews of the milestone; of gates that ask for previews. */
  readonly previews?: number
}

/** A policy that is ready to be asked. */
export interface CompiledPolicy {
  /** What it was made from. */
  readonly policy: Policy
  /** What must be known before a write can be decided. @param actions those of `actionsOf`, or the name of one action */
  needs(actions: string | readonly string[]): PolicyNeeds
  /** What every rule that applies says, in the order of the file. Empty: nothing stands against it. */
  decide(actions: string | readonly string[], facts: PolicyFacts): readonly Verdict[]
  /**
   * What the gates of the phases that are entered say: `block` names the criteria and previews that are missing,
   * `require_approval` the approvals that the phase asks for.
   */
  decideGates(entries: readonly PhaseEntry[]): readonly Verdict[]
}
