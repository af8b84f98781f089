// Generated from sdk/operations/execution.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const execution_sync: Operation = { name: 'execution_sync', kind: 'mutation', projectId: 'required' }

export const execution = {
  sync: execution_sync,
}
