// Generated from sdk/operations/governance.graphql by `npm run generate`. Do not edit.
import type { PlanChange } from '../domain/plans/types.ts'
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { ApprovalDecisionKind, ApprovalStatus, PolicyEffect } from './schema.ts'
import type { PageInfo } from './shared.ts'

/** A version of a project's own rules. */
export interface PolicyVersion {
  /** Node id of the project. */
  projectId: string
  /** Number in the project: 1 for the first. */
  version: number
  /** SHA-256 of the text, hex. */
  digest: string
  /** Why it was applied. */
  reason: string
  /** Who applied it. */
  author: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  }
  /** Whether it is in force. */
  current: boolean
  /** When it was applied. */
  createdAt: string
}

/** Agreement that a rule wants to one change: what is agreed to is what is written, and once. */
export interface Approval {
  id: string
  /** Node id of the project. */
  projectId: string
  /** Id of the rule; `phase:` and the phase for a gate. */
  rule: string
  /** The version of the policy that wanted it. */
  policyVersion: number
  /** What is to be done, as the audit log names it. */
  action: string
  /** Key of the item that changes; null where none does. */
  itemKey: string | null
  /** The change in one line. */
  summary: string
  /** Why, in the words of whoever asked. */
  reason: string
  /** Who asked. They do not decide about it. */
  requestedBy: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  }
  /** Who may decide: one of these roles. */
  roles: string[]
  /** How many people have to agree. */
  count: number
  /** Where it stands. */
  status: ApprovalStatus
  /** What was said, in order. */
  decisions: Array<{
    /** Who. */
    by: {
      /** Node id of the user. */
      id: string
      /** Display name. */
      name: string
    }
    /** The role that counted. */
    role: string
    /** Agreed, or refused. */
    decision: ApprovalDecisionKind
    /** What they wrote. */
    comment: string | null
    /** When. */
    createdAt: string
  }>
  /** Until when it can be decided or, once granted, used. */
  expiresAt: string
  /** When it was asked for. */
  createdAt: string
  /** When it was granted or refused. */
  decidedAt: string | null
  /** When the change was made. */
  usedAt: string | null
}

/** What `governance.getPolicy` takes. */
export interface GovernanceGetPolicyVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Default: the one in force. */
  version?: number | null
}

/** What `governance.getPolicy` answers. */
export interface GovernanceGetPolicyData {
  /** YAML, as it was applied. */
  text: string
  /** Which version it is, who applied it and why. */
  version: PolicyVersion
}

/** What `governance.listVersions` takes. */
export interface GovernanceListVersionsVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `governance.listVersions` answers. */
export interface GovernanceListVersionsData {
  versions: PolicyVersion[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** What `governance.diffVersions` takes. */
export interface GovernanceDiffVersionsVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** A version; 0 for no rules. */
  from: number
  /** A version. */
  to: number
}

/** What `governance.diffVersions` answers. */
export interface GovernanceDiffVersionsData {
  /** Node id of the project. */
  projectId: string
  /** Rule by rule; empty where only spelling and comments differ. */
  changes: Array<{
    /** Id of the rule; `phase:` and the phase for a gate. */
    rule: string
    /** `added`, `removed` or `changed`. */
    kind: string
    /** Of `changed`: the keys that differ; `order` where only the place did. */
    fields: string[]
    /** What it was. */
    before: unknown
    /** What it is. */
    after: unknown
  }>
}

/** What `governance.validate` takes. */
export interface GovernanceValidateVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** YAML. */
  text: string
}

/** What `governance.validate` answers. */
export interface GovernanceValidateData {
  /** Node id of the project. */
  projectId: string
  /** Whether it could be applied: no problem is an error. */
  valid: boolean
  /** In the order of the text. */
  problems: Array<{
    /** Stable; match on this. */
    code: string
    /** `error` or `warning`. */
    severity: string
    /** Where it begins, from 1. */
    line: number
    /** From 1, in UTF-16 units. */
    column: number
    /** Where it ends in that line, exclusive. */
    endColumn: number
    /** JSON pointer (RFC 6901) of the offending value. */
    pointer: string
    /** What is wrong. */
    message: string
    /** What to do about it. */
    remedy: string
    /** The line, with a caret under the place. */
    frame: string
  }>
}

/** What `governance.apply` takes. */
export interface GovernanceApplyVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** YAML: the whole of governance/policy.yml. */
  text: string
  /** Why: 1 to 500 characters. */
  reason: string
  /** The version that is replaced, 0 for none: another one in force is a CONFLICT. Default: whatever is in force. */
  expectedVersion?: number | null
}

/** What `governance.apply` answers. */
export interface GovernanceApplyData {
  /** The version in force. */
  version: PolicyVersion
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `governance.explain` takes. */
export interface GovernanceExplainVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Plan changes, as `applyPlanChanges` takes them. Default: the action changes nothing of the plan. */
  changes?: PlanChange[] | null
  /** What would be done, as the audit log names it. Default for changes: `plan.apply`. */
  action?: string | null
  /** Key of the item that the action is about without changing it. */
  itemKey?: string | null
  /** Id of one rule. Default: all. */
  rule?: string | null
}

/** What `governance.explain` answers. */
export interface GovernanceExplainData {
  /** Node id of the project. */
  projectId: string
  /** The version in force; null: the project has no rules of its own. */
  version: number | null
  /** Whether it would be written now. */
  allowed: boolean
  /** What stands in the way, gates of phases and approvals counted in. */
  refusals: Array<{
    /** Id of the rule; `phase:` and the phase for a gate. */
    rule: string
    /** Its line in the policy. */
    line: number | null
    /** What it says. */
    message: string
    /** What to do. */
    remedy: string | null
    /** What is missing: a sentence each. */
    satisfiedBy: string[]
    /** True: agreement is all that is missing. */
    needsApproval: boolean
    /** The approval that waits for a decision. */
    approvalId: string | null
  }>
  /** Each changed item, with the rules that it meets. */
  changes: Array<{
    /** Key of the item; null where none changes. */
    itemKey: string | null
    /** The names that the change has. */
    actions: string[]
    /** Every rule that it meets, in the order of the policy. */
    rules: Array<{
      /** Its id. */
      rule: string
      /** Its line in the policy. */
      line: number
      /** What it does where it applies. */
      effect: PolicyEffect
      /** CEL; empty: it always applies. */
      condition: string
      /** Whether it applies to this change. */
      applies: boolean
      /** Why its condition could not be judged; the rule then applies. */
      failure: string | null
      /** What it says, where it applies. */
      message: string | null
      /** What to do, where it applies. */
      remedy: string | null
      /** Parts of the condition, from the whole down to the facts. */
      parts: Array<{
        /** As it stands in the condition. */
        text: string
        /** Where it begins in the condition. */
        start: number
        /** Where it ends, exclusive. */
        end: number
        /** Its value. */
        value: unknown
        /** Why it has none. */
        failure: string | null
      }>
    }>
  }>
}

/** What `governance.simulate` takes. */
export interface GovernanceSimulateVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** YAML of the rules. Default: `version`. */
  text?: string | null
  /** Default: the one in force. */
  version?: number | null
  /** Default: 30 days before `until`. */
  since?: string | null
  /** Default: now. */
  until?: string | null
  /** How many hits of each rule are told one by one, 0 to 100. Default: 20. */
  samples?: number | null
}

/** What `governance.simulate` answers. */
export interface GovernanceSimulateData {
  /** Node id of the project. */
  projectId: string
  /** From when. */
  since: string
  /** Until when. */
  until: string
  /** How many events were read. */
  events: number
  /** How many changes the rules were asked about. */
  writes: number
  /** How many of them a rule would have refused, or held back for agreement. */
  stopped: number
  /** Every rule, then every gate. */
  rules: Array<{
    /** Id of the rule; `phase:` and the phase for a gate. */
    rule: string
    /** Its line in the policy. */
    line: number
    /** What it does where it applies. */
    effect: PolicyEffect
    /** How many changes it would have met; of a gate how often its phase was entered. */
    hits: number
    /** `evidence` or `comments`: what the log does not tell of the past, so that the rule is not judged. */
    unknown: string[]
    /** The first of them. */
    samples: Array<{
      /** Number of its event in the project's stream. */
      sequence: number
      /** When. */
      at: string
      /** Node id of who did it. */
      actorId: string
      /** Key of the item that changed. */
      itemKey: string | null
      /** What the rule would have said. */
      message: string
    }>
  }>
}

/** What `governance.requestApproval` takes. */
export interface GovernanceRequestApprovalVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Plan changes, as `applyPlanChanges` takes them. Default: the action changes nothing of the plan. */
  changes?: PlanChange[] | null
  /** What is to be done, as the audit log names it. Default for changes: `plan.apply`. */
  action?: string | null
  /** Key of the item that the action is about without changing it. */
  itemKey?: string | null
  /** Id of the rule to ask for. Default: every rule that wants agreement to it. */
  rule?: string | null
  /** Why, for those who decide: 1 to 500 characters. */
  reason: string
}

/** What `governance.requestApproval` answers. */
export interface GovernanceRequestApprovalData {
  /** One for each rule and changed item; one that waited already is not asked for again. */
  approvals: Approval[]
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `governance.listApprovals` takes. */
export interface GovernanceListApprovalsVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Only those: PENDING for what waits. Default: all. */
  status?: ApprovalStatus | null
  /** Only of changes of this item. */
  itemKey?: string | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `governance.listApprovals` answers. */
export interface GovernanceListApprovalsData {
  approvals: Approval[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** What `governance.getApproval` takes. */
export interface GovernanceGetApprovalVariables {
  /** Node id or UUID. */
  approvalId: string
}

/** What `governance.getApproval` answers. */
export type GovernanceGetApprovalData = Approval

/** What `governance.approve` takes. */
export interface GovernanceApproveVariables {
  /** The approval: node id or UUID. */
  approvalId: string
  /** What to say with it: at most 2,000 characters. */
  comment?: string | null
}

/** What `governance.approve` answers. */
export interface GovernanceApproveData {
  /** The approval as it is now. */
  approval: Approval
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `governance.refuse` takes. */
export interface GovernanceRefuseVariables {
  /** The approval: node id or UUID. */
  approvalId: string
  /** What to say with it: at most 2,000 characters. */
  comment?: string | null
}

/** What `governance.refuse` answers. */
export interface GovernanceRefuseData {
  /** The approval as it is now. */
  approval: Approval
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** A project's own rules: what they say, how they came to be, and agreement to changes that they want agreement for. */
export interface GovernanceGroup {
  /**
   * A project's own rules: those in force, or an earlier version. Null where it has none.
   *
   * An earlier version by its number.
   *
   * @example
   * ```ts
   * const { data } = await client.governance.getPolicy({ version: 2 })
   * ```
   */
  getPolicy(variables?: GovernanceGetPolicyVariables, options?: CallOptions): Request<GovernanceGetPolicyData>

  /**
   * The history of a project's own rules, newest first.
   *
   * @example
   * ```ts
   * for await (const version of client.governance.listVersions()) console.log(version.version, version.author.name, version.reason)
   * ```
   */
  listVersions(variables?: GovernanceListVersionsVariables, options?: CallOptions): ListRequest<GovernanceListVersionsData, GovernanceListVersionsData['versions'][number]>

  /**
   * What changed from one version of the rules to another.
   *
   * `from: 0` is no rules at all.
   *
   * @example
   * ```ts
   * const { data } = await client.governance.diffVersions({ from: 1, to: 2 })
   * ```
   */
  diffVersions(variables: GovernanceDiffVersionsVariables, options?: CallOptions): Request<GovernanceDiffVersionsData>

  /**
   * Checks a policy without applying it: its form, and the type of every condition.
   *
   * The same check without a server is `parsePolicy` of `@buildrunner/sdk/policy`.
   *
   * @example
   * ```ts
   * const { data } = await client.governance.validate({ text: 'version: 1\nrules: []\n' })
   * ```
   */
  validate(variables: GovernanceValidateVariables, options?: CallOptions): Request<GovernanceValidateData>

  /**
   * Puts a project's own rules in force, under the next version. The rules before them are asked first, as `policy.change`.
   *
   * The rules before it are asked first: a project can ask for agreement to changes of its policy, too.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.governance.apply({ text: 'version: 1\nrules: []\n', reason: 'We begin without rules' })
   * ```
   */
  apply(variables: GovernanceApplyVariables, options?: CallOptions): Request<GovernanceApplyData>

  /**
   * Says whether a change would be written, and why: every rule that it meets with the value of each part of its condition. Nothing is written.
   *
   * Nothing is written. `changes` are those of `planning.applyChanges`.
   *
   * @example
   * ```ts
   * const { data } = await client.governance.explain({ changes: [{ op: 'update', id: 'T-12', set: { status: 'done' } }] })
   * ```
   */
  explain(variables?: GovernanceExplainVariables, options?: CallOptions): Request<GovernanceExplainData>

  /**
   * Runs rules over what happened already: what they would have stopped. People count with the roles that they have today; evidence and comments of the past are not judged.
   *
   * What rules would have stopped, had they been in force.
   *
   * @example
   * ```ts
   * const { data } = await client.governance.simulate({ text: 'version: 1\nrules: []\n', since: '2026-10-01T00:00:00Z' })
   * ```
   */
  simulate(variables?: GovernanceSimulateVariables, options?: CallOptions): Request<GovernanceSimulateData>

  /**
   * Asks for agreement to a change that a rule wants agreement for. Once it is granted, the very same change can be made once, by whatever way; an action that changes nothing of the plan, by whoever asked.
   *
   * Once it is granted, the very same change can be made once, by whatever way.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.governance.requestApproval({ changes: [{ op: 'update', id: 'T-12', set: { status: 'done' } }], reason: 'Reviewed with Ben' })
   * ```
   */
  requestApproval(variables: GovernanceRequestApprovalVariables, options?: CallOptions): Request<GovernanceRequestApprovalData>

  /**
   * Approvals of a project, newest first.
   *
   * @example
   * ```ts
   * for await (const approval of client.governance.listApprovals({ status: 'PENDING' })) console.log(approval.summary, approval.requestedBy.name)
   * ```
   */
  listApprovals(variables?: GovernanceListApprovalsVariables, options?: CallOptions): ListRequest<GovernanceListApprovalsData, GovernanceListApprovalsData['approvals'][number]>

  /**
   * One approval. NOT_FOUND when the key sees no such approval.
   *
   * @example
   * ```ts
   * const { data } = await client.governance.getApproval({ approvalId: 'apr_01a2008b71a07f2ebe4265f046903171' })
   * ```
   */
  getApproval(variables: GovernanceGetApprovalVariables, options?: CallOptions): Request<GovernanceGetApprovalData>

  /**
   * Agrees to a change. Nobody agrees to what they asked for, and each says it once; the rule names the roles that count.
   *
   * Nobody agrees to what they asked for.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.governance.approve({ approvalId: 'apr_01a2008b71a07f2ebe4265f046903171', comment: 'Looks right' })
   * ```
   */
  approve(variables: GovernanceApproveVariables, options?: CallOptions): Request<GovernanceApproveData>

  /**
   * Refuses a change. It can be asked for anew.
   *
   * It can be asked for anew.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.governance.refuse({ approvalId: 'apr_01a2008b71a07f2ebe4265f046903171', comment: 'The guide is missing' })
   * ```
   */
  refuse(variables: GovernanceRefuseVariables, options?: CallOptions): Request<GovernanceRefuseData>
}
