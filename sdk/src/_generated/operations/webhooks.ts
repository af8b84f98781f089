// Generated from sdk/operations/webhooks.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const webhooks_list: Operation = { name: 'webhooks_list', kind: 'query', projectId: 'required', items: 'webhooks' }
export const webhooks_get: Operation = { name: 'webhooks_get', kind: 'query' }
export const webhooks_create: Operation = { name: 'webhooks_create', kind: 'mutation', projectId: 'required' }
export const webhooks_update: Operation = { name: 'webhooks_update', kind: 'mutation' }
export const webhooks_delete: Operation = { name: 'webhooks_delete', kind: 'mutation' }
export const webhooks_rotateSecret: Operation = { name: 'webhooks_rotateSecret', kind: 'mutation' }
export const webhooks_test: Operation = { name: 'webhooks_test', kind: 'mutation' }
export const webhooks_deliveries: Operation = { name: 'webhooks_deliveries', kind: 'query', items: 'deliveries' }
export const webhooks_replay: Operation = { name: 'webhooks_replay', kind: 'mutation' }
export const webhooks_replayAll: Operation = { name: 'webhooks_replayAll', kind: 'mutation' }

export const webhooks = {
  list: webhooks_list,
  get: webhooks_get,
  create: webhooks_create,
  update: webhooks_update,
  delete: webhooks_delete,
  rotateSecret: webhooks_rotateSecret,
  test: webhooks_test,
  deliveries: webhooks_deliveries,
  replay: webhooks_replay,
  replayAll: webhooks_replayAll,
}
