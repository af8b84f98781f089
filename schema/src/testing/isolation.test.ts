/**
 * Nobody sees or changes what is another organisation's, or lies in a project that does not exist for them: every root field with
 * everything that can be selected below it, every node, every argument that takes an id, by walking the schema.
 */
import type { Plan } from '@buildrunner/sdk/plans'
import { beforeAll, describe, expect, test } from 'vitest'
import { subscribe, parse } from 'graphql'
import type { ExecutionResult } from 'graphql'
import type { Actor } from '../context.ts'
import { schema } from '../schema.ts'
import { permissionOf } from '../shared/field-permissions.ts'
import { decodeNodeId, newUuid } from '../shared/ids.ts'
import type { NodeType } from '../shared/ids.ts'
import { PERMISSIONS } from '../shared/permissions.ts'
import { furnishOrganisation } from './furnish.ts'
import { addPerson } from './people.ts'
import { samplePlan } from './plans.ts'
import { digestRows, secretsOf } from './secrets.ts'
import type { Secrets } from './secrets.ts'
import { nodeTypes, operationFor, rootFields } from './walk.ts'
import type { Operation, RootField, Values } from './walk.ts'
import { furnishQuality } from '../qa/testing/furnish.ts'
import { addConflict } from './conflicts.ts'
import { addApproval } from './governance.ts'
import { addNotification } from './notification.ts'
import { createTestWorkspace } from './workspace.ts'
import type { TestWorkspace } from './workspace.ts'

type Kind = 'query' | 'mutation'
type Ids = Readonly<Partial<Record<NodeType, string>>>

let workspace: TestWorkspace
/** Administrates the organisation that keeps the secrets. */
let owner: Actor
/** Administrates another organisation. */
let stranger: Actor
/** Member of the owner's organisation, with a role in another project only. */
let member: Actor
let ids: Ids
let projectId: string
let VALUES: Values

/** Fields that anybody may ask, without a key. */
const PUBLIC = new Set(['health', 'rateLimit', 'signUp', 'signIn', 'completeSignIn', 'requestPasswordReset', 'resendVerification', 'resetPassword', 'verifyEmail'])
/** Reads that show nothing of an organisation's rows: hashes, keys of the server, names to mention, and sessions to who comes with a key. */
const SHOWS_NOTHING = new Set(['health', 'rateLimit', 'builtInTemplates', 'auditConsistencyProof', 'auditInclusionProof', 'auditKeys', 'currentSession', 'mentionSuggestions', 'notificationSettings', 'sessions'])
/** Without changes of its own it only reads, or notes what was read. */
const PULLS = new Set(['syncPlan', 'markCommentsRead'])

/** Its keys are found in no other plan. */
const SECRET_PLAN = JSON.parse(JSON.stringify(samplePlan(1, 1, 2)).replaceAll('"m1', '"hush')) as Plan

/** Something of every kind in the owner's organisation, all of it about one project. */
async function furnish(): Promise<Ids> {
  // a template is the organisation's and no project's
  const shared = { format: 1, name: 'shared', version: '1.0.0', kind: 'pack', title: 'Of acme', description: 'Of acme.', plan: { milestones: [{ id: 'shared', title: 'Of acme' }] } }
  await workspace.run('mutation ($document: JSON!) { publishTemplate(input: { document: $document }) { __typename } }', { document: shared })
  await workspace.project('secret', SECRET_PLAN)
  await workspace.project('open', samplePlan(1, 1, 1))
  const { data } = await workspace.run<any>('{ plan(projectId: "secret") { projectId milestones { id steps { id microsteps { id } } } } }')
  const [milestone] = data.plan.milestones
  const comment = await workspace.run<any>('mutation { addComment(input: { projectId: "secret", itemId: "hush", body: "Top secret.", attachments: [{ kind: LINK, url: "https://hush.example" }] }) { ... on AddCommentPayload { comment { id attachments { id } } } } }')
  await workspace.run('mutation { updatePresence(input: { projectId: "secret", deviceId: "laptop", itemId: "hush" }) { __typename } }')
  const made = await workspace.run<any>('mutation { createWebhook(input: { projectId: "secret", url: "https://hush.example" }) { ... on CreateWebhookPayload { webhook { id } } } }')
  const webhookId = made.data.createWebhook.webhook.id as string
  const tested = await workspace.run<any>('mutation ($id: ID!) { sendTestWebhook(input: { webhookId: $id }) { ... on SendTestWebhookPayload { delivery { id } } } }', { id: webhookId })
  return {
    ...(await furnishOrganisation(workspace, await addPerson(workspace, { name: 'Gil' }))),
    Project: data.plan.projectId, Milestone: milestone.id, Step: milestone.steps[0].id, Microstep: milestone.steps[0].microsteps[0].id, Comment: comment.data.addComment.comment.id, CommentAttachment: comment.data.addComment.comment.attachments[0].id,
    ...(await furnishQuality(workspace.context(), 'secret', { item: 'hush.s1.k1', milestone: 'hush' })),
    Approval: await addApproval(workspace.context(), 'secret', 'hush'),
    SyncConflict: await addConflict(workspace.context(), 'secret', 'hush.s1'),
    Notification: await addNotification(workspace, { ...workspace.actor, slug: 'secret', itemKey: 'hush' }), Webhook: webhookId, Delivery: tested.data.sendTestWebhook.delivery.id,
  }
}

/** Every argument that is required or an id: the owner's things where an id is wanted. */
const valuesFor = (its: Ids): Values => ({
  projectId: its.Project, commentId: its.Comment, conflictId: its.SyncConflict, strategy: 'TAKE_REMOTE', 'ResolveConflictInput.changes': undefined, replicaId: '01a2008b-71a0-7f2e-be42-65f046903171', 'syncEvents.replicaId': undefined, baseSequence: 2, writes: [{ number: 1, changes: [], base: [] }], attachmentId: its.CommentAttachment, webhookId: its.Webhook, deliveryId: its.Delivery, 'ReplayDeliveriesInput.since': '2026-01-01T00:00:00Z', itemId: its.Milestone, stepId: 'hush.s1', 'MarkCommentsReadInput.projectId': undefined, level: 'MUTED', all: undefined, 'SetNotificationInterestInput.commentId': undefined, 'MarkNotificationsReadInput.ids': its.Notification && [its.Notification], 'NotificationFilter.projectId': undefined, emoji: '👍', template: 'shared', templates: ['shared'], 'templates.name': undefined, 'templates.kind': undefined, version: '1.0.0', 'PublishTemplateInput.document': { format: 1 }, url: 'https://a.b', criteria: ['C'], prefix: '',
  id: 'hush.s1.k1', 'node.id': its.Microstep, ids: nodeTypes(schema).flatMap((type) => its[type as NodeType] ?? []), keyId: its.ApiKey, scopes: ['planner.read'], parent: 'hush.s1', after: undefined, milestone: undefined, step: undefined,
  runId: its.QaRun, evidenceId: its.Evidence, run: { id: '01a2008b-71a0-7f2e-be42-65f046903171', source: 'CI', startedAt: '2026-01-01T00:00:00Z' }, results: [], criterion: 'C', met: true, commit: undefined, branch: undefined,
  approvalId: its.Approval, text: 'version: 1\nrules: []\n', 'policy.version': 1, 'policyDiff.from': 1, 'policyDiff.to': 2, 'simulatePolicy.version': undefined, 'simulatePolicy.since': undefined, 'approvals.status': undefined,
  'evidence.itemId': undefined, 'itemQuality.itemId': 'hush.s1.k1', 'evidence.criterion': undefined, 'RecordPreviewInput.id': undefined, 'RecordPreviewInput.itemId': 'hush', 'ConfirmCriterionInput.itemId': 'hush.s1.k1', 'previews.itemId': undefined,
  'item.id': its.Microstep, 'CreateProjectInput.id': undefined, 'AddCommentInput.id': undefined, 'ReplyToCommentInput.id': undefined, 'PromoteCommentInput.id': undefined,
  'AddStepInput.parent': 'hush', 'MoveStepInput.parent': 'hush', 'UpdateMilestoneInput.id': 'hush', 'MoveMilestoneInput.id': 'hush', 'DeleteMilestoneInput.id': 'hush', 'UpdateStepInput.id': 'hush.s1', 'MoveStepInput.id': 'hush.s1', 'DeleteStepInput.id': 'hush.s1',
  organisationId: its.Organisation, userId: its.User, teamId: its.Team, teamIds: its.Team && [its.Team], invitationId: its.Invitation, impersonationId: its.Impersonation, sessionId: its.Session, recordId: its.AuditRecord,
  actor: undefined, target: undefined, within: undefined, item: undefined, 'timeline.level': undefined, 'planGraph.level': undefined, 'planGraph.all': true, report: 'MICROSTEPS', format: 'CSV', 'CreateTeamInput.id': undefined, 'members.teamId': undefined, role: undefined, 'SetMemberRoleInput.role': 'MEMBER', 'SetProjectRoleInput.role': 'QA', 'GivenProjectRoleInput.role': 'QA',
  email: 'guest@example.com', reason: 'Support ticket 4711', password: 'correct horse battery', currentPassword: 'correct horse battery', newPassword: 'battery horse correct', token: 'unknown', code: '000000', challenge: 'unknown',
  size: 1, 'auditConsistencyProof.from': 0, 'auditConsistencyProof.to': 1, key: 'new', title: 'T', name: 'N', body: 'B', document: samplePlan(1, 1, 1), changes: [], since: 0, deviceId: 'phone', field: 'title', offset: 0,
})

beforeAll(async () => {
  workspace = await createTestWorkspace()
  owner = { ...workspace.actor, platformRole: 'GlobalAdmin' }
  stranger = (await workspace.stranger()).actor
  await workspace.pool.query(`UPDATE users SET platform_role = 'GlobalAdmin' WHERE id = $1`, [owner.userId])
  ids = await furnish()
  VALUES = valuesFor(ids)
  const { rows } = await workspace.pool.query<{ id: string; slug: string }>('SELECT id, slug FROM projects')
  projectId = rows.find(({ slug }) => slug === 'secret')?.id as string
  const open = rows.find(({ slug }) => slug === 'open')?.id as string
  await workspace.pool.query('UPDATE organisations SET default_role = NULL WHERE id = $1', [owner.organisationId])
  const { userId } = await addPerson(workspace, { name: 'Max', projects: { [open]: 'PM' } })
  member = { ...workspace.actor, userId, organisationRole: 'Member', defaultRole: null, projectRoles: new Map([[open, 'PM']]) }
})

const operation = (kind: Kind | 'subscription', field: RootField): Operation => operationFor({ schema, values: VALUES }, kind, field)

/** Costed: a selection of everything is larger than a client may send. */
const contextOf = (actor: Actor | null) => ({ ...workspace.context(actor), costed: true })

async function ask(kind: Kind, field: RootField, actor: Actor | null): Promise<ExecutionResult<any> & { operation: Operation }> {
  const made = operation(kind, field)
  return { ...(await workspace.run<any>(made.source, made.variables, contextOf(actor))), operation: made }
}

/** The code of what was refused; `null` where nothing was found; undefined for an answer. */
function outcome({ data, errors }: ExecutionResult<any>): string | undefined {
  const failed = errors?.find(({ path }) => path?.length === 1) ?? (data?.answer === undefined ? errors?.[0] : undefined)
  if (failed) return (failed.originalError as { code?: string } | undefined)?.code ?? failed.message
  const answer = data?.answer
  if (answer === null || (Array.isArray(answer) && answer.every((entry) => entry === null))) return 'null'
  return Object.entries(answer as Record<string, unknown>).find(([name]) => name.endsWith('Error_code'))?.[1] as string | undefined
}

/** What an answer gives away. A refusal may repeat what the caller named. */
function leaks(secrets: Secrets, answered: Awaited<ReturnType<typeof ask>>): string[] {
  const { data, errors, operation: { ids: named } } = answered
  const [answer, refusal] = [JSON.stringify(data ?? null), JSON.stringify(errors?.map(({ message }) => message) ?? [])]
  const spellings = named.flatMap((id) => [id, decodeNodeId(id)?.uuid ?? id])
  const withoutNamed = (text: string): string => spellings.reduce((rest, id) => rest.replaceAll(id, ''), text)
  return secrets.foundIn(outcome(answered) === undefined ? answer + withoutNamed(refusal) : withoutNamed(answer + refusal))
}

const queries = rootFields(schema.getQueryType()).map((field) => ['query', field.name, field] as const)
const mutations = rootFields(schema.getMutationType()).map((field) => ['mutation', field.name, field] as const)
const subscriptions = rootFields(schema.getSubscriptionType()).map((field) => [field.name, field] as const)
const guarded = [...queries, ...mutations].filter(([, name]) => !PUBLIC.has(name))

/** Whether a permission is held in a project: where it is not, it is refused before anything is looked for. */
const isInProject = (field: RootField): boolean => {
  const permission = permissionOf(field)
  return permission !== null && PERMISSIONS[permission].level === 'project'
}

const secretsOfOwner = () => secretsOf(workspace.pool, 'organisation_id', owner.organisationId, ['Top secret.', 'hush', 'ada@example.com', 'acme'])

test.each(queries.filter(([, name]) => !SHOWS_NOTHING.has(name)))('%s %s shows its owner what others must not see', async (kind, _name, field) => {
  const answered = await ask(kind, field, owner)
  expect(outcome(answered)).toBeUndefined()
  expect(leaks(await secretsOfOwner(), answered)).not.toEqual([])
})

describe("another organisation's", () => {
  let secrets: Secrets
  let before: Record<string, string>
  beforeAll(async () => {
    secrets = await secretsOfOwner()
    before = await digestRows(workspace.pool, 'organisation_id', owner.organisationId)
  })

  test.each([...queries, ...mutations])('%s %s shows nothing of it', async (kind, _name, field) => {
    const answered = await ask(kind, field, stranger)
    expect(leaks(secrets, answered)).toEqual([])
    if (answered.operation.ids.length > 0) expect(['NOT_FOUND', 'null', ...(isInProject(field) ? [] : permissionOf(field) === null ? ['SESSION_REQUIRED'] : ['FORBIDDEN'])]).toContain(outcome(answered))
  })

  test.each(nodeTypes(schema))('node leads to no %s of it', async (type) => {
    const id = ids[type as NodeType]
    expect(id, `add one to furnish() in schema/src/testing/isolation.test.ts`).toBeDefined()
    const read = async (source: string, actor: Actor) => (await workspace.run<any>(`query ($id: ID!) { answer: ${source} { __typename id } }`, { id }, contextOf(actor))).data.answer
    // sessions are their own person's, and no key's
    const keeper = type === 'Session' ? { ...owner, apiKeyId: null, sessionId: decodeNodeId(id as string)?.uuid as string } : owner
    expect([await read('node(id: $id)', keeper), await read('nodes(ids: [$id])', keeper)]).toEqual([{ __typename: type, id }, [{ __typename: type, id }]])
    expect([await read('node(id: $id)', stranger), await read('nodes(ids: [$id])', stranger)]).toEqual([null, [null]])
  })

  test.each(subscriptions.filter(([, field]) => isInProject(field)))('%s cannot be followed', async (_name, field) => {
    const { source, variables } = operation('subscription', field)
    const stream = await subscribe({ schema, document: parse(source), variableValues: variables, contextValue: contextOf(stranger) })
    expect((stream as ExecutionResult).errors?.[0]?.originalError).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('nothing was changed by all of that', async () => {
    expect(await digestRows(workspace.pool, 'organisation_id', owner.organisationId)).toEqual(before)
  })
})

describe('in a project that a member does not see,', () => {
  let secrets: Secrets
  let before: Record<string, string>
  beforeAll(async () => {
    // the organisation and its people are no secret to its members
    const { rows } = await workspace.pool.query<{ user_id: string }>('SELECT user_id FROM members')
    secrets = await secretsOf(workspace.pool, 'project_id', projectId, ['Top secret.', 'hush'], [owner.organisationId, ...rows.map((row) => row.user_id)])
    before = await digestRows(workspace.pool, 'project_id', projectId)
  })

  test.each([...queries, ...mutations])('%s %s shows nothing', async (kind, _name, field) => {
    const answered = await ask(kind, field, member)
    expect(leaks(secrets, answered)).toEqual([])
    if (isInProject(field) && answered.operation.ids.length > 0) expect(['NOT_FOUND', 'null']).toContain(outcome(answered))
  })

  test.each(subscriptions.filter(([, field]) => isInProject(field)))('%s cannot be followed', async (_name, field) => {
    const { source, variables } = operation('subscription', field)
    const stream = await subscribe({ schema, document: parse(source), variableValues: variables, contextValue: contextOf(member) })
    expect((stream as ExecutionResult).errors?.[0]?.originalError).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('nothing was changed by all of that', async () => {
    expect(await digestRows(workspace.pool, 'project_id', projectId)).toEqual(before)
  })
})

describe.each(guarded)('%s %s', (kind, name, field) => {
  test('is refused without a key', async () => {
    expect(outcome(await ask(kind, field, null))).toBe('UNAUTHENTICATED')
  })

  if (isInProject(field) && operationTakesIds(field)) test('finds nothing of a project that the key is not bound to', async () => {
    expect(['NOT_FOUND', 'null']).toContain(outcome(await ask(kind, field, { ...owner, projectId: newUuid() })))
  })

  if (permissionOf(field) !== null) test('is refused to a key without any scope, naming the permission', async () => {
    const answered = await ask(kind, field, { ...owner, scopes: new Set() })
    expect(outcome(answered)).toBe('FORBIDDEN')
  })

  if (kind === 'mutation' && !PULLS.has(name) && permissionOf(field) !== null) test('is refused to a key that may only read', async () => {
    const reading = Object.keys(PERMISSIONS).filter((permission) => permission.endsWith('.read'))
    expect(outcome(await ask(kind, field, { ...owner, scopes: new Set(reading) }))).toBe('FORBIDDEN')
  })
})

/** Whether it names a thing, rather than listing what one may see. */
function operationTakesIds(field: RootField): boolean {
  return operationFor({ schema, values: valuesFor({ Project: 'prj_1', Comment: 'cmt_1', Milestone: 'mil_1', Microstep: 'mic_1', Webhook: 'whk_1', Delivery: 'dlv_1', QaRun: 'qar_1', Evidence: 'evd_1' }) }, 'query', field).ids.length > 0
}
