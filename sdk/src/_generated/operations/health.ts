// Generated from sdk/operations/health.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const health_check: Operation = { name: 'health_check', kind: 'query' }

export const health = {
  check: health_check,
}
