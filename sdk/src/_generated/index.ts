// Generated from sdk/operations by `npm run generate`. Do not edit.
import type { AuditGroup } from './audit.ts'
import type { CommentsGroup } from './comments.ts'
import type { EventsGroup } from './events.ts'
import type { ExecutionGroup } from './execution.ts'
import type { HealthGroup } from './health.ts'
import type { ViewerGroup } from './identity.ts'
import type { KeysGroup } from './keys.ts'
import type { PlanningGroup } from './plans.ts'
import type { ProjectsGroup } from './projects.ts'

export type * from './audit.ts'
export type * from './comments.ts'
export type * from './events.ts'
export type * from './execution.ts'
export type * from './health.ts'
export type * from './identity.ts'
export type * from './keys.ts'
export type * from './plans.ts'
export type * from './projects.ts'
export type * from './shared.ts'

/** The methods of the client, by group. */
export interface Groups {
  /** The audit log: what was done, by whom, and the proof that nothing of it was changed since. */
  readonly audit: AuditGroup
  /** Comments on milestones, steps and microsteps, in threads. */
  readonly comments: CommentsGroup
  /** The event log: every change of a project, in order. */
  readonly events: EventsGroup
  /** Keeping a plan file and the server together. */
  readonly execution: ExecutionGroup
  /** The server's own state. */
  readonly health: HealthGroup
  /** API keys: make, list, rotate and revoke them. */
  readonly keys: KeysGroup
  /** Plans: milestones, their steps and microsteps. */
  readonly planning: PlanningGroup
  /** Projects: each keeps one plan. */
  readonly projects: ProjectsGroup
  /** Who the API key belongs to. */
  readonly viewer: ViewerGroup
}
