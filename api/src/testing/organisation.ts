/** Every route of an organisation once: settings, members, invitations, roles in projects, teams. */
import type { Mail } from '@buildrunner/schema/shared/mail'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import { expect } from 'vitest'
import type { CallRest } from './rest.ts'

export interface Walk {
  /** As the administrator of the workspace. */
  readonly call: CallRest
  /** As whoever a key or a session belongs to; as nobody without one. */
  readonly as: (token?: string) => CallRest
  readonly workspace: TestWorkspace
  /** What the server mailed. */
  readonly mails: readonly Mail[]
}

export async function walkOrganisation({ call, as, workspace, mails }: Walk): Promise<void> {
  expect((await call('PATCH /api/organisation', { body: { audit_retention_days: 365, default_role: 'viewer' } })).body.organisation).toMatchObject({ audit_retention_days: 365, default_role: 'viewer' })
  const invited = await call('POST /api/invitations', { body: { email: 'grace@example.com', project_roles: [{ project_id: 'website', role: 'tech_lead' }] } })
  expect(invited).toMatchObject({ status: 201, body: { invitation: { role: 'member', state: 'open', project_roles: [{ role: 'tech_lead' }] } } })
  const at = `/api/invitations/${invited.body.invitation.id}`
  await call(`POST ${at}/resend`)
  expect((await call(`DELETE ${at}`)).body.invitation.state).toBe('revoked')
  expect((await call('GET /api/invitations?open=false')).body).toMatchObject({ invitations: [{ email: 'grace@example.com' }], total_count: 1 })
  const [{ apiKey }, token] = [await workspace.stranger(), () => /bi_[\w-]{43}/.exec(mails.at(-1)?.text ?? '')?.[0]]
  await call('POST /api/invitations', { body: { email: 'eve-1@example.com' } })
  expect((await as(apiKey)('POST /api/invitations/accept', { body: { token: token() } })).body).toMatchObject({ organisation: 'Acme', role: 'member' })
  expect(await as(apiKey)('POST /api/invitations/accept', { body: { token: token() } })).toMatchObject({ status: 422, body: { code: 'VALIDATION_FAILED', errors: [{ pointer: '#/token' }] } })
  const eve = 'eve-1@example.com'
  expect((await call(`PUT /api/projects/website/members/${eve}`, { body: { role: 'qa' } })).body.member).toMatchObject({ role: 'qa', source: 'project' })
  expect((await call('GET /api/projects/website/members?role=qa')).body).toMatchObject({ members: [{ name: 'Eve' }], total_count: 1 })
  expect((await call(`DELETE /api/projects/website/members/${eve}`)).body.member).toMatchObject({ role: 'viewer', source: 'default' })
  expect((await call('POST /api/teams', { body: { name: 'Front end', slug: 'frontend' } })).status).toBe(201)
  expect((await call('PATCH /api/teams/frontend', { body: { name: 'UI' } })).body.team.name).toBe('UI')
  expect((await call(`PUT /api/teams/frontend/members/${eve}`)).body.team.member_count).toBe(1)
  expect((await call(`DELETE /api/teams/frontend/members/${eve}`)).body.team.member_count).toBe(0)
  expect((await call('GET /api/teams')).body).toMatchObject({ teams: [{ slug: 'frontend' }] })
  expect((await call('DELETE /api/teams/frontend')).body.team_id).toMatch(/^tem_/)
  expect((await call(`PUT /api/members/${eve}/role`, { body: { role: 'tenant_admin' } })).body.member).toMatchObject({ role: 'tenant_admin', takes_seat: true })
  await workspace.pool.query("UPDATE organisations SET tier = 'free' WHERE slug = 'acme'")
  const full = await call('POST /api/invitations', { body: { email: 'third@example.com', role: 'tenant_admin' } })
  expect(full).toMatchObject({ status: 402, body: { code: 'PLAN_LIMIT_REACHED', limit: 'seats', upgrade_to: 'pro' } })
  await workspace.pool.query("UPDATE organisations SET tier = 'enterprise' WHERE slug = 'acme'")
  expect((await call(`DELETE /api/members/${eve}`)).body.user_id).toMatch(/^usr_/)
  expect((await call('GET /api/members')).body).toMatchObject({ members: [{ name: 'Ada' }], total_count: 1 })
  expect((await call('GET /api/organisation')).body).toMatchObject({ slug: 'acme', limits: { seats: { used: 1 } }, viewer_can: { members_write: true } })
  expect(await call('POST /api/organisation/leave')).toMatchObject({ status: 403, body: { code: 'POLICY_REFUSED', rule: 'organisations.keeps-an-administrator' } })
}
