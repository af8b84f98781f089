/**
 * One example of each operation: the OpenAPI document shows it, and the snippets of the documentation are made of it and
 * executed. Each runs by itself on a project that holds `EXAMPLE_PLAN`, without what it adds.
 */
import { isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql'
import type { GraphQLInputType } from 'graphql'
import { enumName, snakeCase } from './names.ts'
import type { RestOperation } from './operations.ts'

/** What the examples call their project. */
export const EXAMPLE_PROJECT = 'website'

/** The comment that examples are about. */
export const EXAMPLE_COMMENT = 'cmt_01a2008b71a07f2ebe4265f046903171'
const commentId = EXAMPLE_COMMENT
/** A link that is attached to it. */
export const EXAMPLE_ATTACHMENT = 'att_01a2008b71a07f2ebe4265f046903172'

/** The webhook that examples are about, one of its deliveries, and where it leads to. */
export const EXAMPLE_WEBHOOK = 'whk_01a2008b71a07f2ebe4265f046903171'
const webhookId = EXAMPLE_WEBHOOK
export const EXAMPLE_DELIVERY = 'dlv_01a2008b71a07f2ebe4265f046903171'
const deliveryId = EXAMPLE_DELIVERY

/** A run that is recorded: its client makes the id. */
export const EXAMPLE_NEW_RUN = '01a2008b-71a0-7f2e-be42-65f046903171'
/** The run and the evidence that examples are about. */
export const EXAMPLE_RUN = 'qar_01a2008b71a07f2ebe4265f046903171'
export const EXAMPLE_EVIDENCE = 'evd_01a2008b71a07f2ebe4265f046903172'

/** The template that examples publish. */
export const EXAMPLE_TEMPLATE = {
  format: 1, name: 'spike', version: '1.0.0', kind: 'template', title: 'Spike', description: 'A question that is answered in days.',
  plan: { milestones: [{ id: 'answer', title: 'The question is answered', acceptanceCriteria: [{ text: 'The answer is written down.' }] }] },
}

/** The conflict that examples are about, and a replica. */
export const EXAMPLE_CONFLICT = 'cfl_01a2008b71a07f2ebe4265f046903171'
const conflictId = EXAMPLE_CONFLICT
export const EXAMPLE_REPLICA = '01a2008b-71a0-7f2e-be42-65f046903171'
const setTitle = (title: string) => [{ op: 'update', id: 'T-12', set: { title } }]

/** The approval that examples are about, and a policy without rules. */
export const EXAMPLE_APPROVAL = 'apr_01a2008b71a07f2ebe4265f046903171'
const approvalId = EXAMPLE_APPROVAL
const NO_RULES = 'version: 1\nrules: []\n'
const setDone = [{ op: 'update', id: 'T-12', set: { status: 'done' } }]

/** The API key that examples are about. */
export const EXAMPLE_KEY = 'key_01a2008b71a07f2ebe4265f046903171'
const keyId = EXAMPLE_KEY

/** The audit record that examples are about, and the person whose data one erases. */
export const EXAMPLE_RECORD = 'aud_01a2008b71a07f2ebe4265f046903171'
export const EXAMPLE_USER = 'usr_01a2008b71a07f2ebe4265f046903171'

/** The impersonation that examples are about, and whom they name. */
export const EXAMPLE_IMPERSONATION = 'imp_01a2008b71a07f2ebe4265f046903171'
const impersonationId = EXAMPLE_IMPERSONATION
export const EXAMPLE_PERSON = 'max@example.com'

/** Whom and what examples of an organisation are about. */
export const EXAMPLE_MEMBER = 'grace@example.com'
export const EXAMPLE_TEAM = 'frontend'
export const EXAMPLE_INVITATION = 'inv_01a2008b71a07f2ebe4265f046903171'
export const EXAMPLE_INVITATION_TOKEN = 'bi_GrJbNMlBnqzT7mZGQqj2eZ8n3jLcC2mYv0sUuWq4xkA'

/** Somebody who signs up, their session and organisation, and what mailed links hold. */
export const EXAMPLE_EMAIL = 'ada@example.com'
const email = EXAMPLE_EMAIL
export const EXAMPLE_PASSWORD = 'correct horse battery staple'
const password = EXAMPLE_PASSWORD
const newPassword = 'four quite different words'
export const EXAMPLE_CODE = '287082'
const code = EXAMPLE_CODE
export const EXAMPLE_SESSION = 'ses_01a2008b71a07f2ebe4265f046903171'
export const EXAMPLE_ORGANISATION = 'analytical-engines'
export const EXAMPLE_TOKEN = 'AaIAi3GgfyvrQmXwRokDcSRm3mSw0oNLpVq1bCk7hJd9tYxE5fZuGwMnBaQiRsTo'

export const EXAMPLE_PLAN = {
  version: 1,
  project: { name: 'Website' },
  milestones: [
    {
      id: 'M-1', title: 'Alpha',
      steps: [{ id: 'S-1', title: 'Pages', microsteps: [{ id: 'T-1', title: 'Home', status: 'done' }, {
        id: 'T-12', title: 'Write the guide', dependsOn: ['T-1'], estimate: 4,
        acceptanceCriteria: [{ id: 'C-1', text: 'It builds.', check: { kind: 'command', run: 'npm run build' } }, { id: 'C-2', text: 'Somebody followed it.', check: { kind: 'manual' } }],
      }] }],
    },
    { id: 'M-2', title: 'Beta', steps: [{ id: 'S-4', title: 'Sign-in' }] },
  ],
} as const

export interface Example {
  /** As the SDK takes them. */
  readonly variables: Readonly<Record<string, unknown>>
}

export const EXAMPLES: Readonly<Record<string, Example>> = {
  projects_list: { variables: { search: 'web' } },
  projects_create: { variables: { name: 'Website' } },
  projects_get: { variables: {} },
  projects_update: { variables: { description: 'Everything that visitors see.' } },
  projects_archive: { variables: {} },
  planning_getPlan: { variables: {} },
  planning_getDocument: { variables: {} },
  planning_importPlan: { variables: { document: { version: 1, project: { name: 'Website' }, milestones: [{ id: 'M-1', title: 'Alpha' }] }, replace: true } },
  planning_applyChanges: { variables: { changes: [{ op: 'update', id: 'T-12', set: { title: 'Write the guide' } }] } },
  planning_getAnalysis: { variables: {} },
  analytics_getFlow: { variables: {} },
  analytics_getForecast: { variables: {} },
  analytics_getTimeline: { variables: { level: 'STEP' } },
  analytics_getGraph: { variables: { level: 'MILESTONE', all: true } },
  analytics_listStatusHistory: { variables: { item: 'T-12' } },
  analytics_export: { variables: { report: 'THROUGHPUT', format: 'JSON' } },
  planning_whatIf: { variables: { changes: [{ op: 'update', id: 'T-12', set: { estimate: 16 } }] } },
  planning_getItem: { variables: { id: 'T-12' } },
  planning_listMilestones: { variables: { first: 10 } },
  planning_listSteps: { variables: { milestone: 'M-1' } },
  planning_listMicrosteps: { variables: { status: ['BLOCKED'] } },
  planning_setStatus: { variables: { id: 'T-12', status: 'DONE' } },
  planning_addMilestone: { variables: { key: 'M-2', title: 'Beta' } },
  planning_updateMilestone: { variables: { id: 'M-2', dueDate: '2027-01-31' } },
  planning_moveMilestone: { variables: { id: 'M-2', after: null } },
  planning_deleteMilestone: { variables: { id: 'M-2' } },
  planning_addStep: { variables: { key: 'S-4', parent: 'M-2', title: 'Sign-in' } },
  planning_updateStep: { variables: { id: 'S-4', labels: ['auth'] } },
  planning_moveStep: { variables: { id: 'S-4', parent: 'M-1' } },
  planning_deleteStep: { variables: { id: 'S-4' } },
  planning_addMicrostep: { variables: { key: 'T-12', parent: 'S-4', title: 'Write the guide', estimate: { hours: 4 } } },
  planning_updateMicrostep: { variables: { id: 'T-12', assignee: 'ada', acceptanceCriteria: [{ text: 'Somebody followed it.' }] } },
  planning_moveMicrostep: { variables: { id: 'T-12', parent: 'S-4' } },
  planning_deleteMicrostep: { variables: { id: 'T-12' } },
  execution_sync: { variables: { dry_run: true } },
  comments_list: { variables: { itemId: 'T-12', resolved: false } },
  comments_get: { variables: { commentId } },
  comments_replies: { variables: { commentId } },
  comments_add: { variables: { itemId: 'T-12', body: 'Great work @johndoe! @role:QA please review.' } },
  comments_reply: { variables: { commentId, body: 'Done in #42.' } },
  comments_edit: { variables: { commentId, body: 'Done in #43.' } },
  comments_delete: { variables: { commentId } },
  comments_resolve: { variables: { commentId } },
  comments_promote: { variables: { commentId, stepId: 'S-1', title: 'Handle errors', criteria: ['Errors are shown.'] } },
  comments_react: { variables: { commentId, emoji: '🎉' } },
  comments_unreact: { variables: { commentId, emoji: '🎉' } },
  comments_attach: { variables: { commentId, kind: 'PULL_REQUEST', url: 'https://git.example.com/web/pull/42', title: '#42' } },
  comments_detach: { variables: { commentId, attachmentId: EXAMPLE_ATTACHMENT } },
  comments_revisions: { variables: { commentId } },
  comments_render: { variables: { commentId } },
  comments_markRead: { variables: { commentId } },
  comments_markAllRead: { variables: {} },
  comments_unread: { variables: {} },
  comments_suggestMentions: { variables: { prefix: 'gr' } },
  notifications_list: { variables: { unread: true } },
  notifications_markRead: { variables: { all: true } },
  notifications_settings: { variables: {} },
  notifications_updateSettings: { variables: { normal: 'DIGEST_HOURLY' } },
  notifications_interests: { variables: {} },
  notifications_follow: { variables: { since: 0 } },
  notifications_watch: { variables: { itemId: 'T-12' } },
  notifications_mute: { variables: { itemId: 'T-12' } },
  notifications_reset: { variables: { itemId: 'T-12' } },
  qa_recordRun: {
    variables: {
      run: { id: EXAMPLE_NEW_RUN, source: 'CI', commit: '9f2c1b7a4e5d6f8091a2b3c4d5e6f708192a3b4c', branch: 'main', startedAt: '2026-11-20T09:00:00Z', finishedAt: '2026-11-20T09:01:00Z' },
      results: [{ item: 'T-12', criterion: 'C-1', criterionDigest: '08dc4849b21e772ccde833ad33e515ea8406f5d80a815f202311710806922d1a', checkKind: 'COMMAND', outcome: 'PASSED', durationMs: 5300 }],
    },
  },
  qa_listRuns: { variables: { branch: 'main' } },
  qa_getRun: { variables: { runId: EXAMPLE_RUN } },
  qa_listEvidence: { variables: { itemId: 'T-12' } },
  qa_getEvidence: { variables: { evidenceId: EXAMPLE_EVIDENCE } },
  qa_recordManual: { variables: { itemId: 'T-12', criterion: 'C-2', met: true, note: 'Seen on staging.' } },
  qa_getItemQuality: { variables: { itemId: 'T-12' } },
  qa_getSummary: { variables: {} },
  qa_listFlaky: { variables: { days: 14 } },
  qa_recordPreview: { variables: { itemId: 'M-1', url: 'https://preview-42.example.com', provider: 'vercel' } },
  qa_listPreviews: { variables: { phase: 'QA' } },
  governance_getPolicy: { variables: { version: 2 } },
  governance_listVersions: { variables: {} },
  governance_diffVersions: { variables: { from: 1, to: 2 } },
  governance_validate: { variables: { text: NO_RULES } },
  governance_apply: { variables: { text: NO_RULES, reason: 'We begin without rules' } },
  governance_explain: { variables: { changes: setDone } },
  governance_simulate: { variables: { text: NO_RULES, since: '2026-10-01T00:00:00Z' } },
  governance_requestApproval: { variables: { changes: setDone, reason: 'Reviewed with Ben' } },
  governance_listApprovals: { variables: { status: 'PENDING' } },
  governance_getApproval: { variables: { approvalId } },
  governance_approve: { variables: { approvalId, comment: 'Looks right' } },
  governance_refuse: { variables: { approvalId, comment: 'The guide is missing' } },
  webhooks_list: { variables: {} },
  webhooks_get: { variables: { webhookId } },
  webhooks_create: { variables: { url: 'https://hooks.example.com/buildrunner', kinds: ['comment.*', 'plan.changed'] } },
  webhooks_update: { variables: { webhookId, kinds: ['comment.*'] } },
  webhooks_delete: { variables: { webhookId } },
  webhooks_rotateSecret: { variables: { webhookId, graceSeconds: 3_600 } },
  webhooks_test: { variables: { webhookId } },
  webhooks_deliveries: { variables: { webhookId, status: 'DEAD' } },
  webhooks_replay: { variables: { deliveryId } },
  webhooks_replayAll: { variables: { webhookId, since: '2026-11-20T00:00:00Z' } },
  templates_list: { variables: { kind: 'PACK' } },
  templates_builtIn: { variables: {} },
  templates_get: { variables: { template: 'web-app' } },
  templates_instantiate: { variables: { templates: ['web-app', 'auth'], values: { name: 'Shop', 'auth.secondFactor': false } } },
  templates_publish: { variables: { document: EXAMPLE_TEMPLATE } },
  templates_deprecate: { variables: { name: EXAMPLE_TEMPLATE.name, version: '0.9.0', reason: 'Use 1.0.0: it has criteria.' } },
  sync_push: { variables: { replicaId: EXAMPLE_REPLICA, baseSequence: 2, writes: [{ number: 1, changes: setTitle('Write the handbook'), base: setTitle('Write the guide') }] } },
  sync_pull: { variables: { since: 2 } },
  sync_listConflicts: { variables: { open: true } },
  sync_getConflict: { variables: { conflictId } },
  sync_resolveConflict: { variables: { conflictId, strategy: 'KEEP_LOCAL' } },
  sync_getQueue: { variables: {} },
  sync_listEvents: { variables: { outcome: 'REFUSED' } },
  sync_watchQueue: { variables: {} },
  auth_signUp: { variables: { email, password, name: 'Ada Lovelace', organisationName: 'Analytical Engines' } },
  auth_resendVerification: { variables: { email } },
  auth_verifyEmail: { variables: { token: EXAMPLE_TOKEN } },
  auth_signIn: { variables: { email, password } },
  auth_completeSignIn: { variables: { challenge: EXAMPLE_TOKEN, code } },
  auth_signOut: { variables: {} },
  auth_requestPasswordReset: { variables: { email } },
  auth_resetPassword: { variables: { token: EXAMPLE_TOKEN, newPassword } },
  auth_changePassword: { variables: { currentPassword: password, newPassword } },
  auth_session: { variables: {} },
  auth_sessions: { variables: {} },
  auth_revokeSession: { variables: { sessionId: EXAMPLE_SESSION } },
  auth_revokeOtherSessions: { variables: {} },
  auth_switchOrganisation: { variables: { organisationId: EXAMPLE_ORGANISATION } },
  auth_enableTwoFactor: { variables: { password } },
  auth_confirmTwoFactor: { variables: { code } },
  auth_disableTwoFactor: { variables: { password, code } },
  auth_regenerateRecoveryCodes: { variables: { password } },
  keys_create: { variables: { name: 'CI/CD Pipeline', scopes: ['planner.read', 'builder.run', 'qa.run'] } },
  keys_list: { variables: { active: true } },
  keys_get: { variables: { keyId } },
  keys_rotate: { variables: { keyId, graceSeconds: 3_600 } },
  keys_revoke: { variables: { keyId } },
  audit_list: { variables: { action: 'member', from: '2026-11-01T00:00:00.000Z' } },
  audit_log: { variables: { since: 0 } },
  audit_checkpoint: { variables: {} },
  audit_inclusionProof: { variables: { recordId: EXAMPLE_RECORD, size: 2 } },
  audit_consistencyProof: { variables: { from: 1, to: 2 } },
  audit_keys: { variables: {} },
  audit_erase: { variables: { userId: EXAMPLE_USER } },
  admin_startImpersonation: { variables: { userId: EXAMPLE_PERSON, reason: 'Support ticket debugging', minutes: 60 } },
  admin_endImpersonation: { variables: { impersonationId } },
  admin_listImpersonations: { variables: { running: true } },
  admin_listTenants: { variables: { search: 'acme' } },
  admin_updateTenant: { variables: { organisationId: 'acme', tier: 'ENTERPRISE', extraSeats: 10 } },
  admin_listPlatformPeople: { variables: { first: 50 } },
  admin_setPlatformRole: { variables: { userId: EXAMPLE_PERSON, role: 'SUPPORT_AGENT' } },
  organisations_get: { variables: {} },
  organisations_update: { variables: { defaultRole: 'VIEWER', auditRetentionDays: 365 } },
  organisations_leave: { variables: {} },
  members_list: { variables: { search: 'ada' } },
  members_setRole: { variables: { userId: EXAMPLE_MEMBER, role: 'TENANT_ADMIN' } },
  members_remove: { variables: { userId: EXAMPLE_MEMBER } },
  members_invite: { variables: { email: 'linus@example.com', projectRoles: [{ projectId: EXAMPLE_PROJECT, role: 'CONTRIBUTOR' }] } },
  members_invitations: { variables: { open: true } },
  members_resendInvitation: { variables: { invitationId: EXAMPLE_INVITATION } },
  members_revokeInvitation: { variables: { invitationId: EXAMPLE_INVITATION } },
  members_acceptInvitation: { variables: { token: EXAMPLE_INVITATION_TOKEN } },
  members_listInProject: { variables: { role: 'QA' } },
  members_setProjectRole: { variables: { userId: EXAMPLE_MEMBER, role: 'QA' } },
  members_removeProjectRole: { variables: { userId: EXAMPLE_MEMBER } },
  teams_list: { variables: { search: 'front' } },
  teams_create: { variables: { name: 'Back end', slug: 'backend' } },
  teams_update: { variables: { teamId: EXAMPLE_TEAM, name: 'Front end' } },
  teams_delete: { variables: { teamId: EXAMPLE_TEAM } },
  teams_addMember: { variables: { teamId: EXAMPLE_TEAM, userId: EXAMPLE_MEMBER } },
  teams_removeMember: { variables: { teamId: EXAMPLE_TEAM, userId: EXAMPLE_MEMBER } },
  events_list: { variables: { since: 0 } },
  events_watch: { variables: { since: 0 } },
  presence_get: { variables: {} },
  presence_watch: { variables: {} },
  presence_update: { variables: { deviceId: 'laptop', itemId: 'T-12', typing: true } },
  presence_leave: { variables: { deviceId: 'laptop' } },
  viewer_get: { variables: {} },
  viewer_rateLimit: { variables: {} },
  health_check: { variables: {} },
}

type Item = { readonly id: string; readonly steps?: readonly Item[]; readonly microsteps?: readonly Item[] }

/** The plan that an example's project holds before: all but what it adds. */
export function planBefore({ variables }: Example): object {
  const without = (items: readonly Item[] | undefined): Item[] | undefined =>
    items?.filter(({ id }) => id !== variables['key']).map(({ steps, microsteps, ...item }) => ({ ...item, ...(steps && { steps: without(steps) }), ...(microsteps && { microsteps: without(microsteps) }) }) as Item)
  return { ...EXAMPLE_PLAN, milestones: without(EXAMPLE_PLAN.milestones) }
}

/** An example's variables as the REST facade takes them, with the project they are about. */
export function restExample(operation: RestOperation, variables: Example['variables']): Record<string, unknown> {
  const all: Example['variables'] = { projectId: EXAMPLE_PROJECT, ...variables }
  return Object.fromEntries([...operation.parameters].flatMap(([name, { variable, type }]) => (variable in all ? [[name, toRest(type, all[variable])]] : [])))
}

function toRest(type: GraphQLInputType, value: unknown): unknown {
  if (isNonNullType(type)) return toRest(type.ofType, value)
  if (value === null) return null
  if (isListType(type)) return (value as unknown[]).map((item) => toRest(type.ofType, item))
  if (isEnumType(type)) return enumName(value as string)
  if (!isInputObjectType(type)) return value
  const fields = type.getFields()
  return Object.fromEntries(Object.entries(value as object).map(([name, member]) => [snakeCase(name), toRest((fields[name] as { type: GraphQLInputType }).type, member)]))
}
