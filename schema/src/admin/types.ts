import { builder } from '../builder.ts'
import { PersonType } from '../identity/types.ts'
import { PlatformRoleEnum, TierEnum } from '../shared/enums.ts'
import { encodeNodeId } from '../shared/ids.ts'

export const Tenant = builder.prismaObject('Organisation', {
  variant: 'Tenant',
  description: 'An organisation, as the operator sees it: how large it is, and nothing of what it holds.',
  fields: (t) => ({
    id: t.id({ description: 'Node id of the organisation.', resolve: ({ id }) => encodeNodeId('Organisation', id) }),
    name: t.exposeString('name', { description: 'The name people see.' }),
    slug: t.exposeString('slug', { description: 'Unique; accepted wherever its id is.' }),
    tier: t.expose('tier', { type: TierEnum, description: 'What it has paid for.' }),
    extraSeats: t.exposeInt('extraSeats', { description: 'Seats beyond those that the tier includes.' }),
    memberCount: t.relationCount('members', { description: 'How many members it has.' }),
    projectCount: t.relationCount('projects', { description: 'How many projects it has, archived ones included.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when.' }),
  }),
})

/** Somebody who has a role on the platform. */
export const PlatformPerson = builder.prismaObject('User', {
  variant: 'PlatformPerson',
  description: 'Somebody, and what they may do for the operator.',
  select: { id: true, name: true },
  fields: (t) => ({
    person: t.field({ type: PersonType, description: 'Who.', resolve: ({ id, name }) => ({ id, name }) }),
    role: t.expose('platformRole', { type: PlatformRoleEnum, nullable: true, description: 'The role; null when it was taken.' }),
  }),
})
