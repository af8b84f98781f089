// Generated from sdk/operations by `npm run generate`. Do not edit.
import type { AdminGroup } from './admin.ts'
import type { AnalyticsGroup } from './analytics.ts'
import type { AuditGroup } from './audit.ts'
import type { AuthGroup } from './auth.ts'
import type { CommentsGroup } from './comments.ts'
import type { EventsGroup } from './events.ts'
import type { ExecutionGroup } from './execution.ts'
import type { GovernanceGroup } from './governance.ts'
import type { HealthGroup } from './health.ts'
import type { ViewerGroup } from './identity.ts'
import type { KeysGroup } from './keys.ts'
import type { MembersGroup } from './members.ts'
import type { NotificationsGroup } from './notifications.ts'
import type { OrganisationsGroup } from './organisations.ts'
import type { PlanningGroup } from './plans.ts'
import type { PresenceGroup } from './presence.ts'
import type { ProjectsGroup } from './projects.ts'
import type { QaGroup } from './qa.ts'
import type { SyncGroup } from './sync.ts'
import type { TeamsGroup } from './teams.ts'
import type { TemplatesGroup } from './templates.ts'
import type { WebhooksGroup } from './webhooks.ts'

export type * from './admin.ts'
export type * from './analytics.ts'
export type * from './audit.ts'
export type * from './auth.ts'
export type * from './comments.ts'
export type * from './events.ts'
export type * from './execution.ts'
export type * from './governance.ts'
export type * from './health.ts'
export type * from './identity.ts'
export type * from './keys.ts'
export type * from './members.ts'
export type * from './notifications.ts'
export type * from './organisations.ts'
export type * from './plans.ts'
export type * from './presence.ts'
export type * from './projects.ts'
export type * from './qa.ts'
export type * from './shared.ts'
export type * from './sync.ts'
export type * from './teams.ts'
export type * from './templates.ts'
export type * from './webhooks.ts'

/** The methods of the client, by group. */
export interface Groups {
  /** For administrators and for the operator of the server: acting as others, organisations, roles on the platform. */
  readonly admin: AdminGroup
  /** Flow and time: how fast work went, when it will be done, and what waits for what. */
  readonly analytics: AnalyticsGroup
  /** The audit log: what was done, by whom, and the proof that nothing of it was changed since. */
  readonly audit: AuditGroup
  /** People: signing up and in, second factors, sessions. The token of a session goes where an API key goes. */
  readonly auth: AuthGroup
  /** Comments on milestones, steps and microsteps, in threads. */
  readonly comments: CommentsGroup
  /** The event log: every change of a project, in order. */
  readonly events: EventsGroup
  /** Keeping a plan file and the server together. */
  readonly execution: ExecutionGroup
  /** A project's own rules: what they say, how they came to be, and agreement to changes that they want agreement for. */
  readonly governance: GovernanceGroup
  /** The server's own state. */
  readonly health: HealthGroup
  /** API keys: make, list, rotate and revoke them. */
  readonly keys: KeysGroup
  /** Members of the organisation, invitations, and roles in projects. */
  readonly members: MembersGroup
  /** What one is told: the notification centre, what one watches, what is mailed. */
  readonly notifications: NotificationsGroup
  /** The organisation that the key or session belongs to: settings, and what its tier allows. */
  readonly organisations: OrganisationsGroup
  /** Plans: milestones, their steps and microsteps. */
  readonly planning: PlanningGroup
  /** Who is here, on which item, doing what. */
  readonly presence: PresenceGroup
  /** Projects: each keeps one plan. */
  readonly projects: ProjectsGroup
  /** Quality from evidence: runs of checks, what is known of each criterion, and figures that name what they are made of. */
  readonly qa: QaGroup
  /** What was written offline, and the conflicts that came of it. */
  readonly sync: SyncGroup
  /** Teams: `@team:frontend` mentions all members of one. `members.list({ teamId })` lists them. */
  readonly teams: TeamsGroup
  /** Templates and packs: what an organisation published and what comes with BuildRunner, and plans made of them. */
  readonly templates: TemplatesGroup
  /** Who the API key belongs to. */
  readonly viewer: ViewerGroup
  /** Webhooks: events of a project, sent to an address of yours, to Slack or to Discord. */
  readonly webhooks: WebhooksGroup
}
