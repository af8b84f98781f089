/** Enums that several domains use. */
import { builder } from '../builder.ts'
import { TIERS } from './operator-policy.ts'
import { ORGANISATION_ROLES, PLATFORM_ROLES, PROJECT_ROLES } from './permissions.ts'

/** `TechLead` is `TECH_LEAD`. */
const enumName = (role: string): string => role.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()
const enumValues = <Value extends string>(values: readonly Value[]): Record<string, { value: Value }> => Object.fromEntries(values.map((value) => [enumName(value), { value }]))

export const OrganisationRoleEnum = builder.enumType('OrganisationRole', { description: 'What a member is in the organisation.', values: enumValues(ORGANISATION_ROLES) })
export const ProjectRoleEnum = builder.enumType('ProjectRole', { description: 'What somebody is in a project; the documentation has what each may do.', values: enumValues(PROJECT_ROLES) })
export const PlatformRoleEnum = builder.enumType('PlatformRole', { description: 'Roles for the operator of the server, across organisations.', values: enumValues(PLATFORM_ROLES) })
export const TierEnum = builder.enumType('Tier', { description: 'What an organisation has paid for; the operator says what each includes.', values: enumValues(TIERS) })
