/** A conflict that waits for a decision, wherever it waits: in the plan file of this folder, in the server's list, or on this device. */
import type { AffectedCriterion, FlatPlan, PlanChange } from '@buildrunner/sdk/plans'

export interface OpenConflict {
  /** `T3.title` for one of the plan file; else its id in the list it is in. */
  readonly id: string
  readonly source: 'file' | 'server' | 'device'
  /** How the edits conflict: `field`, `edit-delete`, ... */
  readonly kind: string
  /** Null for the head of the document. */
  readonly itemKey: string | null
  readonly itemTitle: string | null
  readonly field: string | null
  /** The three values; null where there was nothing. */
  readonly base: unknown
  readonly local: unknown
  readonly remote: unknown
  /** Whose edit it was; null for that of the file. */
  readonly by: string | null
  /** Of the server's list: the sync of a plan file found it. */
  readonly fromFile?: boolean
  /** ISO 8601; null for one that is found by comparing just now. */
  readonly createdAt: string | null
}

/** The local side, the remote one, or a value that somebody made of both. */
export type Decision = { readonly keep: 'local' | 'remote' } | { readonly merge: unknown }

/** What a decision would do. */
export interface Preview {
  /** To the plan on the server. */
  readonly server: PlanChange[]
  /** To the plan file. */
  readonly file: PlanChange[]
  /** Acceptance criteria to look at again. */
  readonly affectedCriteria: AffectedCriterion[]
}

/** The plans that the changes of a preview are made to. */
export interface Before {
  readonly server: FlatPlan
  readonly file: FlatPlan
}

/** A place where conflicts wait. */
export interface ConflictSource {
  list(): Promise<OpenConflict[]>
  preview(conflict: OpenConflict, decision: Decision): Promise<Preview>
  /** What stands while nothing is decided. */
  before(): Promise<Before>
  resolve(conflict: OpenConflict, decision: Decision): Promise<void>
}

/** Its name for people: what it is about. */
export const placeOf = ({ itemKey, field }: Pick<OpenConflict, 'itemKey' | 'field'>): string => `${itemKey ?? 'plan'}${field === null ? '' : `.${field}`}`
