/** Every operation of governance over REST, once. */
import { expect } from 'vitest'
import type { CallRest } from './rest.ts'

const RULES = `version: 1
rules:
  - id: no-cancel
    when: [plan.status.set]
    condition: item.status == 'cancelled'
    effect: block
    message: Nothing is given up here.
  - id: agreed
    when: [plan.milestone.update]
    effect: require_approval
    approvals: { roles: [QA] }
    message: Somebody of QA agrees to that.
  - id: careful
    when: [plan.status.set]
    condition: item.status == 'blocked'
    effect: warn
    message: Say why, please.
`

export async function walkGovernance(call: CallRest): Promise<void> {
  const policy = '/api/projects/website/policy'
  expect((await call(`GET ${policy}`)).status).toBe(404)
  expect((await call(`POST ${policy}/validate`, { body: { text: 'version: 1\nrule: []\n' } })).body).toMatchObject({ valid: false, problems: [{ line: 2, severity: 'error' }] })
  expect((await call(`PUT ${policy}`, { body: { text: 'version: 1\nrules: []\n', reason: 'We begin' } })).body.version).toMatchObject({ version: 1, current: true, reason: 'We begin' })
  const applied = await call(`PUT ${policy}`, { body: { text: RULES, reason: 'Rules at last', expected_version: 1 } })
  expect(applied.body.version).toMatchObject({ version: 2 })
  expect((await call(`PUT ${policy}`, { body: { text: 'version: 1\nrules: []\n', reason: 'Late', expected_version: 1 } })).status).toBe(409)
  expect((await call(`GET ${policy}`)).body).toMatchObject({ text: RULES, version: { version: 2 } })
  expect((await call(`GET ${policy}/versions`)).body.versions.map((one: { version: number }) => one.version)).toEqual([2, 1])
  expect((await call(`GET ${policy}/diff?from=1&to=2`)).body.changes.map((one: { rule: string; kind: string }) => [one.rule, one.kind])).toEqual([['no-cancel', 'added'], ['agreed', 'added'], ['careful', 'added']])
  const setStatus = (status: string, headers: Record<string, string> = {}) => call('PUT /api/projects/website/microsteps/T-12/status', { body: { status }, headers })
  expect((await setStatus('cancelled'))).toMatchObject({ status: 403, body: { code: 'POLICY_REFUSED', rule: 'no-cancel', line: 3 } })
  expect((await setStatus('cancelled', { 'buildrunner-override': 'rules=no-cancel' })).status).toBe(400)
  expect((await setStatus('cancelled', { 'buildrunner-override': 'rules=no-cancel; reason=Ticket%204711' })).status).toBe(200)
  expect((await setStatus('blocked')).headers.get('buildrunner-policy-warnings')).toBe('rule=careful; line=13; message=Say%20why%2C%20please.')
  const changes = [{ op: 'update', id: 'M-1', set: { title: 'Alpha 2' } }]
  const explained = await call(`POST ${policy}/explain`, { body: { changes } })
  expect(explained.body).toMatchObject({ allowed: false, refusals: [{ rule: 'agreed', needs_approval: true }] })
  const made = await call('POST /api/projects/website/approvals', { body: { changes, reason: 'Reviewed' } })
  expect(made).toMatchObject({ status: 201, body: { approvals: [{ status: 'pending', item_key: 'M-1', rule: 'agreed' }] } })
  const path = `/api/approvals/${made.body.approvals[0].id}`
  expect((await call(`GET ${path}`)).body).toEqual(made.body.approvals[0])
  expect((await call('GET /api/projects/website/approvals?status=pending')).body.approvals).toEqual(made.body.approvals)
  // nobody decides about what they asked for
  for (const verb of ['approve', 'refuse']) expect(await call(`POST ${path}/${verb}`)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
  expect((await call(`POST ${policy}/simulate`, { body: { version: 2 } })).body.rules).toContainEqual(expect.objectContaining({ rule: 'no-cancel', hits: 1 }))
  expect((await call(`PUT ${policy}`, { body: { text: 'version: 1\nrules: []\n', reason: 'Enough' } })).body.version.version).toBe(3)
}
