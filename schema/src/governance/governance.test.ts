/** What rules of a project do to its writes: through the schema, against the database. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Context } from '../context.ts'
import { createEventChannel } from '../events/channel.ts'
import { createDispatcher } from '../notifications/dispatcher.ts'
import { notify } from '../notifications/notify.ts'
import { decodeNodeId } from '../shared/ids.ts'
import { addPerson } from '../testing/people.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { samplePlan } from '../testing/plans.ts'
import { expireApprovals } from './expire.ts'
import type { Override } from './governed.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

const APPLY = `mutation ($projectId: ID!, $text: String!) { answer: applyPolicy(input: { projectId: $projectId, text: $text, reason: "Because" }) { __typename ... on Error { code message } ... on PolicyError { rule line } ... on ApplyPolicyPayload { version { version } sequence } } }`
const STATUS = `mutation ($projectId: ID!, $id: ID!, $status: Status!) { answer: setStatus(input: { projectId: $projectId, id: $id, status: $status }) { __typename ... on Error { code message path } ... on PolicyError { rule line remedy satisfiedBy approvalId } ... on SetStatusPayload { sequence } } }`
const REQUEST = `mutation ($projectId: ID!, $changes: PlanChanges, $reason: String!) { answer: requestApproval(input: { projectId: $projectId, changes: $changes, reason: $reason }) { __typename ... on Error { code message } ... on RequestApprovalPayload { approvals { id status summary rule itemKey count roles } } } }`
const GRANT = `mutation ($id: ID!) { answer: grantApproval(input: { approvalId: $id }) { __typename ... on Error { code message } ... on GrantApprovalPayload { approval { status usedAt decisions { role by { name } } } } } }`

type Answer = Record<string, any>
const ask = async (source: string, variables: Record<string, unknown>, ctx: Context = workspace.context()): Promise<Answer> => {
  const { data, errors } = await workspace.run<{ answer: Answer }>(source, variables, ctx)
  if (errors !== undefined) throw errors[0] as Error
  return data?.answer as Answer
}

let projects = 0
/** A project with the sample plan and these rules; the first microstep is `m1.s1.k1`. */
async function governed(rules: string): Promise<string> {
  const slug = await workspace.project(`governed-${++projects}`, samplePlan(2, 1, 2))
  expect(await ask(APPLY, { projectId: slug, text: `version: 1\n${rules}` })).toMatchObject({ __typename: 'ApplyPolicyPayload' })
  return slug
}
const setStatus = (projectId: string, status: string, ctx?: Context, id = 'm1.s1.k1'): Promise<Answer> => ask(STATUS, { projectId, id, status }, ctx)
const overriding = (rules: string[], reason = 'Ticket 4711'): Context => ({ ...workspace.context(), override: { rules, reason } satisfies Override })
async function person(name: string, projectId: string, role: 'PM' | 'TechLead' | 'QA' | 'Contributor'): Promise<Context> {
  const { rows } = await workspace.pool.query<{ id: string }>('SELECT id FROM projects WHERE slug = $1', [projectId])
  const { userId, organisationId } = await addPerson(workspace, { name, projects: { [rows[0]?.id as string]: role } })
  const actor: Actor = { ...workspace.actor, userId, organisationId, organisationRole: 'Member', defaultRole: null, projectRoles: new Map([[rows[0]?.id as string, role]]) }
  return workspace.context(actor)
}
const eventsOf = async (slug: string): Promise<{ kind: string; data: any; sequence: number }[]> =>
  (await workspace.pool.query('SELECT e.kind, e.data, e.sequence FROM runner_events e JOIN projects p ON p.id = e.stream_id WHERE p.slug = $1 ORDER BY e.sequence', [slug])).rows

const NO_DONE = `rules:
  - id: no-done
    when: [plan.status.set]
    condition: item.status == 'done'
    effect: block
    message: Nothing is done here.
    remedy: Leave {{item.id}} alone.
`

describe('a rule that blocks', () => {
  test('costs no statement where it is not asked about, and none again where it is', async () => {
    const slug = await governed(NO_DONE)
    await setStatus(slug, 'IN_PROGRESS')
    workspace.takeStatements()
    await setStatus(slug, 'IN_REVIEW')
    const governedStatements = workspace.takeStatements().length
    const free = await workspace.project('ungoverned', samplePlan(1, 1, 1))
    workspace.takeStatements()
    await setStatus(free, 'IN_REVIEW')
    expect(governedStatements).toBe(workspace.takeStatements().length)
  })

  test('refuses with rule, line, message and remedy, and writes nothing', async () => {
    const slug = await governed(NO_DONE)
    const before = await eventsOf(slug)
    expect(await setStatus(slug, 'DONE')).toEqual({ __typename: 'PolicyError', code: 'POLICY_REFUSED', message: 'Nothing is done here.', path: null, rule: 'no-done', line: 3, remedy: 'Leave m1.s1.k1 alone.', satisfiedBy: [], approvalId: null })
    expect(await eventsOf(slug)).toEqual(before)
    expect(await setStatus(slug, 'IN_PROGRESS')).toMatchObject({ __typename: 'SetStatusPayload' })
  })

  test('gives way to an override by a PM, which is an event and a record of its own', async () => {
    const slug = await governed(NO_DONE)
    const { sequence } = await setStatus(slug, 'DONE', overriding(['no-done']))
    const events = await eventsOf(slug)
    expect(events.slice(-2)).toMatchObject([{ kind: 'plan.changed', sequence }, { kind: 'policy.overridden', sequence: sequence + 1, data: { action: 'plan.status.set', rules: [{ rule: 'no-done', line: 3 }], itemKeys: ['m1.s1.k1'], reason: 'Ticket 4711' } }])
    const { rows } = await workspace.pool.query(`SELECT action, details, personal FROM audit_records WHERE action = 'policy.override' AND target_id = (SELECT id FROM projects WHERE slug = $1)`, [slug])
    expect(rows).toHaveLength(1)
    expect(JSON.parse(rows[0].personal)).toMatchObject({ reason: 'Ticket 4711' })
    expect(await setStatus(slug, 'TODO')).toMatchObject({ sequence: sequence + 2 })
  })

  test('gives way neither to another rule named, nor to whoever may not override, nor without a reason', async () => {
    const slug = await governed(NO_DONE)
    expect(await setStatus(slug, 'DONE', overriding(['another']))).toMatchObject({ code: 'POLICY_REFUSED' })
    expect(await setStatus(slug, 'DONE', overriding(['no-done'], ' '))).toMatchObject({ code: 'VALIDATION_FAILED' })
    const lead = await person('Lea', slug, 'TechLead')
    expect(await setStatus(slug, 'DONE', { ...lead, override: { rules: ['no-done'], reason: 'Please' } })).toMatchObject({ code: 'FORBIDDEN' })
  })
})

test('a rule that warns lets pass, and speaks once', async () => {
  const slug = await governed(NO_DONE.replace('effect: block', 'effect: warn'))
  const ctx = workspace.context()
  expect(await setStatus(slug, 'DONE', ctx)).toMatchObject({ __typename: 'SetStatusPayload' })
  expect(ctx.warnings).toEqual([{ rule: 'no-done', line: 3, message: 'Nothing is done here.', remedy: 'Leave m1.s1.k1 alone.' }])
})

test('a rule that notifies lets pass, and leaves an event', async () => {
  const slug = await governed(NO_DONE.replace('effect: block', 'effect: notify\n    notify: { roles: [QA], people: [ben@example.com], priority: high }'))
  await setStatus(slug, 'DONE')
  expect((await eventsOf(slug)).at(-1)).toMatchObject({ kind: 'policy.notified', data: { rule: 'no-done', action: 'plan.status.set', itemKeys: ['m1.s1.k1'], message: 'Nothing is done here.', roles: ['QA'], people: ['ben@example.com'], priority: 'high' } })
})

describe('a rule that wants agreement', () => {
  const AGREED = NO_DONE.replace('effect: block', 'effect: require_approval\n    approvals: { roles: [TechLead, QA], count: 2, expires_hours: 24 }').replace('no-done', 'agreed')
  const changes = [{ op: 'update', id: 'm1.s1.k1', set: { status: 'done' } }]

  test('refuses until as many people of its roles agreed to this very change, which then passes once', async () => {
    const slug = await governed(AGREED)
    expect(await setStatus(slug, 'DONE')).toMatchObject({ code: 'APPROVAL_REQUIRED', rule: 'agreed', approvalId: null, satisfiedBy: ['The agreement of 2 people (TechLead or QA).'] })
    const { approvals: [{ id, summary, status }] } = await ask(REQUEST, { projectId: slug, changes, reason: 'Reviewed' })
    expect({ summary, status }).toEqual({ summary: expect.stringMatching(/^m1\.s1\.k1 .*: status todo -> done$/), status: 'PENDING' })
    expect(await setStatus(slug, 'DONE')).toMatchObject({ code: 'APPROVAL_REQUIRED', approvalId: id })
    expect((await ask(REQUEST, { projectId: slug, changes, reason: 'Again' })).approvals).toMatchObject([{ id }])
    const [lead, qa] = [await person('Lea', slug, 'TechLead'), await person('Quin', slug, 'QA')]
    expect(await ask(GRANT, { id }, lead)).toMatchObject({ approval: { status: 'PENDING', decisions: [{ role: 'TechLead', by: { name: 'Lea' } }] } })
    expect(await ask(GRANT, { id }, lead)).toMatchObject({ code: 'CONFLICT' })
    expect(await ask(GRANT, { id }, qa)).toMatchObject({ approval: { status: 'GRANTED' } })
    expect(await setStatus(slug, 'DONE')).toMatchObject({ __typename: 'SetStatusPayload' })
    await setStatus(slug, 'TODO')
    expect(await setStatus(slug, 'DONE')).toMatchObject({ code: 'APPROVAL_REQUIRED', approvalId: null })
  })

  test('lets nobody agree to what they asked for, nor in a role that it does not name', async () => {
    const slug = await governed(AGREED.replace('[TechLead, QA]', '[QA]'))
    const { approvals: [{ id }] } = await ask(REQUEST, { projectId: slug, changes, reason: 'Reviewed' })
    expect(await ask(GRANT, { id })).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('what they asked for') })
    expect(await ask(GRANT, { id }, await person('Lea', slug, 'TechLead'))).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('QA') })
  })

  test('is not satisfied by an approval of the item as it was before somebody edited it', async () => {
    const slug = await governed(AGREED.replace('count: 2', 'count: 1'))
    const { approvals: [{ id }] } = await ask(REQUEST, { projectId: slug, changes, reason: 'Reviewed' })
    await ask(GRANT, { id }, await person('Quin', slug, 'QA'))
    await ask('mutation ($projectId: ID!) { answer: updateMicrostep(input: { projectId: $projectId, id: "m1.s1.k1", title: "Another" }) { __typename ... on Error { message } } }', { projectId: slug })
    expect(await setStatus(slug, 'DONE')).toMatchObject({ code: 'APPROVAL_REQUIRED', approvalId: null })
  })
})

describe('a push', () => {
  const PUSH = 'mutation ($input: PushWritesInput!) { answer: pushWrites(input: $input) { __typename ... on Error { code message } ... on PushWritesPayload { sequence results { number outcome code message rule line } } } }'
  const write = (number: number, id: string, status: string) => ({ number, changes: [{ op: 'update', id, set: { status } }], base: [{ op: 'update', id, set: { status: null } }] })

  test('has those writes refused that a rule refuses, and the others written; a replay is answered alike', async () => {
    const slug = await governed(NO_DONE)
    const input = { projectId: slug, replicaId: crypto.randomUUID(), baseSequence: 3, writes: [write(1, 'm1.s1.k1', 'in_progress'), write(2, 'm1.s1.k2', 'done'), write(3, 'm2.s1.k1', 'in_review')] }
    const pushed = await ask(PUSH, { input })
    expect(pushed['results']).toEqual([
      { number: 1, outcome: 'APPLIED', code: null, message: null, rule: null, line: null },
      { number: 2, outcome: 'REFUSED', code: 'POLICY_REFUSED', message: 'Nothing is done here.', rule: 'no-done', line: 3 },
      { number: 3, outcome: 'APPLIED', code: null, message: null, rule: null, line: null },
    ])
    expect((await ask(PUSH, { input }))['results']).toEqual(pushed['results'])
    expect((await ask('query ($id: ID!) { answer: plan(projectId: $id) { document } }', { id: slug }))['document'].milestones[0].steps[0].microsteps.map(({ status = 'todo' }) => status)).toEqual(['in_progress', 'todo'])
  })

  test('is written whole by an override', async () => {
    const slug = await governed(NO_DONE)
    const input = { projectId: slug, replicaId: crypto.randomUUID(), baseSequence: 3, writes: [write(1, 'm1.s1.k2', 'done')] }
    expect((await ask(PUSH, { input }, overriding(['no-done'])))['results']).toMatchObject([{ outcome: 'APPLIED' }])
    expect((await eventsOf(slug)).at(-1)?.kind).toBe('policy.overridden')
  })
})

describe('the gate of a phase', () => {
  const GATE = 'phases:\n  - phase: Phase 1\n  - phase: Phase 2\n    require: { criteria: met, approvals: { roles: [QA] } }\n'

  test('holds the first microstep of a milestone of the phase back until criteria are met and people agreed', async () => {
    const slug = await governed(GATE)
    await ask('mutation ($projectId: ID!, $changes: PlanChanges!) { answer: applyPlanChanges(input: { projectId: $projectId, changes: $changes }) { __typename ... on Error { message } } }', {
      projectId: slug, changes: [{ op: 'update', id: 'm1', set: { phase: 'Phase 1' } }, { op: 'update', id: 'm2', set: { phase: 'Phase 2' } }],
    })
    expect(await setStatus(slug, 'IN_PROGRESS', undefined, 'm1.s1.k1')).toMatchObject({ __typename: 'SetStatusPayload' })
    const refused = await setStatus(slug, 'IN_PROGRESS', undefined, 'm2.s1.k1')
    expect(refused).toMatchObject({ code: 'POLICY_REFUSED', rule: 'phase:Phase 2', line: 4, satisfiedBy: [expect.stringContaining('criteria')] })
    expect(await setStatus(slug, 'IN_PROGRESS', overriding(['phase:Phase 2']), 'm2.s1.k1')).toMatchObject({ __typename: 'SetStatusPayload' })
    expect(await setStatus(slug, 'IN_PROGRESS', undefined, 'm2.s1.k2')).toMatchObject({ __typename: 'SetStatusPayload' })
  })
})

test('comments, webhooks, roles and the policy itself answer to the rules', async () => {
  const slug = await governed('rules:\n  - { id: frozen, when: ["comment.*", "webhook.*", member.projectRole, policy.change, "project.*", plan.import], effect: block, message: Frozen. }\n')
  const frozen = { code: 'POLICY_REFUSED', rule: 'frozen' }
  const fail = '{ __typename ... on Error { code message } ... on PolicyError { rule } }'
  const { userId } = await addPerson(workspace, { name: 'Role' })
  for (const mutation of [
    `addComment(input: { projectId: "${slug}", itemId: "m1", body: "Hi" })`, `createWebhook(input: { projectId: "${slug}", url: "https://hooks.example.com" })`, `updateProject(input: { projectId: "${slug}", name: "New" })`,
    `archiveProject(input: { projectId: "${slug}" })`, `setProjectRole(input: { projectId: "${slug}", userId: "${userId}", role: QA })`, `applyPolicy(input: { projectId: "${slug}", text: "version: 1\\nrules: []\\n", reason: "Thaw" })`,
    `importPlan(input: { projectId: "${slug}", replace: true, document: { version: 1, project: { name: "P" }, milestones: [] } })`,
  ]) expect(await ask(`mutation { answer: ${mutation} ${fail} }`, {}), mutation).toMatchObject(frozen)
  expect(await ask(`mutation { answer: applyPolicy(input: { projectId: "${slug}", text: "version: 1\\nrules: []\\n", reason: "Thaw" }) ${fail} }`, {}, overriding(['frozen']))).toMatchObject({ __typename: 'ApplyPolicyPayload' })
})

test('an explanation says what would refuse and shows the value of each part; a dry run says what would have been stopped', async () => {
  const slug = await governed(NO_DONE)
  await setStatus(slug, 'DONE', overriding(['no-done']))
  const explained = await ask('query ($id: ID!, $changes: PlanChanges) { answer: explainPolicy(projectId: $id, changes: $changes) { version allowed refusals { rule line } changes { itemKey rules { rule applies message parts { text value } } } } }', {
    id: slug, changes: [{ op: 'update', id: 'm1.s1.k2', set: { status: 'done' } }],
  })
  expect(explained).toMatchObject({ version: 1, allowed: false, refusals: [{ rule: 'no-done', line: 3 }], changes: [{ itemKey: 'm1.s1.k2', rules: [{ rule: 'no-done', applies: true, message: 'Nothing is done here.' }] }] })
  expect(explained['changes'][0].rules[0].parts).toContainEqual({ text: 'item.status', value: 'done' })
  const simulated = await ask('query ($id: ID!) { answer: simulatePolicy(projectId: $id) { events stopped rules { rule hits samples { itemKey message } } } }', { id: slug })
  expect(simulated).toMatchObject({ stopped: 1, rules: [{ rule: 'no-done', hits: 1, samples: [{ itemKey: 'm1.s1.k1', message: 'Nothing is done here.' }] }] })
  expect(simulated['events']).toBeGreaterThan(3)
})

test('whoever may agree is told of a request, and whoever asked of the answer; what nobody decides expires', async () => {
  const slug = await governed('rules:\n  - { id: agreed, when: [plan.status.set], effect: require_approval, approvals: { roles: [QA], expires_hours: 1 }, message: Agree. }\n')
  const qa = await person('Quin', slug, 'QA')
  const dispatcher = createDispatcher({ db: workspace.services.db, clock: workspace.services.clock, channel: createEventChannel(), consumers: [notify], onError: (error) => { throw error } })
  await dispatcher.run()
  const request = (id: string) => ask(REQUEST, { projectId: slug, changes: [{ op: 'update', id, set: { status: 'done' } }], reason: 'Reviewed' })
  const [first, second] = [(await request('m1.s1.k1')).approvals[0].id, (await request('m1.s1.k2')).approvals[0].id]
  await ask(GRANT, { id: first }, qa)
  const { db } = workspace.services
  await workspace.pool.query(`UPDATE approvals SET expires_at = now() - interval '1 minute' WHERE id = $1`, [decodeNodeId(second)?.uuid])
  expect(await ask('query ($id: ID!) { answer: approval(approvalId: $id) { status } }', { id: second })).toEqual({ status: 'EXPIRED' })
  expect(await expireApprovals(db, new Date())).toHaveLength(1)
  expect(await expireApprovals(db, new Date())).toEqual([])
  await dispatcher.run()
  const told = async (userId: string | undefined) => (await workspace.pool.query('SELECT n.kind, n.item_key FROM notifications n JOIN projects p ON p.id = n.project_id WHERE n.user_id = $1 AND p.slug = $2 ORDER BY n.sequence', [userId, slug])).rows
  expect(await told(qa.actor?.userId)).toEqual([{ kind: 'approval.requested', item_key: 'm1.s1.k1' }, { kind: 'approval.requested', item_key: 'm1.s1.k2' }])
  expect(await told(workspace.actor.userId)).toEqual([{ kind: 'approval.granted', item_key: 'm1.s1.k1' }, { kind: 'approval.expired', item_key: 'm1.s1.k2' }])
})
