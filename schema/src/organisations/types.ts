import { builder } from '../builder.ts'
import { Organisation, PersonType } from '../identity/types.ts'
import { OrganisationRoleEnum, ProjectRoleEnum, TierEnum } from '../shared/enums.ts'
import { encodeNodeId } from '../shared/ids.ts'
import type { TierLimits } from '../shared/operator-policy.ts'
import { requirePermission } from '../shared/permissions.ts'
import type { ProjectRole } from '../shared/permissions.ts'
import { seatsOf } from './limits.ts'
import type { Usage } from './limits.ts'
import { invitationsByUuid, readUsage, teamsByUuid } from './reads.ts'
import type { InvitationRow, MemberRow, ProjectMemberRow, TeamRow } from './rows.ts'

const RoleSourceEnum = builder.enumType('RoleSource', {
  description: 'Where the role that counts in a project comes from.',
  values: {
    ORGANISATION: { value: 'organisation', description: 'A TenantAdmin acts as PM in every project.' },
    PROJECT: { value: 'project', description: 'Given in this project.' },
    DEFAULT: { value: 'default', description: "The organisation's default role." },
  } as const,
})
const InvitationStateEnum = builder.enumType('InvitationState', {
  description: 'What became of an invitation.',
  values: { OPEN: { value: 'open' }, ACCEPTED: { value: 'accepted' }, REVOKED: { value: 'revoked' }, EXPIRED: { value: 'expired' } } as const,
})

interface Held {
  readonly usage: Usage
  readonly limits: TierLimits
}

const Seats = builder.objectRef<Held>('Seats').implement({
  description: 'Seats are taken by members who can do more than look: anybody but those whose every role is Viewer.',
  fields: (t) => ({
    included: t.int({ description: 'What the tier includes.', resolve: ({ limits }) => limits.seats.included }),
    total: t.int({ description: 'With the extra ones: so many can be taken.', resolve: ({ usage, limits }) => seatsOf(limits, usage.extra_seats) }),
    max: t.int({ description: 'So many the tier can have with extra ones.', resolve: ({ limits }) => limits.seats.max }),
    used: t.int({ description: 'Taken by members.', resolve: ({ usage }) => usage.seats_used }),
    reserved: t.int({ description: 'Kept for open invitations.', resolve: ({ usage }) => usage.seats_reserved }),
  }),
})

const Quota = builder.objectRef<{ used: number; max: number | null }>('Quota').implement({
  description: 'How much is used of something that the tier limits.',
  fields: (t) => ({
    used: t.exposeInt('used', { description: 'So many there are.' }),
    max: t.exposeInt('max', { nullable: true, description: 'So many there can be; null: no limit.' }),
  }),
})

const Limits = builder.objectRef<Held>('OrganisationLimits').implement({
  description: 'What the tier allows, and how much of it is used.',
  fields: (t) => ({
    seats: t.field({ type: Seats, description: 'Seats.', resolve: (held) => held }),
    members: t.field({ type: Quota, description: 'Members with and without a seat; open invitations are not among them.', resolve: ({ usage, limits }) => ({ used: usage.members, max: limits.maxMembers }) }),
    projects: t.field({ type: Quota, description: 'Projects in use; archived ones do not count.', resolve: ({ usage, limits }) => ({ used: usage.projects, max: limits.maxProjects }) }),
    features: t.stringList({ description: 'What the tier brings.', resolve: ({ limits }) => [...limits.features] }),
    pointsPerMinute: t.int({ description: 'Cost that one key or session may spend in a minute.', resolve: ({ limits }) => limits.pointsPerMinute }),
  }),
})

builder.prismaObjectFields(Organisation, (t) => ({
  tier: t.field({ type: TierEnum, select: { tier: true }, description: 'What it has paid for.', resolve: (row) => row.tier }),
  defaultRole: t.field({ type: ProjectRoleEnum, nullable: true, select: { defaultRole: true }, description: 'What a member is in projects that give them no role of their own; null: those do not exist for them.', resolve: (row) => row.defaultRole }),
  requireMfa: t.exposeBoolean('requireMfa', { description: 'True: sessions without a second factor see nothing of it.' }),
  auditRetentionDays: t.exposeInt('auditRetentionDays', { nullable: true, description: 'How long audit records are kept whole, in days; null: as long as the operator says.' }),
  limits: t.field({
    type: Limits, select: { id: true, tier: true }, description: 'What the tier allows, and how much of it is used.',
    resolve: async (row, _args, ctx) => ({ usage: await readUsage(ctx), limits: ctx.operator.tiers[row.tier] }),
  }),
}))

export const Team = builder.objectRef<TeamRow>('Team')
builder.node(Team, {
  description: 'A named group of members: `@team:<slug>` mentions all of them.',
  id: { resolve: (team) => team.id },
  isTypeOf: (value) => 'members' in (value as object),
  loadMany: (ids, ctx) => teamsByUuid(ctx, ids),
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'Unique in the organisation; accepted wherever a team id is.' }),
    name: t.exposeString('name', { description: 'Display name.' }),
    memberCount: t.exposeInt('members', { description: 'How many belong to it.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
})

export const Member = builder.objectRef<MemberRow>('Member').implement({
  description: 'Somebody who belongs to the organisation.',
  fields: (t) => ({
    id: t.id({ description: 'Node id of the user.', resolve: (member) => encodeNodeId('User', member.id) }),
    name: t.exposeString('name', { description: 'Display name.' }),
    email: t.exposeString('email', { description: 'E-mail address.' }),
    role: t.expose('role', { type: OrganisationRoleEnum, description: 'In the organisation.' }),
    takesSeat: t.exposeBoolean('takesSeat', { description: 'False for those whose every role is Viewer.' }),
    teams: t.field({ type: [Team], description: 'Teams they belong to, by slug.', resolve: (member) => [...member.teams] }),
    joinedAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when.' }),
  }),
})

export const ProjectMember = builder.objectRef<ProjectMemberRow>('ProjectMember').implement({
  description: 'Somebody who sees a project, and in which role.',
  fields: (t) => ({
    id: t.id({ description: 'Node id of the user.', resolve: (member) => encodeNodeId('User', member.id) }),
    name: t.exposeString('name', { description: 'Display name.' }),
    role: t.expose('role', { type: ProjectRoleEnum, description: 'The role that counts.' }),
    source: t.expose('source', { type: RoleSourceEnum, description: 'Where it comes from.' }),
  }),
})

const GivenRole = builder.objectRef<{ readonly projectId: string; readonly role: ProjectRole }>('GivenProjectRole').implement({
  description: 'A role in a project that an invitation brings.',
  fields: (t) => ({
    projectId: t.id({ description: 'Node id of the project.', resolve: (given) => encodeNodeId('Project', given.projectId) }),
    role: t.expose('role', { type: ProjectRoleEnum, description: 'The role.' }),
  }),
})

export const Invitation = builder.objectRef<InvitationRow>('Invitation')
builder.node(Invitation, {
  description: 'Somebody was asked by mail to join.',
  id: { resolve: (invitation) => invitation.id },
  isTypeOf: (value) => 'invitedBy' in (value as object),
  loadMany: (ids, ctx) => invitationsByUuid(ctx, ids),
  fields: (t) => ({
    email: t.exposeString('email', { description: 'Where it was mailed to.' }),
    role: t.expose('role', { type: OrganisationRoleEnum, description: 'What they will be in the organisation.' }),
    projectRoles: t.field({ type: [GivenRole], description: 'Roles in projects that it brings.', resolve: (invitation) => [...invitation.projectRoles] }),
    teams: t.field({ type: [Team], description: 'Teams that it brings.', resolve: (invitation) => [...invitation.teams] }),
    state: t.expose('state', { type: InvitationStateEnum, description: 'What became of it.' }),
    invitedBy: t.expose('invitedBy', { type: PersonType, description: 'Who invited them.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it can be accepted.' }),
  }),
})

/** The organisation of whoever asks. */
builder.queryField('organisation', (t) =>
  t.prismaField({
    type: Organisation,
    description: 'The organisation that the key or session belongs to.',
    extensions: { permission: 'organisation.read' },
    resolve: (query, _root, _args, ctx) => ctx.prisma.organisation.findUniqueOrThrow({ ...query, where: { id: requirePermission(ctx, 'organisation.read').organisationId } }),
  }),
)
