/** An input for every mutation of the schema that succeeds when its person has the permission: what the matrix test sends. */
import { randomUUID } from 'node:crypto'
import { encodeNodeId, newUuid } from '@buildrunner/schema/shared/ids'
import type { Person } from '@buildrunner/schema/testing/people'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import { EXAMPLE_TEMPLATE } from '../rest/examples.ts'

/** What an input can be prepared with. */
export interface Stage {
  /** Who will send the mutation. */
  readonly person: Person
  /** A name that nothing else has. */
  readonly fresh: (prefix: string) => string
  /** Runs an operation as the administrator of the organisation. */
  readonly admin: (query: string, variables?: object) => Promise<any>
  /** Runs SQL. */
  readonly sql: (text: string, values?: unknown[]) => Promise<any[]>
}

export type Input = Readonly<Record<string, unknown>>

export interface Prepared {
  readonly input: (stage: Stage) => Input | Promise<Input>
  /** The same for what belongs to somebody else. */
  readonly others?: (stage: Stage) => Input | Promise<Input>
  /** True: without the permission, what is somebody else's does not even exist. */
  readonly othersHidden?: boolean
  /** True: it is about a project, which does not exist for whoever has no role there, though the permission is the organisation's. */
  readonly inProject?: boolean
  /** Puts back what a success changed for the cells that follow. */
  readonly undo?: (stage: Stage) => Promise<unknown>
}

/** Slug of the project in which roles are held. It has two milestones `m1` and `m2`, of two steps with three microsteps each. */
export const PROJECT = 'demo'
const projectId = PROJECT

const addItem = async ({ admin, fresh }: Stage, kind: 'Milestone' | 'Step' | 'Microstep', parent?: string): Promise<string> => {
  const key = fresh('x')
  await admin(`mutation ($input: Add${kind}Input!) { add${kind}(input: $input) { __typename } }`, { input: { projectId, key, title: 'Made to be deleted', ...(parent && { parent }) } })
  return key
}

/** A comment of the person, or of the administrator. */
async function comment({ admin, person, sql }: Stage, author: 'person' | 'administrator'): Promise<{ commentId: string }> {
  const { data } = await admin(`mutation { addComment(input: { projectId: "${PROJECT}", itemId: "m1", body: "Said." }) { ... on AddCommentPayload { comment { id } } } }`)
  const { id } = data.addComment.comment as { id: string }
  if (author === 'person') await sql('UPDATE comments SET author_id = $1 WHERE id = $2', [person.userId, id.slice(4)])
  return { commentId: id }
}

/** Its one attachment. */
async function attached(stage: Stage, author: 'person' | 'administrator'): Promise<Input> {
  const [{ commentId }, id] = [await comment(stage, author), newUuid()]
  await stage.sql(
    `INSERT INTO comment_attachments (id, comment_id, organisation_id, project_id, kind, url, added_by_id, created_at) SELECT $1, id, organisation_id, project_id, 'link', 'https://example.com/', author_id, now() FROM comments WHERE id = $2`,
    [id, commentId.slice(4)],
  )
  return { commentId, attachmentId: encodeNodeId('CommentAttachment', id) }
}
const LINK = { kind: 'LINK', url: 'https://example.com/' }

/** Somebody who is a member and nothing else; their UUID. */
async function newMember({ person, fresh, sql }: Stage): Promise<string> {
  const id = newUuid()
  await sql('INSERT INTO users (id, email, name) VALUES ($1, $2, $3)', [id, `${fresh('member-')}@example.com`, 'Member'])
  await sql(`INSERT INTO members (organisation_id, user_id, role) VALUES ($1, $2, 'Member')`, [person.organisationId, id])
  return id
}
const member = async (stage: Stage): Promise<{ userId: string }> => ({ userId: encodeNodeId('User', await newMember(stage)) })

async function withProjectRole(stage: Stage): Promise<Input> {
  const userId = await newMember(stage)
  await stage.sql(`INSERT INTO project_members (project_id, organisation_id, user_id, role) SELECT id, organisation_id, $1, 'QA' FROM projects WHERE slug = $2`, [userId, PROJECT])
  return { projectId, userId: encodeNodeId('User', userId) }
}

async function team({ person, fresh, sql }: Stage, members: readonly string[] = []): Promise<{ teamId: string }> {
  const [id, slug] = [newUuid(), fresh('team-')]
  await sql('INSERT INTO teams (id, organisation_id, slug, name) VALUES ($1, $2, $3, $3)', [id, person.organisationId, slug])
  for (const userId of members) await sql('INSERT INTO team_members (team_id, organisation_id, user_id) VALUES ($1, $2, $3)', [id, person.organisationId, userId])
  return { teamId: encodeNodeId('Team', id) }
}

async function teamWith(stage: Stage): Promise<Input> {
  const userId = await newMember(stage)
  return { ...(await team(stage, [userId])), userId: encodeNodeId('User', userId) }
}

async function invitation({ person, fresh, sql }: Stage): Promise<Input> {
  const id = newUuid()
  await sql(`INSERT INTO invitations (id, organisation_id, email, token_hash, invited_by_id, expires_at) VALUES ($1, $2, $3, $3, $4, now() + interval '1 day')`, [id, person.organisationId, `${fresh('guest-')}@example.com`, person.userId])
  return { invitationId: encodeNodeId('Invitation', id) }
}

/** A key of the person, or of another member. */
async function key(stage: Stage, owner: 'person' | 'other'): Promise<Input> {
  const [id, { person, fresh, sql }] = [newUuid(), stage]
  const userId = owner === 'person' ? person.userId : await newMember(stage)
  await sql(`INSERT INTO api_keys (id, organisation_id, user_id, name, key_prefix, key_hash, scopes) VALUES ($1, $2, $3, 'Old', $4, '', '{organisation.read}')`, [id, person.organisationId, userId, fresh('prefix')])
  return { keyId: encodeNodeId('ApiKey', id) }
}

/** A conflict of two replicas of the administrator. */
async function conflict({ admin, fresh }: Stage): Promise<Input> {
  const push = (notes: string) => admin('mutation ($input: PushWritesInput!) { pushWrites(input: $input) { ... on PushWritesPayload { results { conflicts { id } } } } }', {
    input: { projectId, replicaId: randomUUID(), baseSequence: 0, writes: [{ number: 1, changes: [{ op: 'update', id: 'm1', set: { notes } }], base: [{ op: 'update', id: 'm1', set: { notes: 'before' } }] }] },
  })
  await push(fresh('theirs '))
  const { data } = await push(fresh('mine '))
  return { conflictId: data.pushWrites.results[0].conflicts[0].id, strategy: 'KEEP_LOCAL' }
}

/** A webhook of the project; with a delivery. */
async function webhook({ admin }: Stage): Promise<{ webhookId: string; deliveryId: string }> {
  const made = await admin(`mutation { createWebhook(input: { projectId: "${PROJECT}", url: "https://hooks.example.com/" }) { ... on CreateWebhookPayload { webhook { id } } } }`)
  const webhookId = made.data.createWebhook.webhook.id as string
  const tested = await admin('mutation ($id: ID!) { sendTestWebhook(input: { webhookId: $id }) { ... on SendTestWebhookPayload { delivery { id } } } }', { id: webhookId })
  return { webhookId, deliveryId: tested.data.sendTestWebhook.delivery.id as string }
}
const ofWebhook = (more: Input = {}): Prepared => ({
  input: async (stage) => ({ webhookId: (await webhook(stage)).webhookId, ...more }),
  undo: ({ sql }) => sql('DELETE FROM webhooks'),
})

/** A version that the person published. */
async function ownTemplate({ person, fresh, sql }: Stage): Promise<Input> {
  const name = fresh('old-')
  await sql(`INSERT INTO templates (id, organisation_id, name, version, kind, title, description, digest, document, created_by_id, created_at) VALUES ($1, $2, $3, '1.0.0', 'pack', 'Old', 'Old.', '', $4, $5, now())`,
    [newUuid(), person.organisationId, name, JSON.stringify({ ...EXAMPLE_TEMPLATE, name }), person.userId])
  return { name, version: '1.0.0', reason: 'Old.' }
}

/** A rule that wants agreement, and a change that it means; other cells make none of the kind. */
async function wanted({ admin, fresh }: Stage): Promise<Input> {
  const text = `version: 1 # ${fresh('v')}\nrules:\n  - { id: agreed, when: [plan.milestone.update], condition: item.title.startsWith('Agreed'), effect: require_approval, approvals: { roles: [PM, TechLead, QA] }, message: Agree. }\n`
  await admin('mutation ($input: ApplyPolicyInput!) { applyPolicy(input: $input) { __typename } }', { input: { projectId, text, reason: 'Tried' } })
  return { projectId, changes: [{ op: 'update', id: 'm1', set: { title: fresh('Agreed ') } }], reason: 'Please' }
}
/** An approval that the administrator asked for. */
async function approval(stage: Stage): Promise<Input> {
  const { data } = await stage.admin('mutation ($input: RequestApprovalInput!) { requestApproval(input: $input) { ... on RequestApprovalPayload { approvals { id } } } }', { input: await wanted(stage) })
  return { approvalId: data.requestApproval.approvals[0].id }
}

async function impersonation(stage: Stage): Promise<Input> {
  const [id, userId] = [newUuid(), await newMember(stage)]
  await stage.sql(`INSERT INTO impersonations (id, organisation_id, admin_id, user_id, reason, started_at, ends_at) VALUES ($1, $2, $3, $3, 'Ticket 4711', now(), now() + interval '1 hour')`, [id, stage.person.organisationId, userId])
  return { impersonationId: encodeNodeId('Impersonation', id) }
}

const itemMutations = (kind: 'Milestone' | 'Step' | 'Microstep', parent: string | undefined, id: string): Readonly<Record<string, Prepared>> => ({
  [`add${kind}`]: { input: ({ fresh }) => ({ projectId, key: fresh('n'), title: 'New', ...(parent && { parent }) }) },
  [`update${kind}`]: { input: ({ fresh }) => ({ projectId, id, title: fresh('Title ') }) },
  [`move${kind}`]: { input: () => ({ projectId, id, after: null }) },
  [`delete${kind}`]: { input: async (stage) => ({ projectId, id: await addItem(stage, kind, parent) }) },
})

export const PREPARED: Readonly<Record<string, Prepared>> = {
  createProject: { input: ({ fresh }) => ({ name: fresh('Project ') }) },
  updateProject: { input: ({ fresh }) => ({ projectId, description: fresh('About ') }) },
  archiveProject: {
    input: () => ({ projectId }),
    undo: ({ admin }) => admin(`mutation { archiveProject(input: { projectId: "${PROJECT}", archived: false }) { __typename } }`),
  },

  ...itemMutations('Milestone', undefined, 'm2'),
  ...itemMutations('Step', 'm1', 'm1.s2'),
  ...itemMutations('Microstep', 'm1.s1', 'm1.s1.k3'),
  setStatus: { input: () => ({ projectId, id: 'm1.s1.k1', status: 'DONE' }) },
  importPlan: { input: () => ({ projectId, document: samplePlan(), replace: true }) },
  applyPlanChanges: { input: ({ fresh }) => ({ projectId, changes: [{ op: 'update', id: 'm1', set: { title: fresh('Title ') } }] }) },
  syncPlan: { input: ({ fresh }) => ({ projectId, changes: [{ op: 'add', kind: 'milestone', parentId: null, after: null, item: { id: fresh('s'), title: 'Synced', steps: [] } }] }) },

  pushWrites: { input: ({ fresh }) => ({ projectId, replicaId: randomUUID(), baseSequence: 2, writes: [{ number: 1, changes: [{ op: 'update', id: 'm1', set: { title: fresh('Pushed ') } }], base: [{ op: 'update', id: 'm1', set: { title: '' } }] }] }) },
  resolveConflict: { input: conflict },

  addComment: { input: () => ({ projectId, itemId: 'm1', body: 'Hello.' }) },
  replyToComment: { input: async (stage) => ({ ...(await comment(stage, 'administrator')), body: 'Hello back.' }) },
  editComment: {
    input: async (stage) => ({ ...(await comment(stage, 'person')), body: 'Better said.' }),
    others: async (stage) => ({ ...(await comment(stage, 'administrator')), body: 'Better said.' }),
  },
  deleteComment: { input: (stage) => comment(stage, 'person'), others: (stage) => comment(stage, 'administrator') },
  resolveComment: { input: (stage) => comment(stage, 'administrator') },
  promoteComment: { input: async (stage) => ({ ...(await comment(stage, 'administrator')), stepId: 'm1.s1', title: 'Promoted', criteria: ['It is done.'] }) },
  reactToComment: { input: async (stage) => ({ ...(await comment(stage, 'administrator')), emoji: '👍' }) },
  unreactToComment: { input: async (stage) => ({ ...(await comment(stage, 'administrator')), emoji: '👍' }) },
  attachToComment: { input: async (stage) => ({ ...(await comment(stage, 'person')), ...LINK }), others: async (stage) => ({ ...(await comment(stage, 'administrator')), ...LINK }) },
  detachFromComment: { input: (stage) => attached(stage, 'person'), others: (stage) => attached(stage, 'administrator') },
  markCommentsRead: { input: (stage) => comment(stage, 'administrator') },

  markNotificationsRead: { input: () => ({ all: true }) },
  setNotificationInterest: { input: () => ({ projectId, itemId: 'm1', level: 'WATCHING' }), inProject: true },
  updateNotificationSettings: { input: () => ({ normal: 'OFF' }) },

  recordQaRun: { input: () => ({ projectId, run: { id: randomUUID(), source: 'CI', startedAt: '2026-11-20T09:00:00Z' }, results: [] }) },
  confirmCriterion: { input: () => ({ projectId, itemId: 'm1.s1.k1', criterion: 'It works.', met: true }) },
  recordPreview: { input: () => ({ projectId, itemId: 'm1', url: 'https://preview.example.com/' }) },

  publishTemplate: { input: ({ fresh }) => ({ document: { ...EXAMPLE_TEMPLATE, name: fresh('spike-') } }) },
  deprecateTemplate: { input: ownTemplate },

  createWebhook: { input: () => ({ projectId, url: 'https://hooks.example.com/' }), undo: ({ sql }) => sql('DELETE FROM webhooks') },
  updateWebhook: ofWebhook({ description: 'CI' }),
  deleteWebhook: ofWebhook(),
  rotateWebhookSecret: ofWebhook(),
  sendTestWebhook: ofWebhook(),
  replayDelivery: { input: async (stage) => ({ deliveryId: (await webhook(stage)).deliveryId }), undo: ({ sql }) => sql('DELETE FROM webhooks') },
  replayDeliveries: ofWebhook({ since: '2026-11-20T00:00:00Z' }),

  applyPolicy: { input: ({ fresh }) => ({ projectId, text: `version: 1 # ${fresh('v')}\nrules: []\n`, reason: 'Tried' }) },
  requestApproval: { input: wanted },
  grantApproval: { input: approval },
  refuseApproval: { input: approval },

  updateOrganisation: { input: ({ fresh }) => ({ name: fresh('Acme ') }) },
  inviteMember: { input: ({ fresh }) => ({ email: `${fresh('guest-')}@example.com` }) },
  resendInvitation: { input: invitation },
  revokeInvitation: { input: invitation },
  setMemberRole: { input: async (stage) => ({ ...(await member(stage)), role: 'TENANT_ADMIN' }) },
  removeMember: { input: member },
  setProjectRole: { input: async (stage) => ({ projectId, ...(await member(stage)), role: 'VIEWER' }) },
  removeProjectRole: { input: withProjectRole },
  updatePresence: { input: () => ({ projectId, deviceId: 'laptop', itemId: 'm1', typing: true }) },
  leavePresence: { input: () => ({ projectId, deviceId: 'laptop' }) },

  createTeam: { input: ({ fresh }) => ({ name: fresh('Team ') }) },
  updateTeam: { input: async (stage) => ({ ...(await team(stage)), name: 'Renamed' }) },
  deleteTeam: { input: (stage) => team(stage) },
  addTeamMember: { input: async (stage) => ({ ...(await team(stage)), ...(await member(stage)) }) },
  removeTeamMember: { input: teamWith },

  createApiKey: { input: ({ fresh }) => ({ name: fresh('Key '), scopes: ['organisation.read'] }) },
  rotateApiKey: { input: (stage) => key(stage, 'person'), others: (stage) => key(stage, 'other'), othersHidden: true },
  revokeApiKey: { input: (stage) => key(stage, 'person'), others: (stage) => key(stage, 'other'), othersHidden: true },

  eraseAuditPersonalData: { input: async (stage) => ({ ...(await member(stage)), chain: 'ORGANISATION' }) },

  startImpersonation: { input: async (stage) => ({ ...(await member(stage)), reason: 'Support ticket debugging' }) },
  endImpersonation: { input: impersonation },
  updateTenant: { input: ({ person }) => ({ organisationId: encodeNodeId('Organisation', person.organisationId), extraSeats: 5 }) },
  setPlatformRole: { input: async (stage) => ({ ...(await member(stage)), role: 'SUPPORT_AGENT' }) },
}

const BEFORE = 'Nobody is signed in yet.'
const OWN = "Of the session's own person."
/** Mutations that need no permission, each with its reason. */
export const WITHOUT_PERMISSION: Readonly<Record<string, string>> = {
  acceptInvitation: 'Whoever has the link that was mailed.', changePassword: OWN, completeSignIn: BEFORE, confirmTwoFactor: OWN, disableTwoFactor: OWN, enableTwoFactor: OWN,
  leaveOrganisation: OWN, regenerateRecoveryCodes: OWN, requestPasswordReset: BEFORE, resendVerification: BEFORE, resetPassword: BEFORE, revokeOtherSessions: OWN, revokeSession: OWN,
  signIn: BEFORE, signOut: OWN, signUp: BEFORE, switchOrganisation: OWN, verifyEmail: BEFORE,
}
