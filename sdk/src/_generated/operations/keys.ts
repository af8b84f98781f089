// Generated from sdk/operations/keys.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const keys_create: Operation = { name: 'keys_create', kind: 'mutation', projectId: 'optional' }
export const keys_list: Operation = { name: 'keys_list', kind: 'query', items: 'keys' }
export const keys_get: Operation = { name: 'keys_get', kind: 'query' }
export const keys_rotate: Operation = { name: 'keys_rotate', kind: 'mutation' }
export const keys_revoke: Operation = { name: 'keys_revoke', kind: 'mutation' }

export const keys = {
  create: keys_create,
  list: keys_list,
  get: keys_get,
  rotate: keys_rotate,
  revoke: keys_revoke,
}
