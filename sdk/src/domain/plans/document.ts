/**
 * The types of `plan.json`, as the schemas of `format.ts` accept it. They are written out rather than inferred, so that
 * a program that names them does not have zod's types checked (three seconds of `tsc`); `format.test.ts` holds both equal.
 *
 * Keys that this version does not know are kept, so every object allows them.
 */

export type Status = 'todo' | 'in_progress' | 'blocked' | 'in_review' | 'done' | 'cancelled'
/** How much something matters. */
export type Priority = 'low' | 'medium' | 'high' | 'critical'

/** Hours of work: one number, or three points (PERT: expected = (o + 4l + p) / 6). */
export type Estimate = number | { [key: string]: unknown; optimistic: number; likely: number; pessimistic: number }

/** How a criterion is verified. Paths are relative to the folder that holds `buildrunner/`, and stay inside it. */
export type Check = CommandCheck | HttpCheck | FileCheck | JunitCheck | CoverageCheck | ManualCheck

/** A shell command that ends with exit code 0. */
export type CommandCheck = {
  [key: string]: unknown
  kind: 'command'
  run: string
  /** Where it runs. Default: the folder that holds `buildrunner/`. */
  cwd?: string | undefined
  /** How long it may take. Default: 600. */
  timeoutSeconds?: number | undefined
  /** Variables that look like secrets are kept from commands; these are passed on. */
  env?: string[] | undefined
}

/** A URL that answers. */
export type HttpCheck = {
  [key: string]: unknown
  kind: 'http'
  url: string
  /** Default: 200. */
  status?: number | undefined
  /** A regular expression (JavaScript, flags `mu`) that the body matches. */
  matches?: string | undefined
}

/** A file that exists. */
export type FileCheck = {
  [key: string]: unknown
  kind: 'file'
  /** A path or a glob. */
  path: string
  /** A regular expression (JavaScript, flags `mu`) that at least one of the files matches. */
  matches?: string | undefined
}

/** A test report in JUnit's XML. */
export type JunitCheck = {
  [key: string]: unknown
  kind: 'junit'
  /** A path or a glob; several reports count together. */
  path: string
  /** The most tests that may fail. Default: 0. */
  maxFailures?: number | undefined
  /** The fewest tests that must have run. Default: 1. */
  minTests?: number | undefined
}

/** A coverage report: lcov, Cobertura XML or Istanbul's JSON summary. */
export type CoverageCheck = {
  [key: string]: unknown
  kind: 'coverage'
  /** A path or a glob; several reports count together. */
  path: string
  /** Percent. */
  min: number
  /** Default: `lines`. */
  metric?: 'lines' | 'branches' | 'functions' | undefined
}

/** Somebody confirms it. */
export type ManualCheck = {
  [key: string]: unknown
  kind: 'manual'
  /** A role or a person. Default: whoever may report results. */
  by?: string | undefined
}

/** What must be true for an item to be done. */
export interface AcceptanceCriterion {
  [key: string]: unknown
  /** Its identity inside the item; without it the text is. */
  id?: string | undefined
  /** What must be true. */
  text: string
  /** How it is verified. */
  check?: Check | undefined
}

/** A link. */
export interface Link {
  [key: string]: unknown
  /** An absolute URL, or a path relative to the repository. */
  url: string
  /** Text of the link. */
  title?: string | undefined
}

interface Item {
  [key: string]: unknown
  /** The author's own identifier: unique in the plan, never parsed for meaning. */
  id: string
  /** One line that says what this is. */
  title: string
  /** Markdown. */
  description?: string | undefined
  /** Ids of items that must be finished first. */
  dependsOn?: string[] | undefined
  /** Who does it. */
  assignee?: string | undefined
  /** Free words to group by. */
  labels?: string[] | undefined
  priority?: Priority | undefined
  /** Where more is to be found. */
  links?: Link[] | undefined
  /** Markdown. */
  notes?: string | undefined
  acceptanceCriteria?: AcceptanceCriterion[] | undefined
  /** The id this item had before; comments and evidence follow it. */
  renamedFrom?: string | undefined
}

/** The smallest unit of work that is tracked. */
export interface Microstep extends Item {
  /** Default: `todo`. */
  status?: Status | undefined
  /** Hours of work. */
  estimate?: Estimate | undefined
}

/** A unit of work inside a milestone. */
export interface Step extends Item {
  /** In the order they are worked on. */
  microsteps?: Microstep[] | undefined
}

/** A phase of the project with a result of its own. */
export interface Milestone extends Item {
  /** A label that groups milestones. */
  phase?: string | undefined
  /** `YYYY-MM-DD`. */
  dueDate?: string | undefined
  /** In the order they are worked on. */
  steps?: Step[] | undefined
}

/** Written by `br sync`; names the base of the next merge. */
export interface SyncMark {
  [key: string]: unknown
  /** The project on the server. */
  projectId: string
  /** The event sequence that the file was last synchronised at. */
  sequence: number
  /** Plan changes from the plan at that sequence to the base of the next merge; absent without open conflicts. */
  basePatch?: { [key: string]: unknown; op: 'add' | 'update' | 'move' | 'remove' | 'rename' | 'head' }[] | undefined
}

/** A whole plan document, as it stands in `plan.json`. */
export interface Plan {
  [key: string]: unknown
  /** The address of the JSON Schema, for editors. */
  $schema?: string | undefined
  /** The major version of the format. */
  version: 1
  /** What the plan builds. */
  project: { [key: string]: unknown; name: string; description?: string | undefined }
  /** What ties the file to a project. */
  'x-sync'?: SyncMark | undefined
  /** In the order they are worked on. */
  milestones: Milestone[]
}
