/** What a write tells of itself, so that the rules of its project can be asked: by reference only, since most projects have none. */
import type { FlatPlan, PlanChange } from '@buildrunner/sdk/plans'
import type { RowChange } from '../shared/write.ts'

/** A project, as a write read it with the sequence of its stream. */
export interface GovernedProject {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly archived: boolean
  /** Of its own rules that are in force; null: it has none. */
  readonly policyVersion: number | null
}

/** A change of a plan. */
export interface PlanEdit {
  readonly before: FlatPlan
  readonly after: FlatPlan
  readonly changes: readonly PlanChange[]
  /** Of the stream when `before` was read. */
  readonly sequence: number
  /** True: `before` and `after` hold the one item that changes, without its place. */
  readonly isPart: boolean
  /** UUID of an item by its key before the change; undefined for one that is added. */
  uuidOf(key: string): string | undefined
}

export interface Governed {
  readonly project: GovernedProject
  readonly plan?: PlanEdit
  /** Key of the item of the plan that the write is about without changing it. */
  readonly itemKey?: string | null
  /** What is changed, where that is no plan: of a policy the ids of its rules. */
  readonly fields?: readonly string[]
}

/** What rules bring about beside letting a write pass: written with it, in one statement. */
export interface Consequences {
  /** Their texts take nothing from the stream: the project's id is among their values. */
  readonly rows: readonly RowChange[]
  /** They follow the event of the write. */
  readonly events: readonly { readonly kind: string; readonly data: object }[]
}

/** What somebody writes in spite of rules. */
export interface Override {
  /** Ids of rules. */
  readonly rules: readonly string[]
  readonly reason: string
}

/** A rule that lets pass, and says something. */
export interface PolicyWarning {
  readonly rule: string
  readonly line: number
  readonly message: string
  readonly remedy: string | null
}

/** Columns of a project `p` that every write in it reads, beside its id. */
export const GOVERNED_COLUMNS = 'p.slug AS project_slug, p.name AS project_name, p.policy_version, p.archived_at IS NOT NULL AS archived'

export interface GovernedColumns {
  project_id: string
  project_slug: string
  project_name: string
  policy_version: number | null
  archived: boolean
}

export const governedProject = (row: GovernedColumns): GovernedProject => ({ id: row.project_id, slug: row.project_slug, name: row.project_name, archived: row.archived, policyVersion: row.policy_version })
