// Generated from sdk/operations/governance.graphql by `npm run generate`. Do not edit.
import { call, list } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { GovernanceApplyData, GovernanceApplyVariables, GovernanceApproveData, GovernanceApproveVariables, GovernanceDiffVersionsData, GovernanceDiffVersionsVariables, GovernanceExplainData, GovernanceExplainVariables, GovernanceGetApprovalData, GovernanceGetApprovalVariables, GovernanceGetPolicyData, GovernanceGetPolicyVariables, GovernanceListApprovalsData, GovernanceListApprovalsVariables, GovernanceListVersionsData, GovernanceListVersionsVariables, GovernanceRefuseData, GovernanceRefuseVariables, GovernanceRequestApprovalData, GovernanceRequestApprovalVariables, GovernanceSimulateData, GovernanceSimulateVariables, GovernanceValidateData, GovernanceValidateVariables } from '../governance.ts'
import { governance_apply, governance_approve, governance_diffVersions, governance_explain, governance_getApproval, governance_getPolicy, governance_listApprovals, governance_listVersions, governance_refuse, governance_requestApproval, governance_simulate, governance_validate } from '../operations/governance.ts'

export type * from '../governance.ts'

/**
 * A project's own rules: those in force, or an earlier version. Null where it has none.
 *
 * An earlier version by its number.
 *
 * @example
 * ```ts
 * const { data } = await getPolicy(client, { version: 2 })
 * ```
 */
export function getPolicy(client: Client, variables?: GovernanceGetPolicyVariables, options?: CallOptions): Request<GovernanceGetPolicyData> {
  return call(client, governance_getPolicy, variables, options)
}

/**
 * The history of a project's own rules, newest first.
 *
 * @example
 * ```ts
 * for await (const version of listPolicyVersions(client)) console.log(version.version, version.author.name, version.reason)
 * ```
 */
export function listPolicyVersions(client: Client, variables?: GovernanceListVersionsVariables, options?: CallOptions): ListRequest<GovernanceListVersionsData, GovernanceListVersionsData['versions'][number]> {
  return list(client, governance_listVersions, variables, options)
}

/**
 * What changed from one version of the rules to another.
 *
 * `from: 0` is no rules at all.
 *
 * @example
 * ```ts
 * const { data } = await diffPolicyVersions(client, { from: 1, to: 2 })
 * ```
 */
export function diffPolicyVersions(client: Client, variables: GovernanceDiffVersionsVariables, options?: CallOptions): Request<GovernanceDiffVersionsData> {
  return call(client, governance_diffVersions, variables, options)
}

/**
 * Checks a policy without applying it: its form, and the type of every condition.
 *
 * The same check without a server is `parsePolicy` of `@buildrunner/sdk/policy`.
 *
 * @example
 * ```ts
 * const { data } = await validatePolicy(client, { text: 'version: 1\nrules: []\n' })
 * ```
 */
export function validatePolicy(client: Client, variables: GovernanceValidateVariables, options?: CallOptions): Request<GovernanceValidateData> {
  return call(client, governance_validate, variables, options)
}

/**
 * Puts a project's own rules in force, under the next version. The rules before them are asked first, as `policy.change`.
 *
 * The rules before it are asked first: a project can ask for agreement to changes of its policy, too.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await applyPolicy(client, { text: 'version: 1\nrules: []\n', reason: 'We begin without rules' })
 * ```
 */
export function applyPolicy(client: Client, variables: GovernanceApplyVariables, options?: CallOptions): Request<GovernanceApplyData> {
  return call(client, governance_apply, variables, options)
}

/**
 * Says whether a change would be written, and why: every rule that it meets with the value of each part of its condition. Nothing is written.
 *
 * Nothing is written. `changes` are those of `planning.applyChanges`.
 *
 * @example
 * ```ts
 * const { data } = await explainPolicy(client, { changes: [{ op: 'update', id: 'T-12', set: { status: 'done' } }] })
 * ```
 */
export function explainPolicy(client: Client, variables?: GovernanceExplainVariables, options?: CallOptions): Request<GovernanceExplainData> {
  return call(client, governance_explain, variables, options)
}

/**
 * Runs rules over what happened already: what they would have stopped. People count with the roles that they have today; evidence and comments of the past are not judged.
 *
 * What rules would have stopped, had they been in force.
 *
 * @example
 * ```ts
 * const { data } = await simulatePolicy(client, { text: 'version: 1\nrules: []\n', since: '2026-10-01T00:00:00Z' })
 * ```
 */
export function simulatePolicy(client: Client, variables?: GovernanceSimulateVariables, options?: CallOptions): Request<GovernanceSimulateData> {
  return call(client, governance_simulate, variables, options)
}

/**
 * Asks for agreement to a change that a rule wants agreement for. Once it is granted, the very same change can be made once, by whatever way; an action that changes nothing of the plan, by whoever asked.
 *
 * Once it is granted, the very same change can be made once, by whatever way.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await requestApproval(client, { changes: [{ op: 'update', id: 'T-12', set: { status: 'done' } }], reason: 'Reviewed with Ben' })
 * ```
 */
export function requestApproval(client: Client, variables: GovernanceRequestApprovalVariables, options?: CallOptions): Request<GovernanceRequestApprovalData> {
  return call(client, governance_requestApproval, variables, options)
}

/**
 * Approvals of a project, newest first.
 *
 * @example
 * ```ts
 * for await (const approval of listApprovals(client, { status: 'PENDING' })) console.log(approval.summary, approval.requestedBy.name)
 * ```
 */
export function listApprovals(client: Client, variables?: GovernanceListApprovalsVariables, options?: CallOptions): ListRequest<GovernanceListApprovalsData, GovernanceListApprovalsData['approvals'][number]> {
  return list(client, governance_listApprovals, variables, options)
}

/**
 * One approval. NOT_FOUND when the key sees no such approval.
 *
 * @example
 * ```ts
 * const { data } = await getApproval(client, { approvalId: 'apr_01a2008b71a07f2ebe4265f046903171' })
 * ```
 */
export function getApproval(client: Client, variables: GovernanceGetApprovalVariables, options?: CallOptions): Request<GovernanceGetApprovalData> {
  return call(client, governance_getApproval, variables, options)
}

/**
 * Agrees to a change. Nobody agrees to what they asked for, and each says it once; the rule names the roles that count.
 *
 * Nobody agrees to what they asked for.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await approve(client, { approvalId: 'apr_01a2008b71a07f2ebe4265f046903171', comment: 'Looks right' })
 * ```
 */
export function approve(client: Client, variables: GovernanceApproveVariables, options?: CallOptions): Request<GovernanceApproveData> {
  return call(client, governance_approve, variables, options)
}

/**
 * Refuses a change. It can be asked for anew.
 *
 * It can be asked for anew.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await refuseApproval(client, { approvalId: 'apr_01a2008b71a07f2ebe4265f046903171', comment: 'The guide is missing' })
 * ```
 */
export function refuseApproval(client: Client, variables: GovernanceRefuseVariables, options?: CallOptions): Request<GovernanceRefuseData> {
  return call(client, governance_refuse, variables, options)
}
