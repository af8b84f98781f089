// Generated from sdk/operations/governance.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const governance_getPolicy: Operation = { name: 'governance_getPolicy', kind: 'query', projectId: 'required' }
export const governance_listVersions: Operation = { name: 'governance_listVersions', kind: 'query', projectId: 'required', items: 'versions' }
export const governance_diffVersions: Operation = { name: 'governance_diffVersions', kind: 'query', projectId: 'required' }
export const governance_validate: Operation = { name: 'governance_validate', kind: 'query', projectId: 'required' }
export const governance_apply: Operation = { name: 'governance_apply', kind: 'mutation', projectId: 'required' }
export const governance_explain: Operation = { name: 'governance_explain', kind: 'query', projectId: 'required' }
export const governance_simulate: Operation = { name: 'governance_simulate', kind: 'query', projectId: 'required' }
export const governance_requestApproval: Operation = { name: 'governance_requestApproval', kind: 'mutation', projectId: 'required' }
export const governance_listApprovals: Operation = { name: 'governance_listApprovals', kind: 'query', projectId: 'required', items: 'approvals' }
export const governance_getApproval: Operation = { name: 'governance_getApproval', kind: 'query' }
export const governance_approve: Operation = { name: 'governance_approve', kind: 'mutation' }
export const governance_refuse: Operation = { name: 'governance_refuse', kind: 'mutation' }

export const governance = {
  getPolicy: governance_getPolicy,
  listVersions: governance_listVersions,
  diffVersions: governance_diffVersions,
  validate: governance_validate,
  apply: governance_apply,
  explain: governance_explain,
  simulate: governance_simulate,
  requestApproval: governance_requestApproval,
  listApprovals: governance_listApprovals,
  getApproval: governance_getApproval,
  approve: governance_approve,
  refuse: governance_refuse,
}
