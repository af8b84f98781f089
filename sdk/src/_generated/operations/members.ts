// Generated from sdk/operations/members.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const members_list: Operation = { name: 'members_list', kind: 'query', items: 'members' }
export const members_setRole: Operation = { name: 'members_setRole', kind: 'mutation' }
export const members_remove: Operation = { name: 'members_remove', kind: 'mutation' }
export const members_invite: Operation = { name: 'members_invite', kind: 'mutation' }
export const members_invitations: Operation = { name: 'members_invitations', kind: 'query', items: 'invitations' }
export const members_resendInvitation: Operation = { name: 'members_resendInvitation', kind: 'mutation' }
export const members_revokeInvitation: Operation = { name: 'members_revokeInvitation', kind: 'mutation' }
export const members_acceptInvitation: Operation = { name: 'members_acceptInvitation', kind: 'mutation' }
export const members_listInProject: Operation = { name: 'members_listInProject', kind: 'query', projectId: 'required', items: 'members' }
export const members_setProjectRole: Operation = { name: 'members_setProjectRole', kind: 'mutation', projectId: 'required' }
export const members_removeProjectRole: Operation = { name: 'members_removeProjectRole', kind: 'mutation', projectId: 'required' }

export const members = {
  list: members_list,
  setRole: members_setRole,
  remove: members_remove,
  invite: members_invite,
  invitations: members_invitations,
  resendInvitation: members_resendInvitation,
  revokeInvitation: members_revokeInvitation,
  acceptInvitation: members_acceptInvitation,
  listInProject: members_listInProject,
  setProjectRole: members_setProjectRole,
  removeProjectRole: members_removeProjectRole,
}
