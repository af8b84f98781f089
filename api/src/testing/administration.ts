/** Every route of the audit log and of administration once. */
import { seal } from '@buildrunner/schema/audit/testing/log'
import { addPerson } from '@buildrunner/schema/testing/people'
import { expect } from 'vitest'
import type { Walk } from './organisation.ts'

export async function walkAudit({ call, workspace }: Pick<Walk, 'call' | 'workspace'>): Promise<void> {
  await seal(workspace, new Date())
  const { size, key_name: keyName } = (await call('GET /api/audit/checkpoint')).body
  const { records, checkpoint } = (await call('GET /api/audit/log?since=0&limit=1000')).body
  expect([records[0].sequence, checkpoint.size]).toEqual([1, size])
  expect((await call(`GET /api/audit/records/${records[0].id}/proof?size=${size}`)).body).toMatchObject({ leaf_index: 0, size })
  expect((await call(`GET /api/audit/consistency-proof?from=1&to=${size}`)).body.hashes).toEqual(expect.any(Array))
  expect(JSON.stringify((await call('GET /api/audit/keys')).body)).toContain(keyName)
  expect((await call('GET /api/audit/records?action=organisation&limit=1')).body.records).toMatchObject([{ action: 'organisation.create', is_erased: false }])
  const { id } = (await call('GET /api/viewer')).body
  expect((await call('POST /api/audit/erase', { body: { user_id: id } })).body.records).toBeGreaterThan(0)
}

export async function walkAdministration({ call, as, workspace }: Pick<Walk, 'call' | 'as' | 'workspace'>): Promise<void> {
  const { email } = await addPerson(workspace, { name: 'Max' })
  const otto = as((await addPerson(workspace, { name: 'Otto', platformRole: 'GlobalAdmin' })).apiKey)
  const started = await call('POST /api/admin/impersonation', { body: { user_id: email, reason: 'Support ticket debugging', duration_minutes: 60 } })
  expect([started.status, started.body.impersonation.user.name]).toEqual([201, 'Max'])
  expect((await call('GET /api/admin/impersonation?running=true')).body.impersonations).toMatchObject([{ id: started.body.impersonation.id }])
  expect((await call(`DELETE /api/admin/impersonation/${started.body.impersonation.id}`)).body.impersonation.ended_at).toEqual(expect.any(String))
  expect((await call('GET /api/admin/tenants')).status).toBe(403)
  expect((await otto('GET /api/admin/tenants?search=acme')).body.tenants).toMatchObject([{ slug: 'acme', tier: 'enterprise' }])
  expect((await otto('PATCH /api/admin/tenants/acme', { body: { extra_seats: 5 } })).body.tenant.extra_seats).toBe(5)
  expect((await otto(`PUT /api/admin/platform-roles/${encodeURIComponent(email)}`, { body: { role: 'support_agent' } })).body.person.role).toBe('support_agent')
  expect((await otto('GET /api/admin/platform-roles')).body.people).toHaveLength(2)
}
