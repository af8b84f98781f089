/** What the `data` of a delivery says: the event of the log, and the project in whose stream it stands. */
import type { ProjectEvent } from '../_generated/events.ts'
import type { PlanChange } from '../domain/plans/types.ts'

interface Delivered<Kind extends string, Data> extends Omit<ProjectEvent, 'kind' | 'data'> {
  /** What happened. */
  readonly kind: Kind
  /** Node id of the project; with `sequence` it names the event for good. */
  readonly projectId: string
  /** What changed. */
  readonly data: Data
}

/** What a project says of itself. */
export interface ProjectFields {
  /** Unique in the organisation. */
  slug: string
  /** Display name. */
  name: string
  /** Markdown; null where there is none. */
  description: string | null
}

/** The plan changed: one write, of one status or of a whole import. */
export type PlanChangedEvent = Delivered<'plan.changed', { changes: PlanChange[]; inverse: PlanChange[] }>

/** A project was created. It is always the first event of its stream. */
export type ProjectCreatedEvent = Delivered<'project.created', ProjectFields>

/** Slug, name or description of a project changed. */
export type ProjectUpdatedEvent = Delivered<'project.updated', { before: ProjectFields; after: ProjectFields }>

/** A project was archived: it can be read, and not changed. */
export type ProjectArchivedEvent = Delivered<'project.archived', Record<string, never>>

/** An archived project is in use again. */
export type ProjectRestoredEvent = Delivered<'project.restored', Record<string, never>>

/**
 * A kind that this version of the SDK does not know.
 *
 * @remarks `kind` is typed as `%other`, so that a `switch` over the known kinds narrows; it holds what the server sent. Answer
 * 2xx and ignore it: a server may send further kinds at any time.
 */
export type UnknownEvent = Delivered<'%other', unknown>

/** What {@link unwrap} gives, told apart by `kind`. */
export type WebhookEvent = PlanChangedEvent | ProjectCreatedEvent | ProjectUpdatedEvent | ProjectArchivedEvent | ProjectRestoredEvent | UnknownEvent
