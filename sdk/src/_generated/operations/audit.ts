// Generated from sdk/operations/audit.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const audit_list: Operation = { name: 'audit_list', kind: 'query', items: 'records' }
export const audit_log: Operation = { name: 'audit_log', kind: 'query' }
export const audit_checkpoint: Operation = { name: 'audit_checkpoint', kind: 'query' }
export const audit_inclusionProof: Operation = { name: 'audit_inclusionProof', kind: 'query' }
export const audit_consistencyProof: Operation = { name: 'audit_consistencyProof', kind: 'query' }
export const audit_keys: Operation = { name: 'audit_keys', kind: 'query' }
export const audit_erase: Operation = { name: 'audit_erase', kind: 'mutation' }

export const audit = {
  list: audit_list,
  log: audit_log,
  checkpoint: audit_checkpoint,
  inclusionProof: audit_inclusionProof,
  consistencyProof: audit_consistencyProof,
  keys: audit_keys,
  erase: audit_erase,
}
