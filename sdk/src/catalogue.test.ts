/** Every operation of the catalogue against the real server, once: what is generated is what the server takes and answers. */
import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { groups } from './_generated/operations/index.ts'
import { timelineSvg } from './domain/flow/index.ts'
import { criterionDigest } from './domain/quality/index.ts'
import type { BuildRunnerError, PlanChange } from './index.ts'
import { ApprovalRequiredError, BuildRunnerSDK, ConflictError, IdempotencyConflictError, NotFoundError, PolicyError, UnauthenticatedError, ValidationError } from './index.ts'
import { PLAN, startServer } from '../test/server.ts'
import { walkAccount } from '../test/account.ts'

const { apiUrl, apiKey, projectId, mails, stranger, operator, member } = await startServer()
const client = new BuildRunnerSDK({ apiKey, projectId, baseUrl: apiUrl, maxRetries: 0 })

const called = new Set<string>()
/** A client, noting which methods are called. */
const watch = (unwatched: BuildRunnerSDK): BuildRunnerSDK =>
  new Proxy(unwatched, {
    get: (target, group) =>
      new Proxy(Reflect.get(target, group, target) as object, {
        get(methods, method) {
          called.add(`${String(group)}.${String(method)}`)
          return Reflect.get(methods, method) as unknown
        },
      }),
  })
const watched = watch(client)
const { viewer, health, projects, planning, organisations, members, teams, comments, analytics, keys, notifications, qa, templates, webhooks, governance, audit, execution, sync, events, presence } = watched

afterAll(() => {
  const all = Object.entries(groups).flatMap(([group, methods]) => Object.keys(methods).map((method) => `${group}.${method}`))
  expect([...called].sort()).toEqual(all.sort())
})

test('viewer and health', async () => {
  expect(await viewer.get().orThrow()).toMatchObject({ name: 'Ada', organisation: { slug: 'acme' } })
  expect(await new BuildRunnerSDK({ baseUrl: apiUrl }).health.check().orThrow()).toMatchObject({ version: '0.0.0' })
  await health.check().orThrow()
  const { data, rateLimit } = await viewer.rateLimit()
  expect(rateLimit).toEqual({ limit: data!.limit, remaining: data!.remaining, resetAt: new Date(data!.resetAt) })
})

test('projects', async () => {
  const made = await projects.create({ name: 'Shop', slug: 'shop' }).orThrow()
  expect(made.project).toMatchObject({ slug: 'shop', counts: { microsteps: 0 } })
  expect((await projects.update({ projectId: 'shop', name: 'The shop' }).orThrow()).project.name).toBe('The shop')
  expect((await projects.list({ search: 'shop' }).toArray()).map(({ name }) => name)).toEqual(['The shop'])
  expect((await projects.archive({ projectId: made.project.id }).orThrow()).project.archivedAt).not.toBeNull()
  expect((await projects.get({ projectId: 'shop' }).orThrow()).id).toBe(made.project.id)
})

test('reading a plan', async () => {
  const plan = await planning.getPlan().orThrow()
  expect(plan.phases[0]?.steps[0]?.microsteps.map(({ key, status }) => [key, status])).toEqual([['T-1', 'DONE'], ['T-12', 'TODO']])
  expect(await planning.getDocument().orThrow()).toMatchObject({ document: PLAN })
  expect((await planning.getDocument({ atSequence: 0 }).orThrow()).document.milestones).toEqual([])
  expect((await planning.listMilestones({ first: 1 }).toArray()).map(({ key }) => key)).toEqual(['M-1', 'M-2'])
  expect((await planning.listSteps().toArray()).map(({ key }) => key)).toEqual(['S-1'])
  expect((await planning.listMicrosteps({ status: ['TODO'] }).toArray()).map(({ key }) => key)).toEqual(['T-12'])
  expect(await planning.getItem({ id: 'S-1' }).orThrow()).toMatchObject({ __typename: 'Step', microsteps: [{ key: 'T-1' }, { key: 'T-12' }] })
})

test('analysing a plan', async () => {
  expect((await planning.getAnalysis().orThrow()).ready).toEqual(['T-12'])
  const { before, after, delayHours } = await planning.whatIf({ changes: [{ op: 'update', id: 'T-12', set: { estimate: 16 } }] }).orThrow()
  expect([before.expectedHours, after.expectedHours, delayHours]).toEqual([4, 16, 12])
})

test('flow and time', async () => {
  expect((await analytics.getFlow({ from: '2026-01-05' }).orThrow()).throughput[0]).toMatchObject({ week: '2026-01-05', finished: 0 })
  expect(await analytics.getForecast({ seed: 7 }).orThrow()).toMatchObject({ reason: 'TOO_LITTLE_HISTORY', remaining: 1 })
  const timeline = await analytics.getTimeline().orThrow()
  expect(timeline.rows.map(({ key }) => key)).toContain('T-12')
  expect(timelineSvg(timeline)).toContain('T-12')
  expect((await analytics.getGraph({ all: true }).orThrow()).nodes.map(({ key }) => key)).toContain('T-12')
  expect(await analytics.listStatusHistory({ item: 'T-12' }).toArray()).toEqual([])
  expect((await analytics.export({ report: 'TIMELINE' }).orThrow()).content).toContain('T-12')
})

describe('writing a plan:', () => {
  test('milestones', async () => {
    await planning.addMilestone({ key: 'M-3', title: 'Launch', dueDate: '2027-01-31' }).orThrow()
    expect((await planning.updateMilestone({ id: 'M-3', phase: 'late' }).orThrow()).milestone).toMatchObject({ phase: 'late', dueDate: '2027-01-31' })
    await planning.moveMilestone({ id: 'M-3', after: null }).orThrow()
    expect((await planning.getPlan().orThrow()).phases[0]?.key).toBe('M-3')
    expect(await planning.deleteMilestone({ id: 'M-3' }).orThrow()).toMatchObject({ key: 'M-3', removed: 1 })
  })

  test('steps', async () => {
    await planning.addStep({ key: 'S-2', parent: 'M-2', title: 'Sign-in' }).orThrow()
    expect((await planning.updateStep({ id: 'S-2', labels: ['auth'] }).orThrow()).step.labels).toEqual(['auth'])
    expect((await planning.moveStep({ id: 'S-2', parent: 'M-1' }).orThrow()).step.milestoneKey).toBe('M-1')
    expect(await planning.deleteStep({ id: 'S-2' }).orThrow()).toMatchObject({ removed: 1 })
  })

  test('microsteps', async () => {
    const { microstep } = await planning.addMicrostep({ key: 'T-13', parent: 'S-1', title: 'Proof-read', estimate: { hours: 2 } }).orThrow()
    expect(microstep).toMatchObject({ stepKey: 'S-1', estimate: { expected: 2 } })
    await planning.updateMicrostep({ id: 'T-13', estimate: null, assignee: 'ada' }).orThrow()
    expect((await planning.moveMicrostep({ id: 'T-13', after: null }).orThrow()).microstep).toMatchObject({ estimate: null, assignee: 'ada' })
    expect((await planning.setStatus({ id: 'T-13', status: 'IN_REVIEW' }).orThrow()).microstep.status).toBe('IN_REVIEW')
    expect(await planning.deleteMicrostep({ id: 'T-13' }).orThrow()).toMatchObject({ removed: 1 })
  })

  test('batches, imports and syncs', async () => {
    const { sequence } = await planning.applyChanges({ changes: [{ op: 'update', id: 'T-12', set: { title: 'Write' } }] }).orThrow()
    const changes = [{ op: 'update' as const, id: 'T-12', set: { notes: 'soon' } }]
    expect(await execution.sync({ baseSequence: sequence, changes }).orThrow()).toMatchObject({ applied: 1, conflicts: [], summary: { pushed: 1, pulled: 0 } })
    expect((await planning.importPlan({ document: PLAN, replace: true }).orThrow()).counts).toEqual({ milestones: 2, steps: 1, microsteps: 2 })
  })

  test('every write is an event, and can be watched', async () => {
    const log = await events.list({ since: 0, first: 2 }).toArray()
    expect(log.map(({ sequence }) => sequence)).toEqual(log.map((_, index) => index + 1))
    for await (const { event } of events.watch({ since: 1 })) {
      expect(event).toEqual(log[1])
      break
    }
    expect(log.at(-1)).toMatchObject({ kind: 'plan.changed', origin: expect.stringMatching(/^sdk\//) as string })
  })
})

test('audit', async () => {
  await expect.poll(async () => (await audit.checkpoint().orThrow())?.size ?? 0).toBeGreaterThan(1)
  const { size, keyName } = (await audit.checkpoint().orThrow())!
  const { records, cut } = await audit.log({ since: 0 }).orThrow()
  expect([records[0]?.sequence, records.length >= size, cut]).toEqual([1, true, []])
  expect(await audit.inclusionProof({ recordId: records[0]!.id, size }).orThrow()).toMatchObject({ leafIndex: 0, size })
  expect((await audit.consistencyProof({ from: 1, to: size }).orThrow()).hashes.length).toBeGreaterThan(0)
  expect((await audit.keys().orThrow()).map(({ name }) => name)).toEqual([keyName])
  expect((await audit.list({ action: 'organisation.create' }).toArray()).map(({ action }) => action)).toEqual(['organisation.create'])
  const { id: userId } = await viewer.get().orThrow()
  expect((await audit.erase({ userId }).orThrow()).records).toBeGreaterThan(0)
})

test('comments', async () => {
  const { comment } = await comments.add({ itemId: 'T-12', body: 'Great work @johndoe! @role:QA please review.' }).orThrow()
  expect(comment).toMatchObject({ itemKey: 'T-12', author: { name: 'Ada' }, mentions: [{ kind: 'USER', name: 'johndoe' }, { kind: 'ROLE', name: 'QA' }] })
  const { comment: reply } = await comments.reply({ commentId: comment.id, body: 'Done.' }).orThrow()
  expect((await comments.edit({ commentId: reply.id, body: 'Done in #42.' }).orThrow()).comment.editedAt).not.toBeNull()
  expect((await comments.replies({ commentId: comment.id }).toArray()).map(({ body, parentId }) => [body, parentId])).toEqual([['Done in #42.', comment.id]])
  expect((await comments.resolve({ commentId: reply.id }).orThrow()).comment).toMatchObject({ id: comment.id, resolvedBy: { name: 'Ada' }, replyCount: 1 })
  expect((await comments.list({ itemId: 'T-12', resolved: true }).toArray()).map(({ id }) => id)).toEqual([comment.id])
  expect(await comments.revisions({ commentId: reply.id }).toArray()).toMatchObject([{ body: 'Done.', writtenBy: { name: 'Ada' } }])
  expect(await comments.render({ commentId: comment.id }).orThrow()).toEqual({ bodyHtml: '<p>Great work @johndoe! @role:QA please review.</p>', mentionedPeople: [] })
  expect((await comments.react({ commentId: comment.id, emoji: '🎉' }).orThrow()).comment.reactions).toMatchObject([{ emoji: '🎉', count: 1, mine: true, people: [{ name: 'Ada' }] }])
  expect((await comments.unreact({ commentId: comment.id, emoji: '🎉' }).orThrow()).comment.reactions).toEqual([])
  const { attachments } = (await comments.attach({ commentId: comment.id, kind: 'PULL_REQUEST', url: 'https://git.example.com/web/pull/42', title: '#42' }).orThrow()).comment
  expect((await comments.detach({ commentId: comment.id, attachmentId: attachments[0]!.id }).orThrow()).comment.attachments).toEqual([])
  expect([await comments.markRead({ commentId: reply.id }).orThrow(), await comments.markAllRead().orThrow(), await comments.unread().orThrow()]).toMatchObject(Array(3).fill({ unreadComments: 0 }))
  expect(await comments.suggestMentions({ prefix: 'ad' }).orThrow()).toEqual([{ kind: 'USER', name: 'Ada', label: 'Ada', people: 1 }])
  const { microstep } = await comments.promote({ commentId: comment.id, stepId: 'S-1', title: 'Handle errors', criteria: ['Errors are shown.'] }).orThrow()
  expect(microstep).toMatchObject({ stepKey: 'S-1', acceptanceCriteria: [{ text: 'Errors are shown.' }], extra: { 'x-promotedFrom': comment.id } })
  await planning.deleteMicrostep({ id: microstep!.id }).orThrow()
  expect((await comments.delete({ commentId: reply.id }).orThrow()).comment.body).toBeNull()
  expect(await comments.get({ commentId: reply.id }).orThrow()).toMatchObject({ threadId: comment.id, body: null })
})

test('presence', async () => {
  const states = presence.watch()[Symbol.asyncIterator]()
  expect((await states.next()).value).toEqual({ people: [], degraded: false })
  const updated = await presence.update({ deviceId: 'laptop', itemId: 'T-12', typing: true, cursor: { field: 'title', offset: 3 } }).orThrow()
  expect(updated).toMatchObject({ joined: true, heartbeatSeconds: 15, presence: { people: [{ person: { name: 'Ada' }, status: 'ACTIVE', itemKey: 'T-12', typing: true, cursor: { field: 'title', offset: 3 }, devices: 1 }] } })
  expect((await states.next()).value).toEqual(updated.presence)
  expect(await presence.get().orThrow()).toEqual(updated.presence)
  expect((await presence.leave({ deviceId: 'laptop' }).orThrow()).presence.people).toEqual([])
  await states.return?.()
})

test('notifications', async () => {
  const { interest } = await notifications.watch({ itemId: 'T-12' }).orThrow()
  expect([interest.itemKey, interest.level]).toEqual(['T-12', 'WATCHING'])
  expect((await notifications.mute({}).orThrow()).interest).toMatchObject({ itemKey: null, threadId: null, level: 'MUTED' })
  expect((await notifications.interests().orThrow()).map(({ level }) => level)).toEqual(['MUTED', 'WATCHING'])
  expect((await notifications.reset({}).orThrow()).interest.level).toBeNull()
  expect(await notifications.settings().orThrow()).toEqual({ language: null, low: 'OFF', normal: 'DIGEST_DAILY', high: 'IMMEDIATE', urgent: 'IMMEDIATE' })
  expect((await notifications.updateSettings({ low: 'DIGEST_HOURLY' }).orThrow()).settings).toMatchObject({ low: 'DIGEST_HOURLY', normal: 'DIGEST_DAILY' })
  expect(await notifications.list({ unread: true }).toArray()).toEqual([])
  expect((await notifications.markRead({ all: true }).orThrow()).unreadCount).toBe(0)
  for await (const { sequence, notification } of notifications.follow({ since: 0 })) if (sequence === 5) {
    expect(notification).toBeNull()
    break
  }
})

test('sync', async () => {
  const base = [{ op: 'update' as const, id: 'T-12', set: { notes: null } }]
  const { sequence } = await sync.pull({ since: 0 }).orThrow()
  const push = async (notes: string) => sync.push({ replicaId: randomUUID(), baseSequence: sequence, writes: [{ number: 1, changes: [{ op: 'update', id: 'T-12', set: { notes } }], base }] }).orThrow()
  expect((await push('theirs')).results).toMatchObject([{ outcome: 'APPLIED' }])
  const [conflict] = (await push('mine')).results[0]!.conflicts
  expect(conflict).toMatchObject({ kind: 'field', itemKey: 'T-12', field: 'notes', base: null, local: 'mine', remote: 'theirs', by: { name: 'Ada' } })
  const conflictId = conflict!.id
  expect((await sync.pull({ since: sequence }).orThrow()).changes).toEqual([{ op: 'update', id: 'T-12', set: { notes: 'theirs' } }])
  expect((await sync.listConflicts({ open: true }).toArray()).map(({ id }) => id)).toContain(conflictId)
  for await (const { queue } of sync.watchQueue()) {
    expect(queue).toEqual(await sync.getQueue().orThrow())
    break
  }
  expect((await sync.resolveConflict({ conflictId, strategy: 'TAKE_REMOTE' }).orThrow()).conflict).toMatchObject({ strategy: 'TAKE_REMOTE', resolvedBy: { name: 'Ada' } })
  expect((await sync.getConflict({ conflictId }).orThrow())?.resolvedAt).not.toBeNull()
  expect((await sync.listEvents({ outcome: 'CONFLICT' }).toArray()).map(({ number, changes }) => [number, changes])).toEqual([[1, [{ op: 'update', id: 'T-12', set: { notes: 'mine' } }]]])
  await planning.applyChanges({ changes: base }).orThrow()
})

test('quality', async () => {
  const [builds, looks] = [{ id: 'C-1', text: 'It builds.', check: { kind: 'command' as const, run: 'npm run build' } }, { id: 'C-2', text: 'It looks right.' }]
  await planning.applyChanges({ changes: [{ op: 'update', id: 'T-12', set: { acceptanceCriteria: [builds, looks] } }] }).orThrow()
  const at = '2026-11-20T09:00:00Z'
  const result = { item: 'T-12', criterion: 'C-1', criterionDigest: criterionDigest(builds), checkKind: 'COMMAND', outcome: 'PASSED', durationMs: 7, attempts: 2, passedAttempts: 1, output: 'ok' } as const
  const { run, recorded, notes } = await qa.recordRun({ run: { id: randomUUID(), source: 'LOCAL', startedAt: at, finishedAt: at }, results: [result] }).orThrow()
  expect([recorded, notes, run.passed]).toEqual([1, [], 1])
  expect(await qa.getRun({ runId: run.id }).orThrow()).toEqual(run)
  expect((await qa.listRuns().toArray()).map(({ id }) => id)).toEqual([run.id])
  const { evidence } = await qa.recordManual({ itemId: 'T-12', criterion: 'C-2', met: false, note: 'Too dark.' }).orThrow()
  expect((await qa.listEvidence({ itemId: 'T-12' }).toArray()).map(({ criterion, outcome, message }) => [criterion, outcome, message])).toEqual([['C-2', 'FAILED', 'Too dark.'], ['C-1', 'PASSED', null]])
  expect(await qa.getEvidence({ evidenceId: evidence.id }).orThrow()).toMatchObject({ output: null, run: null })
  expect((await qa.getItemQuality({ itemId: 'T-12' }).orThrow()).criteria.map(({ state, evidenceId }) => [state, evidenceId === evidence.id])).toEqual([['MET', false], ['FAILED', true]])
  expect(await qa.getSummary().orThrow()).toMatchObject({ passRate: { value: 0.5 }, met: { count: 1, of: 2 }, doneWithoutEvidence: 1 })
  expect((await qa.listFlaky().toArray()).map(({ criterion, rate }) => [criterion, rate.value])).toEqual([['C-1', 1]])
  const { preview } = await qa.recordPreview({ itemId: 'M-1', url: 'https://preview.example.com' }).orThrow()
  expect((await qa.listPreviews().toArray()).map(({ id }) => id)).toEqual([preview.id])
})

test('templates', async () => {
  const document = { format: 1, name: 'spike', version: '1.0.0', kind: 'template', title: 'Spike', description: 'A question.', plan: { milestones: [{ id: 'answer', title: 'Answered' }] } }
  const { template } = await templates.publish({ document }).orThrow()
  expect(template).toMatchObject({ name: 'spike', kind: 'TEMPLATE', builtIn: false })
  expect((await templates.list({ name: 'spike' }).toArray()).map(({ digest }) => digest)).toEqual([template.digest])
  expect((await templates.get({ template: 'spike@^1.0.0' }).orThrow()).document).toEqual(document)
  expect((await templates.builtIn().orThrow()).map(({ name }) => name)).toContain('observability')
  expect((await templates.instantiate({ templates: ['spike', 'ci'], values: { provider: 'other' } }).orThrow()).used.map(({ name }) => name)).toEqual(['spike', 'ci'])
  expect((await templates.deprecate({ name: 'spike', version: '1.0.0', reason: 'Old.' }).orThrow()).template.deprecatedReason).toBe('Old.')
})

test('governance', async () => {
  const text = `version: 1
rules:
  - { id: no-cancel, when: [plan.status.set], condition: item.status == 'cancelled', effect: block, message: Nothing is given up. }
  - { id: agreed, when: [plan.milestone.update], effect: require_approval, approvals: { roles: [QA] }, message: QA agrees. }
  - { id: careful, when: [plan.status.set], effect: warn, message: Say why. }
`
  expect((await governance.validate({ text }).orThrow()).valid).toBe(true)
  expect((await governance.apply({ text, reason: 'We begin' }).orThrow()).version).toMatchObject({ version: 1, author: { name: 'Ada' } })
  expect(await governance.getPolicy().orThrow()).toMatchObject({ text, version: { current: true } })
  expect((await governance.listVersions().toArray()).map(({ version }) => version)).toEqual([1])
  expect((await governance.diffVersions({ from: 0, to: 1 }).orThrow()).changes.map(({ rule }) => rule)).toEqual(['no-cancel', 'agreed', 'careful'])
  const { error } = await planning.setStatus({ id: 'T-12', status: 'CANCELLED' })
  expect(error).toBeInstanceOf(PolicyError)
  expect(error).toMatchObject({ rule: 'no-cancel', line: 3 })
  const passed = await planning.setStatus({ id: 'T-12', status: 'CANCELLED' }, { override: { rules: ['no-cancel'], reason: 'Ticket 4711' } })
  expect(passed).toMatchObject({ error: undefined, warnings: [{ rule: 'careful', line: 5, message: 'Say why.' }] })
  const changes: PlanChange[] = [{ op: 'update', id: 'M-1', set: { title: 'Alpha 2' } }]
  expect(await governance.explain({ changes }).orThrow()).toMatchObject({ allowed: false, refusals: [{ rule: 'agreed', needsApproval: true }] })
  const { approvals: [approval] } = await governance.requestApproval({ changes, reason: 'Reviewed' }).orThrow()
  const waiting = (await planning.applyChanges({ changes })).error
  expect(waiting).toBeInstanceOf(ApprovalRequiredError)
  expect(waiting).toMatchObject({ approvalId: approval?.id })
  const approvalId = approval?.id as string
  expect(await governance.getApproval({ approvalId }).orThrow()).toEqual(approval)
  expect((await governance.listApprovals({ status: 'PENDING' }).toArray())).toEqual([approval])
  // nobody decides about what they asked for
  expect([(await governance.approve({ approvalId })).error, (await governance.refuse({ approvalId })).error]).toMatchObject([{ code: 'FORBIDDEN' }, { code: 'FORBIDDEN' }])
  expect((await governance.simulate({ version: 1 }).orThrow()).rules.find(({ rule }) => rule === 'no-cancel')?.hits).toBe(1)
  await planning.setStatus({ id: 'T-12', status: 'TODO' }).orThrow()
  await governance.apply({ text: 'version: 1\nrules: []\n', reason: 'Enough' }).orThrow()
})

test('webhooks', async () => {
  const { webhook, secret } = await webhooks.create({ url: 'https://hooks.example.com/in', kinds: ['comment.*'] }).orThrow()
  expect([secret?.slice(0, 6), webhook.kind, webhook.kinds]).toEqual(['whsec_', 'STANDARD', ['comment.*']])
  const webhookId = webhook.id
  expect(await webhooks.get({ webhookId }).orThrow()).toEqual(webhook)
  expect((await webhooks.list().toArray()).map(({ id }) => id)).toEqual([webhookId])
  expect((await webhooks.update({ webhookId, description: 'CI' }).orThrow()).webhook.description).toBe('CI')
  expect((await webhooks.rotateSecret({ webhookId, graceSeconds: 60 }).orThrow()).webhook.oldSecretUntil).not.toBeNull()
  const { delivery } = await webhooks.test({ webhookId }).orThrow()
  expect((await webhooks.deliveries({ webhookId }).toArray()).map(({ id, kind }) => [id, kind])).toEqual([[delivery.id, 'webhook.tested']])
  expect((await webhooks.replay({ deliveryId: delivery.id }).orThrow()).delivery.id).toBe(delivery.id)
  expect((await webhooks.replayAll({ webhookId, since: '2026-01-01T00:00:00Z' }).orThrow()).count).toBeGreaterThanOrEqual(0)
  expect((await webhooks.delete({ webhookId }).orThrow()).webhookId).toBe(webhookId)
  expect((await webhooks.get({ webhookId })).error).toBeInstanceOf(NotFoundError)
})

test('accounts', () => walkAccount({ as: (apiKey) => watch(new BuildRunnerSDK({ apiKey, baseUrl: apiUrl })).auth, mails }))

test('API keys', async () => {
  const made = await keys.create({ name: 'CI', scopes: ['planner.read'] }).orThrow()
  expect(made.apiKey).toMatchObject({ name: 'CI', scopes: ['planner.read'], projectId: (await projects.get().orThrow()).id, state: 'ACTIVE' })
  const ofCi = new BuildRunnerSDK({ apiKey: made.secret as string, projectId, baseUrl: apiUrl })
  expect((await ofCi.planning.getPlan()).error).toBeUndefined()
  expect((await ofCi.planning.setStatus({ id: 'T-1', status: 'DONE' })).error).toMatchObject({ code: 'FORBIDDEN', permission: 'builder.run' })
  expect((await keys.create({ name: 'All', scopes: ['*'], projectId: null }).orThrow()).apiKey.projectId).toBeNull()
  expect((await keys.get({ keyId: made.apiKey.id }).orThrow()).prefix).toBe((made.secret as string).split('_')[1])
  const rotated = await keys.rotate({ keyId: made.apiKey.id, graceSeconds: 0 }).orThrow()
  expect((await keys.revoke({ keyId: rotated.apiKey.id }).orThrow()).apiKey.state).toBe('REVOKED')
  expect((await keys.list({ active: false }).toArray()).map(({ id }) => id)).toEqual([rotated.apiKey.id, made.apiKey.id])
})

test('the organisation, its members, invitations and teams', async () => {
  expect(await organisations.get().orThrow()).toMatchObject({ slug: 'acme', tier: 'ENTERPRISE', limits: { members: { used: 1, max: null } }, viewerCan: { membersWrite: true } })
  expect((await organisations.update({ defaultRole: 'VIEWER', auditRetentionDays: 365 }).orThrow()).organisation.auditRetentionDays).toBe(365)
  expect((await organisations.leave()).error).toBeInstanceOf(PolicyError)
  const { invitation } = await members.invite({ email: 'linus@example.com', projectRoles: [{ projectId, role: 'CONTRIBUTOR' }] }).orThrow()
  await members.resendInvitation({ invitationId: invitation.id }).orThrow()
  await members.revokeInvitation({ invitationId: invitation.id }).orThrow()
  expect((await members.invitations({ open: false }).toArray()).map(({ state }) => state)).toEqual(['REVOKED'])
  const guest = new BuildRunnerSDK({ apiKey: await stranger(), baseUrl: apiUrl })
  await members.invite({ email: 'eve-1@example.com' }).orThrow()
  const token = /bi_[\w-]{43}/.exec(mails.at(-1)?.text ?? '')?.[0] ?? ''
  expect(await guest.members.acceptInvitation({ token }).orThrow()).toMatchObject({ organisation: 'Acme', role: 'MEMBER' })
  expect((await members.acceptInvitation({ token })).error).toBeInstanceOf(ValidationError)
  const userId = 'eve-1@example.com'
  expect((await members.setProjectRole({ userId, role: 'QA' }).orThrow()).member).toMatchObject({ role: 'QA', source: 'PROJECT' })
  expect((await members.listInProject({ role: 'QA' }).toArray()).map(({ name }) => name)).toEqual(['Eve'])
  await members.removeProjectRole({ userId }).orThrow()
  const { team } = await teams.create({ name: 'Back end', slug: 'backend' }).orThrow()
  expect((await teams.addMember({ teamId: 'backend', userId }).orThrow()).team.memberCount).toBe(1)
  expect((await members.list({ teamId: team.id }).toArray()).map(({ name, takesSeat }) => [name, takesSeat])).toEqual([['Eve', false]])
  await teams.removeMember({ teamId: 'backend', userId }).orThrow()
  expect((await teams.update({ teamId: 'backend', name: 'Server' }).orThrow()).team.name).toBe('Server')
  expect((await teams.list().toArray()).map(({ slug }) => slug)).toEqual(['backend'])
  await teams.delete({ teamId: 'backend' }).orThrow()
  expect((await members.setRole({ userId, role: 'TENANT_ADMIN' }).orThrow()).member.takesSeat).toBe(true)
  expect((await members.remove({ userId }).orThrow()).userId).toMatch(/^usr_/)
})

test('administration', async () => {
  await member('max@example.com')
  const [{ admin: own }, { admin }] = [watched, new BuildRunnerSDK({ apiKey: await operator(), baseUrl: apiUrl })]
  const started = await own.startImpersonation({ userId: 'max@example.com', reason: 'Support ticket debugging' }).orThrow()
  const max = new BuildRunnerSDK({ apiKey: started.token as string, baseUrl: apiUrl })
  expect(await max.viewer.get().orThrow()).toMatchObject({ name: 'Max', impersonation: { impersonator: { name: 'Ada' } } })
  expect((await own.listImpersonations({ running: true }).toArray()).map(({ id }) => id)).toEqual([started.impersonation.id])
  expect((await own.endImpersonation({ impersonationId: started.impersonation.id }).orThrow()).impersonation.endedAt).toEqual(expect.any(String))
  expect((await own.listTenants()).error).toMatchObject({ code: 'FORBIDDEN', permission: 'tenants.read' })
  expect((await own.updateTenant({ organisationId: 'acme', extraSeats: 5 })).error).toMatchObject({ code: 'FORBIDDEN' })
  expect((await own.setPlatformRole({ userId: 'max@example.com', role: null })).error).toMatchObject({ code: 'FORBIDDEN' })
  expect((await own.listPlatformPeople()).error).toMatchObject({ code: 'FORBIDDEN' })
  expect((await admin.listTenants({ search: 'acme' }).toArray())[0]).toMatchObject({ slug: 'acme', tier: 'ENTERPRISE' })
  expect((await admin.updateTenant({ organisationId: 'acme', extraSeats: 5 }).orThrow()).tenant.extraSeats).toBe(5)
  expect((await admin.setPlatformRole({ userId: 'max@example.com', role: 'SUPPORT_AGENT' }).orThrow()).person.role).toBe('SUPPORT_AGENT')
  expect((await admin.listPlatformPeople().toArray()).map(({ role }) => role)).toEqual(['SUPPORT_AGENT', 'GLOBAL_ADMIN'])
})

describe("the server's errors arrive in their classes:", () => {
  test.each<[string, typeof BuildRunnerError, () => PromiseLike<{ error: BuildRunnerError | undefined }>]>([
    ['no key', UnauthenticatedError, () => new BuildRunnerSDK({ baseUrl: apiUrl }).viewer.get()],
    ['a wrong key', UnauthenticatedError, () => new BuildRunnerSDK({ baseUrl: apiUrl, apiKey: 'br_aaaaaaaa_bbbb' }).viewer.get()],
    ['no such project', NotFoundError, () => client.projects.get({ projectId: 'nowhere' })],
    ['no such item', NotFoundError, () => client.planning.setStatus({ id: 'nothing', status: 'DONE' })],
    ['a plan at another sequence', ConflictError, () => client.planning.applyChanges({ expectedSequence: 0, changes: [{ op: 'remove', id: 'T-1' }] })],
    ['a cycle', ValidationError, () => client.planning.updateMicrostep({ id: 'T-1', dependsOn: ['T-12'] })],
  ])('%s', async (_, type, call) => {
    const { error } = await call()
    expect(error).toBeInstanceOf(type)
    expect(error?.requestId).toBeTruthy()
  })

  test('a key that is used twice for one thing does it once, and for another is refused', async () => {
    const options = { idempotencyKey: 'once' }
    const first = await client.projects.create({ name: 'Blog' }, options).orThrow()
    expect((await client.projects.create({ name: 'Blog' }, options).orThrow()).project.id).toBe(first.project.id)
    expect((await client.projects.create({ name: 'Forum' }, options)).error).toBeInstanceOf(IdempotencyConflictError)
  })
})
