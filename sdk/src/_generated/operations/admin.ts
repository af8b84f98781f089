// Generated from sdk/operations/admin.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const admin_startImpersonation: Operation = { name: 'admin_startImpersonation', kind: 'mutation' }
export const admin_endImpersonation: Operation = { name: 'admin_endImpersonation', kind: 'mutation' }
export const admin_listImpersonations: Operation = { name: 'admin_listImpersonations', kind: 'query', items: 'impersonations' }
export const admin_listTenants: Operation = { name: 'admin_listTenants', kind: 'query', items: 'tenants' }
export const admin_updateTenant: Operation = { name: 'admin_updateTenant', kind: 'mutation' }
export const admin_listPlatformPeople: Operation = { name: 'admin_listPlatformPeople', kind: 'query', items: 'people' }
export const admin_setPlatformRole: Operation = { name: 'admin_setPlatformRole', kind: 'mutation' }

export const admin = {
  startImpersonation: admin_startImpersonation,
  endImpersonation: admin_endImpersonation,
  listImpersonations: admin_listImpersonations,
  listTenants: admin_listTenants,
  updateTenant: admin_updateTenant,
  listPlatformPeople: admin_listPlatformPeople,
  setPlatformRole: admin_setPlatformRole,
}
