import { builder } from '../builder.ts'
import { OrganisationRoleEnum, ProjectRoleEnum } from '../shared/enums.ts'
import { LIMITED_ERRORS, WRITE_ERRORS } from '../shared/error-types.ts'
import { PlanLimitError } from '../shared/errors.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { idempotencyKey, projectId } from '../shared/inputs.ts'
import type { InputFields } from '../shared/inputs.ts'
import { acceptInvitation } from './accept.ts'
import type { Joined } from './accept.ts'
import { inviteMember, resendInvitation, revokeInvitation } from './invitations.ts'
import type { InvitationWritten } from './invitations.ts'
import { leaveOrganisation, removeMember, setMemberRole, setProjectRole } from './members.ts'
import type { MemberWritten, ProjectRoleWritten } from './members.ts'
import { invitationsByUuid, readMember, readProjectMember } from './reads.ts'
import type { InvitationRow } from './rows.ts'
import { Invitation, Member, ProjectMember } from './types.ts'

const sequence = { description: "Sequence of the organisation's newest event after the write." } as const
export const userId = (t: InputFields) => t.id({ required: true, description: 'The member: node id, UUID or e-mail address.' })
const invitationId = (t: InputFields) => t.id({ required: true, description: 'The invitation: node id or UUID.' })
const MEMBER_ERRORS = [...WRITE_ERRORS, PlanLimitError]

const memberPayload = (name: string) =>
  builder.objectRef<MemberWritten>(name).implement({
    description: 'The member after the write.',
    fields: (t) => ({
      sequence: t.exposeInt('sequence', sequence),
      member: t.field({ type: Member, description: 'The member as they are now.', resolve: (written, _args, ctx) => readMember(ctx, written.userId) }),
    }),
  })

const formerPayload = (name: string) =>
  builder.objectRef<MemberWritten>(name).implement({
    description: 'Who is a member no more.',
    fields: (t) => ({
      sequence: t.exposeInt('sequence', sequence),
      userId: t.id({ description: 'Node id of the user.', resolve: (written) => encodeNodeId('User', written.userId) }),
    }),
  })

const projectMemberPayload = (name: string) =>
  builder.objectRef<ProjectRoleWritten>(name).implement({
    description: 'The member of the project after the write.',
    fields: (t) => ({
      sequence: t.exposeInt('sequence', sequence),
      member: t.field({
        type: ProjectMember, nullable: true, description: 'With the role that counts now; null: the project does not exist for them any more.',
        resolve: (written, _args, ctx) => readProjectMember(ctx, written.projectId, written.userId),
      }),
    }),
  })

const invitationPayload = (name: string) =>
  builder.objectRef<InvitationWritten>(name).implement({
    description: 'The invitation after the write.',
    fields: (t) => ({
      sequence: t.exposeInt('sequence', sequence),
      invitation: t.field({ type: Invitation, description: 'The invitation as it is now.', resolve: async (written, _args, ctx) => (await invitationsByUuid(ctx, [written.invitationId]))[0] as InvitationRow }),
    }),
  })

const joinedPayload = (name: string) =>
  builder.objectRef<Joined>(name).implement({
    description: 'What one is a member of now.',
    fields: (t) => ({
      sequence: t.exposeInt('sequence', sequence),
      organisationId: t.id({ description: 'Node id of the organisation.', resolve: (joined) => encodeNodeId('Organisation', joined.organisationId) }),
      organisation: t.exposeString('organisation', { description: 'Its name.' }),
      role: t.expose('role', { type: OrganisationRoleEnum, description: 'What one is in it.' }),
    }),
  })

const GivenProjectRoleInput = builder.inputType('GivenProjectRoleInput', {
  description: 'A role in a project.',
  fields: (t) => ({ projectId: projectId(t), role: t.field({ type: ProjectRoleEnum, required: true, description: 'The role.' }) }),
})

const InviteMemberInput = builder.inputType('InviteMemberInput', {
  description: 'Whom to invite.',
  fields: (t) => ({
    email: t.string({ required: true, description: 'Where the invitation is mailed to. Only who signs in under this address can accept it.' }),
    role: t.field({ type: OrganisationRoleEnum, defaultValue: 'Member', description: 'What they will be in the organisation.' }),
    projectRoles: t.field({ type: [GivenProjectRoleInput], description: 'Roles in projects that come with it.' }),
    teamIds: t.idList({ description: 'Teams that come with it: node ids, UUIDs or slugs.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('inviteMember', (t) =>
  t.field({
    type: invitationPayload('InviteMemberPayload'),
    description: 'Invites somebody by mail. The token goes there and nowhere else; the invitation reserves the seat that it will take.',
    extensions: { permission: 'members.write' },
    errors: { types: LIMITED_ERRORS, union: { name: 'InviteMemberResult' } },
    args: { input: t.arg({ type: InviteMemberInput, required: true, description: 'Whom.' }) },
    resolve: (_root, { input }, ctx) => inviteMember(ctx, { ...input, role: input.role ?? 'Member' }),
  }),
)

const ResendInvitationInput = builder.inputType('ResendInvitationInput', {
  description: 'Which invitation to send again.',
  fields: (t) => ({
    invitationId: invitationId(t),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('resendInvitation', (t) =>
  t.field({
    type: invitationPayload('ResendInvitationPayload'),
    description: 'Mails an invitation again, with a new token and its whole time; also one that has expired. The former token is worth nothing.',
    extensions: { permission: 'members.write' },
    errors: { types: MEMBER_ERRORS, union: { name: 'ResendInvitationResult' } },
    args: { input: t.arg({ type: ResendInvitationInput, required: true, description: 'Which invitation.' }) },
    resolve: (_root, { input }, ctx) => resendInvitation(ctx, input),
  }),
)

const RevokeInvitationInput = builder.inputType('RevokeInvitationInput', {
  description: 'Which invitation to withdraw.',
  fields: (t) => ({
    invitationId: invitationId(t),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('revokeInvitation', (t) =>
  t.field({
    type: invitationPayload('RevokeInvitationPayload'),
    description: 'Withdraws an invitation; the seat that it reserved is free.',
    extensions: { permission: 'members.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'RevokeInvitationResult' } },
    args: { input: t.arg({ type: RevokeInvitationInput, required: true, description: 'Which invitation.' }) },
    resolve: (_root, { input }, ctx) => revokeInvitation(ctx, input),
  }),
)

const AcceptInvitationInput = builder.inputType('AcceptInvitationInput', {
  description: 'The invitation that is accepted.',
  fields: (t) => ({
    token: t.string({ required: true, description: 'From the mail.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('acceptInvitation', (t) =>
  t.field({
    type: joinedPayload('AcceptInvitationPayload'),
    description: 'Makes whoever asks a member. It takes a session, or a key that may do everything, of the person whose address was invited.',
    errors: { types: LIMITED_ERRORS, union: { name: 'AcceptInvitationResult' } },
    args: { input: t.arg({ type: AcceptInvitationInput, required: true, description: 'The invitation.' }) },
    resolve: (_root, { input }, ctx) => acceptInvitation(ctx, input),
  }),
)

const SetMemberRoleInput = builder.inputType('SetMemberRoleInput', {
  description: 'A new role for a member.',
  fields: (t) => ({
    userId: userId(t),
    role: t.field({ type: OrganisationRoleEnum, required: true, description: 'The new role in the organisation.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('setMemberRole', (t) =>
  t.field({
    type: memberPayload('SetMemberRolePayload'),
    description: 'Changes what a member is in the organisation. It keeps at least one TenantAdmin.',
    extensions: { permission: 'members.write' },
    errors: { types: MEMBER_ERRORS, union: { name: 'SetMemberRoleResult' } },
    args: { input: t.arg({ type: SetMemberRoleInput, required: true, description: 'Whose role.' }) },
    resolve: (_root, { input }, ctx) => setMemberRole(ctx, input),
  }),
)

const RemoveMemberInput = builder.inputType('RemoveMemberInput', {
  description: 'Whom to remove.',
  fields: (t) => ({
    userId: userId(t),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('removeMember', (t) =>
  t.field({
    type: formerPayload('RemoveMemberPayload'),
    description: 'Ends a membership: roles, teams, keys and sessions in this organisation end with it.',
    extensions: { permission: 'members.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'RemoveMemberResult' } },
    args: { input: t.arg({ type: RemoveMemberInput, required: true, description: 'Whom.' }) },
    resolve: (_root, { input }, ctx) => removeMember(ctx, input),
  }),
)

const LeaveOrganisationInput = builder.inputType('LeaveOrganisationInput', {
  description: 'Leaving needs no more than being asked for.',
  fields: (t) => ({
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('leaveOrganisation', (t) =>
  t.field({
    type: formerPayload('LeaveOrganisationPayload'),
    description: "Ends one's own membership, with its keys and sessions.",
    errors: { types: WRITE_ERRORS, union: { name: 'LeaveOrganisationResult' } },
    args: { input: t.arg({ type: LeaveOrganisationInput, required: true, description: 'How.' }) },
    resolve: (_root, { input }, ctx) => leaveOrganisation(ctx, input),
  }),
)

const SetProjectRoleInput = builder.inputType('SetProjectRoleInput', {
  description: 'A role in a project.',
  fields: (t) => ({
    projectId: projectId(t),
    userId: userId(t),
    role: t.field({ type: ProjectRoleEnum, required: true, description: 'The role.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('setProjectRole', (t) =>
  t.field({
    type: projectMemberPayload('SetProjectRolePayload'),
    description: 'Gives a member a role in one project, in place of the default role of the organisation.',
    extensions: { permission: 'projects.roles' },
    errors: { types: MEMBER_ERRORS, union: { name: 'SetProjectRoleResult' } },
    args: { input: t.arg({ type: SetProjectRoleInput, required: true, description: 'Whose role, and where.' }) },
    resolve: (_root, { input }, ctx) => setProjectRole(ctx, input),
  }),
)

const RemoveProjectRoleInput = builder.inputType('RemoveProjectRoleInput', {
  description: 'Whose role to take away.',
  fields: (t) => ({
    projectId: projectId(t),
    userId: userId(t),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('removeProjectRole', (t) =>
  t.field({
    type: projectMemberPayload('RemoveProjectRolePayload'),
    description: 'Takes the role in one project from a member: the default role of the organisation counts again.',
    extensions: { permission: 'projects.roles' },
    errors: { types: WRITE_ERRORS, union: { name: 'RemoveProjectRoleResult' } },
    args: { input: t.arg({ type: RemoveProjectRoleInput, required: true, description: 'Whose role, and where.' }) },
    resolve: (_root, { input }, ctx) => setProjectRole(ctx, { ...input, role: null }),
  }),
)
