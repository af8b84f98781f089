/** What every importer reads its source into; `build.ts` makes the plan of it. */
import type { ItemFields } from '../types.ts'
import type { Report } from './report.ts'
import type { Mark } from './source-text.ts'
import type { ImportProblem } from './types.ts'

/** A dependency: the draft it names, or only the text where it names none (a dangling one, kept and reported). */
export interface Reference {
  text: string
  at: Mark
  target?: Draft
}

export interface Draft {
  /** The source's own id in full; becomes the plan's id. Without it the id is made of the parent's id and the title. */
  key?: string
  /** What the made id uses in place of the title. */
  slug?: string
  title: string
  /** True for an item of the source; false for what only groups them (a tag, a heading, a level that the format requires). */
  task: boolean
  /** A grouping that the source does not name; its children's ids are made from its parent's. */
  implied?: boolean
  /** The source's word for the status. */
  status?: string
  /** Everything else, as the plan has it. */
  fields: Partial<ItemFields>
  dependsOn: Reference[]
  children: Draft[]
  at: Mark
}

/** Level 1 are milestones, level 2 steps, level 3 microsteps; what lies deeper is flattened. */
export interface DraftPlan {
  /** Keys at the top of the document. */
  head: Record<string, unknown>
  project: { name: string; description?: string } & Record<string, unknown>
  milestones: Draft[]
  /** The unknown key that keeps what has no place in our format. */
  extraKey: `x-${string}`
  /** True for our own formats, where everything is meant as it stands. */
  own?: boolean
}

/** What an importer returns: the draft, or problems because of which there is none. */
export interface Reading {
  draft?: DraftPlan
  problems: ImportProblem[]
}

/** What an importer is given beside its sources. */
export interface ImportContext {
  report: Report
  projectName?: string
}

/** A draft with everything empty but what is given. */
export const newDraft = (given: Pick<Draft, 'title' | 'at'> & Partial<Draft>): Draft => ({ task: true, fields: {}, dependsOn: [], children: [], ...given })

/** Adds to the item's unknown key without losing what is there. */
export function keepExtra(fields: Partial<ItemFields>, extraKey: string, values: Record<string, unknown>): void {
  fields[extraKey] = { ...(fields[extraKey] as Record<string, unknown> | undefined), ...values }
}

/** Joins pieces of markdown as paragraphs; undefined when nothing is left. */
export function paragraphs(...pieces: (string | undefined)[]): string | undefined {
  const kept = pieces.map((piece) => piece?.trim()).filter((piece) => piece !== undefined && piece !== '')
  return kept.length === 0 ? undefined : kept.join('\n\n')
}
