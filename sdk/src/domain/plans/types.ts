/** The plan's types. Types only: importing this file never pulls zod into a program. */
import type { AcceptanceCriterion, Estimate, Link, Microstep, Milestone, Priority, Status, Step } from './document.ts'

export type {
  AcceptanceCriterion, Check, CommandCheck, CoverageCheck, Estimate, FileCheck, HttpCheck, JunitCheck, Link, ManualCheck, Microstep, Milestone, Plan, Priority, Status, Step,
  SyncMark,
} from './document.ts'

/** The three levels of a plan. */
export type ItemKind = 'milestone' | 'step' | 'microstep'
/** A document item with its children nested, as it stands in the file. */
export type DocumentItem = Milestone | Step | Microstep

/**
 * The fields of one item without its identity, place and children. A field that is absent, and a field that holds its
 * default (`todo`, an empty list), are the same: the flat form always leaves defaults out.
 */
export type ItemFields = Record<string, unknown> & {
  title: string
  description?: string
  dependsOn?: string[]
  assignee?: string
  labels?: string[]
  priority?: Priority
  links?: Link[]
  notes?: string
  acceptanceCriteria?: AcceptanceCriterion[]
  renamedFrom?: string
  /** Milestones only. */
  phase?: string
  /** Milestones only, `YYYY-MM-DD`. */
  dueDate?: string
  /** Microsteps only; absent means `todo`. */
  status?: Status
  /** Microsteps only. */
  estimate?: Estimate
}

/** One item of the flat form. */
export interface PlanItem {
  /** Its id. */
  readonly id: string
  /** Milestone, step or microstep. */
  readonly kind: ItemKind
  /** The id of the parent; null for a milestone. */
  readonly parentId: string | null
  /** Everything else it says. */
  readonly fields: ItemFields
}

/**
 * The flat form that analysis, diff, merge and the server work on.
 *
 * Invariants: `items` holds each id once; `children` lists every id exactly once, under its parent's id (null for the
 * milestones), in document order; kinds nest milestone > step > microstep.
 */
export interface FlatPlan {
  /** Everything at the top of the document but `milestones`, `x-sync` and `$schema`: `version`, `project`, unknown keys. */
  readonly head: Record<string, unknown>
  /** Every item, by id. */
  readonly items: ReadonlyMap<string, PlanItem>
  /** Ids of the children, in order, by the parent's id; null for the milestones. */
  readonly children: ReadonlyMap<string | null, readonly string[]>
}

/**
 * One change to a plan: the unit of diff, push, event log and undo. Changes of a batch apply in order.
 *
 * - `add` brings a whole subtree in document form. `after` is the id of the sibling it follows, null for the first place.
 * - `update` sets fields; null removes one. A field that is not named is not touched.
 * - `move` changes parent or place. `remove` takes the subtree with it. `rename` changes an id and every dependency on it.
 * - `head` sets keys at the top of the document (`project`, unknown keys); null removes one.
 */
export type PlanChange =
  | { op: 'add'; kind: ItemKind; parentId: string | null; after: string | null; item: DocumentItem }
  | { op: 'update'; id: string; set: Record<string, unknown> }
  | { op: 'move'; id: string; parentId: string | null; after: string | null }
  | { op: 'remove'; id: string }
  | { op: 'rename'; id: string; to: string }
  | { op: 'head'; set: Record<string, unknown> }

/** Why two edits cannot both stand. */
export type ConflictKind =
  | 'field' | 'edit-delete' | 'move-delete' | 'move-move' | 'add-add' | 'child-of-deleted' | 'cycle'

/** A conflict is a value: what the item or field was, and what each side made of it. Absent values are undefined. */
export interface PlanConflict {
  /** How the edits conflict. */
  kind: ConflictKind
  /** The item in conflict; null for the head of the document. */
  id: string | null
  /** The field in conflict, for `field` and `cycle`. */
  field?: string
  /** What it was. */
  base?: unknown
  /** What the caller's side made of it. */
  local?: unknown
  /** What the other side made of it. */
  remote?: unknown
}

/** One fault or remark found in a plan, wherever the plan came from. */
export interface PlanProblem {
  /** Stable: tools match on it. */
  code: string
  /** An `error` makes the plan unusable. */
  severity: 'error' | 'warning'
  /** JSON pointer (RFC 6901) of the offending value. */
  pointer: string
  /** One-based; present when the source text was given. */
  line?: number
  /** One-based, in UTF-16 units. */
  column?: number
  /** What is wrong. */
  message: string
  /** What to do about it. */
  remedy: string
}
