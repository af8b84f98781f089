import { builder } from '../builder.ts'
import { Organisation } from '../identity/types.ts'
import { ProjectRoleEnum } from '../shared/enums.ts'
import { CREATE_ERRORS, WRITE_ERRORS } from '../shared/error-types.ts'
import { PlanLimitError } from '../shared/errors.ts'
import { encodeNodeId } from '../shared/ids.ts'
import { idempotencyKey } from '../shared/inputs.ts'
import type { InputFields } from '../shared/inputs.ts'
import type { Written } from './change.ts'
import { userId } from './mutations.ts'
import { teamsByUuid } from './reads.ts'
import type { TeamRow } from './rows.ts'
import { updateOrganisation } from './service.ts'
import { addTeamMember, createTeam, deleteTeam, removeTeamMember, updateTeam } from './teams.ts'
import type { TeamWritten } from './teams.ts'
import { Team } from './types.ts'

const sequence = { description: "Sequence of the organisation's newest event after the write." } as const
const teamId = (t: InputFields) => t.id({ required: true, description: 'The team: node id, UUID or slug.' })

const organisationPayload = (name: string) =>
  builder.objectRef<Written<{ organisationId: string }>>(name).implement({
    description: 'The organisation after the write.',
    fields: (t) => ({
      sequence: t.exposeInt('sequence', sequence),
      organisation: t.prismaField({
        type: Organisation, description: 'The organisation as it is now.',
        resolve: (query, written, _args, ctx) => ctx.prisma.organisation.findUniqueOrThrow({ ...query, where: { id: written.organisationId } }),
      }),
    }),
  })

const teamPayload = (name: string) =>
  builder.objectRef<TeamWritten>(name).implement({
    description: 'The team after the write.',
    fields: (t) => ({
      sequence: t.exposeInt('sequence', sequence),
      team: t.field({ type: Team, description: 'The team as it is now.', resolve: async (written, _args, ctx) => (await teamsByUuid(ctx, [written.teamId]))[0] as TeamRow }),
    }),
  })

const deletedPayload = (name: string) =>
  builder.objectRef<TeamWritten>(name).implement({
    description: 'Which team is no more.',
    fields: (t) => ({
      sequence: t.exposeInt('sequence', sequence),
      teamId: t.id({ description: 'Node id that it had.', resolve: (written) => encodeNodeId('Team', written.teamId) }),
    }),
  })

const UpdateOrganisationInput = builder.inputType('UpdateOrganisationInput', {
  description: 'What to change; absent fields stay.',
  fields: (t) => ({
    name: t.string({ description: 'Display name, 1 to 200 characters.' }),
    slug: t.string({ description: 'a-z, 0-9 and dashes.' }),
    defaultRole: t.field({ type: ProjectRoleEnum, description: 'What a member is in projects that give them no role of their own; null: those do not exist for them.' }),
    requireMfa: t.boolean({ description: 'true: sessions without a second factor see nothing of it. Refused to whoever has none.' }),
    auditRetentionDays: t.int({ description: 'How long audit records are kept whole: 30 to 2557 days (7 years); null: as long as the operator says.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('updateOrganisation', (t) =>
  t.field({
    type: organisationPayload('UpdateOrganisationPayload'),
    description: 'Changes settings of the organisation.',
    extensions: { permission: 'organisation.write' },
    errors: { types: [...CREATE_ERRORS, PlanLimitError], union: { name: 'UpdateOrganisationResult' } },
    args: { input: t.arg({ type: UpdateOrganisationInput, required: true, description: 'What to change.' }) },
    resolve: (_root, { input }, ctx) => updateOrganisation(ctx, input),
  }),
)

const CreateTeamInput = builder.inputType('CreateTeamInput', {
  description: 'A new team.',
  fields: (t) => ({
    id: t.id({ description: 'An id made by the client (UUID or tem_...), so that a retry creates nothing twice.' }),
    name: t.string({ required: true, description: 'Display name, 1 to 200 characters.' }),
    slug: t.string({ description: 'a-z, 0-9 and dashes. Default: made of the name.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('createTeam', (t) =>
  t.field({
    type: teamPayload('CreateTeamPayload'),
    description: 'Makes a team without members.',
    extensions: { permission: 'members.write' },
    errors: { types: CREATE_ERRORS, union: { name: 'CreateTeamResult' } },
    args: { input: t.arg({ type: CreateTeamInput, required: true, description: 'The team.' }) },
    resolve: (_root, { input }, ctx) => createTeam(ctx, input),
  }),
)

const UpdateTeamInput = builder.inputType('UpdateTeamInput', {
  description: 'What to change of a team; absent fields stay.',
  fields: (t) => ({
    teamId: teamId(t),
    name: t.string({ description: 'Display name, 1 to 200 characters.' }),
    slug: t.string({ description: 'a-z, 0-9 and dashes.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('updateTeam', (t) =>
  t.field({
    type: teamPayload('UpdateTeamPayload'),
    description: 'Changes name or slug of a team.',
    extensions: { permission: 'members.write' },
    errors: { types: CREATE_ERRORS, union: { name: 'UpdateTeamResult' } },
    args: { input: t.arg({ type: UpdateTeamInput, required: true, description: 'What to change.' }) },
    resolve: (_root, { input }, ctx) => updateTeam(ctx, input),
  }),
)

const DeleteTeamInput = builder.inputType('DeleteTeamInput', {
  description: 'Which team to delete.',
  fields: (t) => ({
    teamId: teamId(t),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('deleteTeam', (t) =>
  t.field({
    type: deletedPayload('DeleteTeamPayload'),
    description: 'Deletes a team; its members stay in the organisation.',
    extensions: { permission: 'members.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'DeleteTeamResult' } },
    args: { input: t.arg({ type: DeleteTeamInput, required: true, description: 'Which team.' }) },
    resolve: (_root, { input }, ctx) => deleteTeam(ctx, input),
  }),
)

const AddTeamMemberInput = builder.inputType('AddTeamMemberInput', {
  description: 'Whom to add to a team.',
  fields: (t) => ({
    teamId: teamId(t),
    userId: userId(t),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('addTeamMember', (t) =>
  t.field({
    type: teamPayload('AddTeamMemberPayload'),
    description: 'Adds a member of the organisation to a team.',
    extensions: { permission: 'members.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'AddTeamMemberResult' } },
    args: { input: t.arg({ type: AddTeamMemberInput, required: true, description: 'Whom, and where.' }) },
    resolve: (_root, { input }, ctx) => addTeamMember(ctx, input),
  }),
)

const RemoveTeamMemberInput = builder.inputType('RemoveTeamMemberInput', {
  description: 'Whom to take out of a team.',
  fields: (t) => ({
    teamId: teamId(t),
    userId: userId(t),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('removeTeamMember', (t) =>
  t.field({
    type: teamPayload('RemoveTeamMemberPayload'),
    description: 'Takes somebody out of a team.',
    extensions: { permission: 'members.write' },
    errors: { types: WRITE_ERRORS, union: { name: 'RemoveTeamMemberResult' } },
    args: { input: t.arg({ type: RemoveTeamMemberInput, required: true, description: 'Whom, and where.' }) },
    resolve: (_root, { input }, ctx) => removeTeamMember(ctx, input),
  }),
)
