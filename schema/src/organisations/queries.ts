import { builder } from '../builder.ts'
import { OrganisationRoleEnum, ProjectRoleEnum } from '../shared/enums.ts'
import { paged, totalCountOf } from '../shared/connections.ts'
import { readInvitations, readMembers, readProjectMembers, readTeams } from './reads.ts'
import { Invitation, Member, ProjectMember, Team } from './types.ts'

const totalCount = { description: 'How many match, on all pages.', resolve: totalCountOf } as const
const search = { description: 'Part of a name or e-mail address, in any case.' }

builder.queryField('members', (t) =>
  t.connection(
    {
      type: Member,
      description: 'Members of the organisation, those of longest standing first.',
      extensions: { permission: 'members.read' },
      args: { search: t.arg.string(search), role: t.arg({ type: OrganisationRoleEnum, description: 'Only those in this role.' }), teamId: t.arg.id({ description: 'Only those of this team: node id, UUID or slug.' }) },
      resolve: paged(readMembers),
    },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
)

builder.queryField('projectMembers', (t) =>
  t.connection(
    {
      type: ProjectMember,
      description: 'Who sees a project, in which role, and where that comes from.',
      extensions: { permission: 'projects.read' },
      args: {
        projectId: t.arg.id({ required: true, description: 'Node id, UUID or slug.' }), search: t.arg.string({ description: 'Part of a name, in any case.' }),
        role: t.arg({ type: ProjectRoleEnum, description: 'Only those in whom this role counts.' }),
      },
      resolve: paged(readProjectMembers),
    },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
)

builder.queryField('invitations', (t) =>
  t.connection(
    {
      type: Invitation,
      description: 'Invitations to the organisation, the oldest first.',
      extensions: { permission: 'members.write' },
      args: { open: t.arg.boolean({ description: 'true: only those that can still be accepted; false: only the others. Default: both.' }) },
      resolve: paged(readInvitations),
    },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
)

builder.queryField('teams', (t) =>
  t.connection(
    {
      type: Team,
      description: 'Teams of the organisation, the oldest first.',
      extensions: { permission: 'members.read' },
      args: { search: t.arg.string({ description: 'Part of a name or slug, in any case.' }) },
      resolve: paged(readTeams),
    },
    { fields: (f) => ({ totalCount: f.int(totalCount) }) },
  ),
)
