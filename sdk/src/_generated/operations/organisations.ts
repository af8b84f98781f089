// Generated from sdk/operations/organisations.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const organisations_get: Operation = { name: 'organisations_get', kind: 'query' }
export const organisations_update: Operation = { name: 'organisations_update', kind: 'mutation' }
export const organisations_leave: Operation = { name: 'organisations_leave', kind: 'mutation' }

export const organisations = {
  get: organisations_get,
  update: organisations_update,
  leave: organisations_leave,
}
