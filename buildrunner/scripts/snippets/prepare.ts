/** Makes what the literals of an example name, and what its operation takes for granted. */
import { randomUUID } from 'node:crypto'
import { people } from '@buildrunner/schema/authentication/testing/people'
import { seal } from '@buildrunner/schema/audit/testing/log'
import { addComment } from '@buildrunner/schema/comments/service'
import { createEventChannel } from '@buildrunner/schema/events/channel'
import { requestApproval } from '@buildrunner/schema/governance/approvals'
import { createDispatcher } from '@buildrunner/schema/notifications/dispatcher'
import { notify } from '@buildrunner/schema/notifications/notify'
import { furnishQuality } from '@buildrunner/schema/qa/testing/furnish'
import { encodeNodeId } from '@buildrunner/schema/shared/ids'
import { addConflict } from '@buildrunner/schema/testing/conflicts'
import { addPerson } from '@buildrunner/schema/testing/people'
import * as examples from '../../../api/src/rest/examples.ts'
import { codeOf, linkOf } from './prepare-auth.ts'
import type { Stage } from './place.ts'

const { EXAMPLES, EXAMPLE_MEMBER, EXAMPLE_PERSON, EXAMPLE_PROJECT, EXAMPLE_TEAM } = examples
type Make = (stage: Stage) => Promise<string>

const member = (name: string): Make => async ({ workspace, actor, address }) => (await addPerson(workspace, { name, email: address(name.toLowerCase()), organisationId: actor.organisationId })).email

const comment: Make = async ({ ask, projectId }) => (await ask('addComment', { projectId, itemId: 'T-12', body: 'Ready?' }, 'comment { id }'))['comment'].id
const attachment: Make = async ({ ask, projectId }) => (await ask('addComment', { projectId, itemId: 'T-12', body: 'See here.', attachments: [{ kind: 'LINK', url: 'https://example.com/' }] }, 'comment { attachments { id } }'))['comment'].attachments[0].id
const webhook: Make = async ({ ask, projectId }) => (await ask('createWebhook', { projectId, url: 'https://hooks.example.com/' }, 'webhook { id }'))['webhook'].id
const conflict: Make = ({ context, projectId }) => addConflict(context(), projectId, 'T-12')
const quality = (type: 'QaRun' | 'Evidence'): Make => async ({ context, projectId }) => (await furnishQuality(context(), projectId, { item: 'T-12', milestone: 'M-1' }))[type]
const delivery: Make = async (stage) => (await stage.ask('sendTestWebhook', { webhookId: await webhook(stage) }, 'delivery { id }'))['delivery'].id
const key: Make = async ({ ask }) => (await ask('createApiKey', { name: 'CI', scopes: ['planner.read'] }, 'apiKey { id }'))['apiKey'].id
const invitation: Make = async ({ ask, address }) => (await ask('inviteMember', { email: address('linus') }, 'invitation { id }'))['invitation'].id
const session: Make = async ({ workspace, email }) => (await people(workspace).signIn(email))['sessionId']

const impersonation: Make = async (stage) => {
  const userId = await member('Max')(stage)
  return (await stage.ask('startImpersonation', { userId, reason: 'Support ticket debugging' }, 'impersonation { id }'))['impersonation'].id
}

/** The first record of the organisation's log. */
const record: Make = async ({ workspace, actor }) => {
  const { rows } = await workspace.pool.query<{ id: string }>('SELECT id FROM audit_records WHERE organisation_id = $1 AND sequence = 1', [actor.organisationId])
  return encodeNodeId('AuditRecord', rows[0]?.id as string)
}

/** Of an invitation to another organisation, as it was mailed. */
const invitationToken: Make = async ({ workspace, email }) => {
  workspace.takeMails()
  await workspace.run('mutation ($email: String!) { inviteMember(input: { email: $email }) { __typename } }', { email })
  return /bi_[\w-]{43}/.exec(workspace.takeMails()[0]?.text ?? '')?.[0] ?? ''
}

const team: Make = async ({ ask }) => (await ask('createTeam', { name: 'Interface', slug: EXAMPLE_TEAM }, 'team { slug }'))['team'].slug

const organisation: Make = async ({ workspace, actor }) => {
  const { rows } = await workspace.pool.query<{ slug: string }>('SELECT slug FROM organisations WHERE id = $1', [actor.organisationId])
  return rows[0]?.slug as string
}

/** Whose address an example of signing up or in has. */
const account: Make = async ({ workspace, operation, email, address }) => {
  if (!['auth_signUp', 'auth_resendVerification'].includes(operation)) return email
  const other = address('new')
  if (operation === 'auth_resendVerification') await people(workspace).signUp(other)
  return other
}

/** Another administrator mentions whoever asks, who is told of it. */
async function mention({ workspace, actor, projectId }: Stage): Promise<void> {
  const { userId } = await addPerson(workspace, { name: 'Grace', organisationId: actor.organisationId, role: 'TenantAdmin' })
  await addComment(workspace.context({ ...actor, userId }), { projectId, itemId: 'T-12', body: '@ada please review' })
  const { db, clock } = workspace.services
  const dispatcher = createDispatcher({ db, clock, channel: createEventChannel(), consumers: [notify], onError: (error) => { throw error } })
  await dispatcher.run()
}

/** Somebody else asks for it. */
const approval: Make = async (stage) => {
  const { workspace, actor, projectId } = stage
  await rules(stage)
  const { userId } = await addPerson(workspace, { name: 'Grace', organisationId: actor.organisationId, role: 'TenantAdmin' })
  const { approvalIds } = await requestApproval(workspace.context({ ...actor, userId }), { projectId, changes: [{ op: 'update', id: 'T-12', set: { status: 'done' } }], reason: 'Reviewed with Ben' })
  return encodeNodeId('Approval', approvalIds[0] as string)
}

const MAKE: Readonly<Record<string, Make>> = {
  [examples.EXAMPLE_COMMENT]: comment,
  [examples.EXAMPLE_ATTACHMENT]: attachment,
  [examples.EXAMPLE_KEY]: key,
  [examples.EXAMPLE_WEBHOOK]: webhook,
  [examples.EXAMPLE_NEW_RUN]: () => Promise.resolve(randomUUID()),
  [examples.EXAMPLE_RUN]: quality('QaRun'),
  [examples.EXAMPLE_EVIDENCE]: quality('Evidence'),
  [examples.EXAMPLE_CONFLICT]: conflict,
  [examples.EXAMPLE_APPROVAL]: approval,
  [examples.EXAMPLE_DELIVERY]: delivery,
  [examples.EXAMPLE_RECORD]: record,
  [examples.EXAMPLE_USER]: ({ actor }) => Promise.resolve(encodeNodeId('User', actor.userId)),
  [examples.EXAMPLE_IMPERSONATION]: impersonation,
  [EXAMPLE_PERSON]: member('Max'),
  [EXAMPLE_MEMBER]: member('Grace'),
  [EXAMPLE_TEAM]: team,
  [examples.EXAMPLE_INVITATION]: invitation,
  [examples.EXAMPLE_INVITATION_TOKEN]: invitationToken,
  [examples.EXAMPLE_EMAIL]: account,
  [examples.EXAMPLE_SESSION]: session,
  [examples.EXAMPLE_ORGANISATION]: organisation,
  [examples.EXAMPLE_CODE]: codeOf,
  [examples.EXAMPLE_TOKEN]: linkOf,
}

/** Two versions, and in force one that wants agreement to what the examples do. */
const AGREED = 'version: 1\nrules:\n  - { id: agreed, when: [plan.status.set], effect: require_approval, approvals: { roles: [PM] }, message: Agree. }\n'
async function rules({ ask }: Stage): Promise<void> {
  await ask('applyPolicy', { projectId: EXAMPLE_PROJECT, text: 'version: 1\nrules: []\n', reason: 'We begin' })
  await ask('applyPolicy', { projectId: EXAMPLE_PROJECT, text: AGREED, reason: 'Agreement' })
}

/** What an operation takes for granted and its example does not name. */
const BEFORE: Readonly<Record<string, (stage: Stage) => Promise<unknown>>> = {
  organisations_leave: ({ workspace, actor }) => addPerson(workspace, { name: 'Grace', organisationId: actor.organisationId, role: 'TenantAdmin' }),
  auth_regenerateRecoveryCodes: codeOf,
  notifications_follow: mention,
  governance_getPolicy: rules, governance_diffVersions: rules, governance_requestApproval: rules,
  templates_deprecate: ({ ask }) => ask('publishTemplate', { document: { ...examples.EXAMPLE_TEMPLATE, version: '0.9.0' } }),
}
/** The same, about what the example names. */
const AFTER: Readonly<Record<string, (stage: Stage, of: (literal: string) => string) => Promise<unknown>>> = {
  comments_detach: ({ workspace }, of) => workspace.pool.query('UPDATE comment_attachments SET comment_id = $1 WHERE id = $2', [of(examples.EXAMPLE_COMMENT).slice(4), of(examples.EXAMPLE_ATTACHMENT).slice(4)]),
  members_removeProjectRole: ({ ask }, of) => ask('setProjectRole', { projectId: EXAMPLE_PROJECT, userId: of(EXAMPLE_MEMBER), role: 'QA' }),
  teams_removeMember: ({ ask }, of) => ask('addTeamMember', { teamId: of(EXAMPLE_TEAM), userId: of(EXAMPLE_MEMBER) }),
}

/** @returns the real value of each literal of the operation's example. */
export async function prepare(stage: Stage): Promise<ReadonlyMap<string, string>> {
  const { operation, workspace } = stage
  const text = JSON.stringify(EXAMPLES[operation]?.variables ?? {})
  if (operation.startsWith('audit_')) await seal(workspace, new Date())
  await BEFORE[operation]?.(stage)
  const values = new Map<string, string>()
  for (const [literal, make] of Object.entries(MAKE)) if (text.includes(`"${literal}"`)) values.set(literal, await make(stage))
  await AFTER[operation]?.(stage, (literal) => values.get(literal) as string)
  return values
}
