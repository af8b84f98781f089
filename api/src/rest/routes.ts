/**
 * The binding table of the REST facade: which method and path mean which operation of the catalogue. Everything else
 * follows from the operation by rule:
 *
 * - a variable is a path, query or body parameter of the same name in snake_case; `idempotencyKey` is the header;
 * - the body of an answer is what the SDK's method gives as `data`, in snake_case;
 * - a subscription is a stream of server-sent events, whose `data` is such a body and whose `id` is its sequence;
 * - an opaque JSON value (a plan document, plan changes, event data) is passed on as it is.
 *
 * Paths stand below `/api`, and are served without that prefix too.
 */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What a route says beyond method, path and operation. */
export interface RouteOptions {
  /** Status of a success. Default: 200. */
  readonly status?: 200 | 201
  /** Status by the body of the answer, where `status` is not the only one of a read. */
  readonly unwellStatus?: { readonly status: number; readonly when: (body: Readonly<Record<string, unknown>>) => boolean; readonly description: string }
  /** Path of what was made, with names of the answer in braces. */
  readonly location?: string
  /** True: the answer is an `ExportedFile`, which is sent as a file of its own media type and name. */
  readonly isFile?: boolean
  /** Other names of parameters. */
  readonly aliases?: Readonly<Record<string, string>>
}

export interface Route extends RouteOptions {
  /** Name in the catalogue, and the `operationId`. */
  readonly operation: string
  readonly method: Method
  /** Below `/api`, with parameters in braces. */
  readonly path: string
  /** Heading in the documentation. */
  readonly tag: Tag
}

/** Headings of the documentation, in their order. */
export const TAGS = {
  Projects: 'Each keeps one plan.',
  Planning: 'A plan: milestones, their steps and microsteps.',
  Execution: 'Keeping a plan file and the server together.',
  Sync: 'What was written offline, and the conflicts that came of it.',
  Comments: 'Threads on items of the plan.',
  Analytics: 'Flow and time: how fast work went, when it will be done, what waits for what.',
  Quality: 'Runs of checks, their evidence, and what it says of criteria, items and projects.',
  Templates: 'Templates and packs, and the plans that are made of them.',
  Webhooks: 'Events of a project, sent to an address of yours, to Slack or to Discord.',
  Governance: "A project's own rules, their history, and agreement to changes that they want agreement for.",
  Notifications: 'What you were told; what you watch, mute and are mailed.',
  Organisation: 'Settings and limits, members, invitations, teams, and roles in projects.',
  Auth: 'People: signing up and in, second factors, sessions.',
  Keys: 'API keys: what each may do, until when, and from which it was rotated.',
  Audit: 'The audit log: what was done, by whom, and the proofs that nothing of it was changed.',
  Administration: 'Acting as others; organisations and roles on the platform.',
  Events: 'The event log: every change of a project, in order.',
  Presence: 'Who is here, on which item, doing what.',
  Server: 'The state of the server, and who asks it.',
} as const

export type Tag = keyof typeof TAGS

const PAGE = { limit: 'first', cursor: 'after' } as const
const PROJECT = '/projects/{project_id}'
const COMMENT = '/comments/{comment_id}'
const KEY = '/admin/api-keys/{key_id}'
const WEBHOOK = '/webhooks/{webhook_id}'
/** What a comment is about. */
const ENTITY = { entity_id: 'item_id', entity_type: 'item_kind' } as const

const routes = (tag: Tag, table: readonly (readonly [operation: string, method: Method, path: string, options?: RouteOptions])[]): Route[] =>
  table.map(([operation, method, path, options]) => ({ operation, method, path, tag, ...options }))

/** The five ways to write one kind of plan item. */
const itemRoutes = (kind: string, Kind: string): Route[] =>
  routes('Planning', [
    [`planning_add${Kind}`, 'POST', `${PROJECT}/${kind}s`, { status: 201, location: `${PROJECT}/items/{${kind}.key}` }],
    [`planning_update${Kind}`, 'PATCH', `${PROJECT}/${kind}s/{id}`],
    [`planning_move${Kind}`, 'POST', `${PROJECT}/${kind}s/{id}/move`],
    [`planning_delete${Kind}`, 'DELETE', `${PROJECT}/${kind}s/{id}`],
  ])

export const ROUTES: readonly Route[] = [
  ...routes('Projects', [
    ['projects_list', 'GET', '/projects', { aliases: PAGE }],
    ['projects_create', 'POST', '/projects', { status: 201, location: '/projects/{project.id}' }],
    ['projects_get', 'GET', PROJECT],
    ['projects_update', 'PATCH', PROJECT],
    ['projects_archive', 'POST', `${PROJECT}/archive`],
  ]),
  ...routes('Planning', [
    ['planning_getPlan', 'GET', `${PROJECT}/plan`],
    ['planning_getDocument', 'GET', `${PROJECT}/plan/document`],
    ['planning_importPlan', 'POST', `${PROJECT}/plan/import`],
    ['planning_applyChanges', 'POST', `${PROJECT}/plan/changes`],
    ['planning_getAnalysis', 'GET', `${PROJECT}/plan/analysis`],
    ['planning_whatIf', 'POST', `${PROJECT}/plan/what-if`],
    ['planning_getItem', 'GET', `${PROJECT}/items/{id}`],
    ['planning_listMilestones', 'GET', `${PROJECT}/milestones`, { aliases: PAGE }],
    ['planning_listSteps', 'GET', `${PROJECT}/steps`, { aliases: PAGE }],
    ['planning_listMicrosteps', 'GET', `${PROJECT}/microsteps`, { aliases: PAGE }],
    ['planning_setStatus', 'PUT', `${PROJECT}/microsteps/{id}/status`],
  ]),
  ...itemRoutes('milestone', 'Milestone'),
  ...itemRoutes('step', 'Step'),
  ...itemRoutes('microstep', 'Microstep'),
  ...routes('Execution', [['execution_sync', 'POST', `${PROJECT}/sync`]]),
  ...routes('Sync', [
    ['sync_push', 'POST', `${PROJECT}/writes`],
    ['sync_pull', 'GET', `${PROJECT}/changes`],
    ['sync_getQueue', 'GET', `${PROJECT}/sync-queue`],
    ['sync_watchQueue', 'GET', `${PROJECT}/sync-queue/stream`],
    ['sync_listEvents', 'GET', `${PROJECT}/sync-events`, { aliases: PAGE }],
    ['sync_listConflicts', 'GET', `${PROJECT}/conflicts`, { aliases: PAGE }],
    ['sync_getConflict', 'GET', '/conflicts/{conflict_id}'],
    ['sync_resolveConflict', 'POST', '/conflicts/{conflict_id}/resolve'],
  ]),
  ...routes('Comments', [
    ['comments_list', 'GET', '/comments', { aliases: { ...PAGE, ...ENTITY } }],
    ['comments_add', 'POST', '/comments', { status: 201, location: '/comments/{comment.id}', aliases: ENTITY }],
    ['comments_get', 'GET', COMMENT],
    ['comments_edit', 'PATCH', COMMENT],
    ['comments_delete', 'DELETE', COMMENT],
    ['comments_replies', 'GET', `${COMMENT}/replies`, { aliases: PAGE }],
    ['comments_reply', 'POST', `${COMMENT}/replies`, { status: 201, location: '/comments/{comment.id}' }],
    ['comments_resolve', 'POST', `${COMMENT}/resolve`],
    ['comments_promote', 'POST', `${COMMENT}/promote`, { status: 201 }],
    ['comments_react', 'POST', `${COMMENT}/reactions`],
    ['comments_unreact', 'DELETE', `${COMMENT}/reactions/{emoji}`],
    ['comments_attach', 'POST', `${COMMENT}/attachments`, { status: 201 }],
    ['comments_detach', 'DELETE', `${COMMENT}/attachments/{attachment_id}`],
    ['comments_revisions', 'GET', `${COMMENT}/revisions`, { aliases: PAGE }],
    ['comments_render', 'GET', `${COMMENT}/html`],
    ['comments_markRead', 'POST', `${COMMENT}/read`],
    ['comments_markAllRead', 'POST', `${PROJECT}/comments/read`],
    ['comments_unread', 'GET', `${PROJECT}/comments/unread`],
    ['comments_suggestMentions', 'GET', `${PROJECT}/mentions`, { aliases: { limit: 'first' } }],
  ]),
  ...routes('Governance', [
    ['governance_getPolicy', 'GET', `${PROJECT}/policy`],
    ['governance_apply', 'PUT', `${PROJECT}/policy`],
    ['governance_listVersions', 'GET', `${PROJECT}/policy/versions`, { aliases: PAGE }],
    ['governance_diffVersions', 'GET', `${PROJECT}/policy/diff`],
    ['governance_validate', 'POST', `${PROJECT}/policy/validate`],
    ['governance_explain', 'POST', `${PROJECT}/policy/explain`],
    ['governance_simulate', 'POST', `${PROJECT}/policy/simulate`],
    ['governance_listApprovals', 'GET', `${PROJECT}/approvals`, { aliases: PAGE }],
    ['governance_requestApproval', 'POST', `${PROJECT}/approvals`, { status: 201 }],
    ['governance_getApproval', 'GET', '/approvals/{approval_id}'],
    ['governance_approve', 'POST', '/approvals/{approval_id}/approve'],
    ['governance_refuse', 'POST', '/approvals/{approval_id}/refuse'],
  ]),
  ...routes('Notifications', [
    ['notifications_list', 'GET', '/notifications', { aliases: PAGE }],
    ['notifications_markRead', 'POST', '/notifications/read'],
    ['notifications_settings', 'GET', '/notifications/settings'],
    ['notifications_updateSettings', 'PATCH', '/notifications/settings'],
    ['notifications_interests', 'GET', '/notifications/interests'],
    ['notifications_follow', 'GET', '/notifications/stream'],
    ['notifications_watch', 'POST', `${PROJECT}/watch`],
    ['notifications_mute', 'POST', `${PROJECT}/mute`],
    ['notifications_reset', 'POST', `${PROJECT}/unwatch`],
  ]),
  ...routes('Analytics', [
    ['analytics_getFlow', 'GET', '/analytics/flow'],
    ['analytics_getForecast', 'GET', '/analytics/forecast'],
    ['analytics_getTimeline', 'GET', '/analytics/timeline'],
    ['analytics_getGraph', 'GET', '/analytics/graph'],
    ['analytics_listStatusHistory', 'GET', '/analytics/status-history', { aliases: PAGE }],
    ['analytics_export', 'GET', '/analytics/export', { isFile: true }],
  ]),
  ...routes('Quality', [
    ['qa_recordRun', 'POST', `${PROJECT}/qa/runs`, { status: 201, location: '/qa/runs/{run.id}' }],
    ['qa_listRuns', 'GET', `${PROJECT}/qa/runs`, { aliases: PAGE }],
    ['qa_getRun', 'GET', '/qa/runs/{run_id}'],
    ['qa_listEvidence', 'GET', `${PROJECT}/qa/evidence`, { aliases: PAGE }],
    ['qa_getEvidence', 'GET', '/qa/evidence/{evidence_id}'],
    ['qa_recordManual', 'POST', `${PROJECT}/qa/confirmations`, { status: 201, location: '/qa/evidence/{evidence.id}' }],
    ['qa_getItemQuality', 'GET', `${PROJECT}/qa/items/{item_id}`],
    ['qa_getSummary', 'GET', `${PROJECT}/qa/summary`],
    ['qa_listFlaky', 'GET', `${PROJECT}/qa/flaky`, { aliases: PAGE }],
    ['qa_recordPreview', 'POST', `${PROJECT}/previews`, { status: 201 }],
    ['qa_listPreviews', 'GET', `${PROJECT}/previews`, { aliases: PAGE }],
  ]),
  ...routes('Webhooks', [
    ['webhooks_list', 'GET', `${PROJECT}/webhooks`, { aliases: PAGE }],
    ['webhooks_create', 'POST', `${PROJECT}/webhooks`, { status: 201, location: '/webhooks/{webhook.id}' }],
    ['webhooks_get', 'GET', WEBHOOK],
    ['webhooks_update', 'PATCH', WEBHOOK],
    ['webhooks_delete', 'DELETE', WEBHOOK],
    ['webhooks_rotateSecret', 'POST', `${WEBHOOK}/rotate-secret`],
    ['webhooks_test', 'POST', `${WEBHOOK}/test`],
    ['webhooks_deliveries', 'GET', `${WEBHOOK}/deliveries`, { aliases: PAGE }],
    ['webhooks_replayAll', 'POST', `${WEBHOOK}/deliveries/replay`],
    ['webhooks_replay', 'POST', '/deliveries/{delivery_id}/replay'],
  ]),
  ...routes('Templates', [
    ['templates_list', 'GET', '/templates', { aliases: PAGE }],
    ['templates_publish', 'POST', '/templates', { status: 201, location: '/templates/{template.name}' }],
    ['templates_builtIn', 'GET', '/templates/built-in'],
    ['templates_instantiate', 'POST', '/templates/instantiate'],
    ['templates_get', 'GET', '/templates/{template}'],
    ['templates_deprecate', 'POST', '/templates/{name}/{version}/deprecate'],
  ]),
  ...routes('Organisation', [
    ['organisations_get', 'GET', '/organisation'],
    ['organisations_update', 'PATCH', '/organisation'],
    ['organisations_leave', 'POST', '/organisation/leave'],
    ['members_list', 'GET', '/members', { aliases: PAGE }],
    ['members_setRole', 'PUT', '/members/{user_id}/role'],
    ['members_remove', 'DELETE', '/members/{user_id}'],
    ['members_invitations', 'GET', '/invitations', { aliases: PAGE }],
    ['members_invite', 'POST', '/invitations', { status: 201 }],
    ['members_acceptInvitation', 'POST', '/invitations/accept'],
    ['members_resendInvitation', 'POST', '/invitations/{invitation_id}/resend'],
    ['members_revokeInvitation', 'DELETE', '/invitations/{invitation_id}'],
    ['members_listInProject', 'GET', `${PROJECT}/members`, { aliases: PAGE }],
    ['members_setProjectRole', 'PUT', `${PROJECT}/members/{user_id}`],
    ['members_removeProjectRole', 'DELETE', `${PROJECT}/members/{user_id}`],
    ['teams_list', 'GET', '/teams', { aliases: PAGE }],
    ['teams_create', 'POST', '/teams', { status: 201 }],
    ['teams_update', 'PATCH', '/teams/{team_id}'],
    ['teams_delete', 'DELETE', '/teams/{team_id}'],
    ['teams_addMember', 'PUT', '/teams/{team_id}/members/{user_id}'],
    ['teams_removeMember', 'DELETE', '/teams/{team_id}/members/{user_id}'],
  ]),
  ...routes('Auth', [
    ['auth_signUp', 'POST', '/auth/sign-up'],
    ['auth_resendVerification', 'POST', '/auth/resend-verification'],
    ['auth_verifyEmail', 'POST', '/auth/verify-email'],
    ['auth_signIn', 'POST', '/auth/sign-in'],
    ['auth_completeSignIn', 'POST', '/auth/sign-in/complete'],
    ['auth_signOut', 'POST', '/auth/sign-out'],
    ['auth_requestPasswordReset', 'POST', '/auth/request-password-reset'],
    ['auth_resetPassword', 'POST', '/auth/reset-password'],
    ['auth_changePassword', 'POST', '/auth/change-password'],
    ['auth_session', 'GET', '/auth/session'],
    ['auth_switchOrganisation', 'POST', '/auth/session/organisation'],
    ['auth_sessions', 'GET', '/auth/sessions', { aliases: PAGE }],
    ['auth_revokeSession', 'DELETE', '/auth/sessions/{session_id}'],
    ['auth_revokeOtherSessions', 'POST', '/auth/sessions/revoke-others'],
    ['auth_enableTwoFactor', 'POST', '/auth/two-factor'],
    ['auth_confirmTwoFactor', 'POST', '/auth/two-factor/confirm'],
    ['auth_disableTwoFactor', 'POST', '/auth/two-factor/disable'],
    ['auth_regenerateRecoveryCodes', 'POST', '/auth/two-factor/recovery-codes'],
  ]),
  ...routes('Keys', [
    ['keys_create', 'POST', '/admin/api-keys', { status: 201, location: `/admin/api-keys/{api_key.id}` }],
    ['keys_list', 'GET', '/admin/api-keys', { aliases: PAGE }],
    ['keys_get', 'GET', KEY],
    ['keys_rotate', 'POST', `${KEY}/rotate`, { status: 201, location: `/admin/api-keys/{api_key.id}` }],
    ['keys_revoke', 'DELETE', KEY],
  ]),
  ...routes('Audit', [
    ['audit_list', 'GET', '/audit/records', { aliases: PAGE }],
    ['audit_log', 'GET', '/audit/log', { aliases: { limit: 'first' } }],
    ['audit_checkpoint', 'GET', '/audit/checkpoint'],
    ['audit_inclusionProof', 'GET', '/audit/records/{record_id}/proof'],
    ['audit_consistencyProof', 'GET', '/audit/consistency-proof'],
    ['audit_keys', 'GET', '/audit/keys'],
    ['audit_erase', 'POST', '/audit/erase'],
  ]),
  ...routes('Administration', [
    ['admin_startImpersonation', 'POST', '/admin/impersonation', { status: 201, aliases: { duration_minutes: 'minutes' } }],
    ['admin_listImpersonations', 'GET', '/admin/impersonation', { aliases: PAGE }],
    ['admin_endImpersonation', 'DELETE', '/admin/impersonation/{impersonation_id}'],
    ['admin_listTenants', 'GET', '/admin/tenants', { aliases: PAGE }],
    ['admin_updateTenant', 'PATCH', '/admin/tenants/{organisation_id}'],
    ['admin_listPlatformPeople', 'GET', '/admin/platform-roles', { aliases: PAGE }],
    ['admin_setPlatformRole', 'PUT', '/admin/platform-roles/{user_id}'],
  ]),
  ...routes('Events', [
    ['events_list', 'GET', `${PROJECT}/events`, { aliases: { limit: 'first' } }],
    ['events_watch', 'GET', `${PROJECT}/events/stream`],
  ]),
  ...routes('Presence', [
    ['presence_get', 'GET', `${PROJECT}/presence`],
    ['presence_watch', 'GET', `${PROJECT}/presence/stream`],
    ['presence_update', 'PUT', `${PROJECT}/presence/{device_id}`],
    ['presence_leave', 'DELETE', `${PROJECT}/presence/{device_id}`],
  ]),
  ...routes('Server', [
    ['viewer_get', 'GET', '/viewer'],
    ['viewer_rateLimit', 'GET', '/rate-limit'],
    ['health_check', 'GET', '/health', {
      unwellStatus: { status: 503, when: ({ status }) => status === 'down', description: 'The server is down; the body says what is missing.' },
    }],
  ]),
]

/** Operations that need no key or session: they are how one gets one, or tell whether the server is well. */
export const WITHOUT_KEY: ReadonlySet<string> = new Set([
  'health_check', 'auth_signUp', 'auth_resendVerification', 'auth_verifyEmail', 'auth_signIn', 'auth_completeSignIn', 'auth_requestPasswordReset', 'auth_resetPassword',
])

/** Operations of the catalogue that have no route, each with its reason. */
export const WITHOUT_ROUTE: Readonly<Record<string, string>> = {}
