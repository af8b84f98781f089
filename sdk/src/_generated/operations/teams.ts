// Generated from sdk/operations/teams.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const teams_list: Operation = { name: 'teams_list', kind: 'query', items: 'teams' }
export const teams_create: Operation = { name: 'teams_create', kind: 'mutation' }
export const teams_update: Operation = { name: 'teams_update', kind: 'mutation' }
export const teams_delete: Operation = { name: 'teams_delete', kind: 'mutation' }
export const teams_addMember: Operation = { name: 'teams_addMember', kind: 'mutation' }
export const teams_removeMember: Operation = { name: 'teams_removeMember', kind: 'mutation' }

export const teams = {
  list: teams_list,
  create: teams_create,
  update: teams_update,
  delete: teams_delete,
  addMember: teams_addMember,
  removeMember: teams_removeMember,
}
