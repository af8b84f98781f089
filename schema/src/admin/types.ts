import { builder } from '../builder.ts'
import { PersonType } from '../identity/types.ts'
import { encodeNodeId } from '../shared/ids.ts'
import type { PlatformRole } from '../shared/permissions.ts'
import { TierEnum } from '../shared/tier-enum.ts'
import type { PersonOfPlatform } from './service.ts'

const value = <Role extends string>(role: Role) => ({ value: role })

export const PlatformRoleEnum = builder.enumType('PlatformRole', {
  description: 'Roles for the operator of the server, across organisations.',
  values: { GLOBAL_ADMIN: value('GlobalAdmin'), SUPPORT_AGENT: value('SupportAgent') } as const satisfies Record<string, { value: PlatformRole }>,
})

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
export const PlatformPerson = builder.objectRef<PersonOfPlatform>('PlatformPerson').implement({
  description: 'Somebody, and what they may do for the operator.',
  fields: (t) => ({
    person: t.field({ type: PersonType, description: 'Who.', resolve: (person) => person }),
    role: t.expose('role', { type: PlatformRoleEnum, nullable: true, description: 'The role; null when it was taken.' }),
  }),
})
