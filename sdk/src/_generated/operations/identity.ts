// Generated from sdk/operations/identity.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const viewer_get: Operation = { name: 'viewer_get', kind: 'query' }
export const viewer_rateLimit: Operation = { name: 'viewer_rateLimit', kind: 'query' }

export const viewer = {
  get: viewer_get,
  rateLimit: viewer_rateLimit,
}
