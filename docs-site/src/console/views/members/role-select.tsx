/** A choice of roles, in a table or a form. */
import type { ReactNode } from 'react'
import { Select } from '../../ui/field.tsx'
import { useMembersText } from './members-text.ts'
import type { MembersKey } from './members-text.ts'

export const ORGANISATION_ROLES = ['MEMBER', 'TENANT_ADMIN'] as const
export const PROJECT_ROLES = ['VIEWER', 'CONTRIBUTOR', 'QA', 'PM', 'TECH_LEAD'] as const

interface RoleSelectProps<Role extends string> {
  /** Name for screen readers; in a table the column shows it to everybody else. */
  readonly label: string
  readonly roles: readonly Role[]
  readonly value: Role
  readonly disabled: boolean
  change(role: Role): void
}

export function RoleSelect<Role extends string>({ label, roles, value, disabled, change }: RoleSelectProps<Role>): ReactNode {
  const t = useMembersText()
  return (
    <div className="role-select">
      <Select label={label} disabled={disabled} options={roles.map((role) => ({ value: role, label: t(`role.${role}` as MembersKey) }))} value={value} onChange={(event) => change(event.target.value as Role)} />
    </div>
  )
}
