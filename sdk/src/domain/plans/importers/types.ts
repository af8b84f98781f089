/** What importers take and what they give back. */
import type { Plan, PlanProblem } from '../types.ts'

/** The formats that can be imported. */
export const IMPORT_FORMATS = ['task-master', 'spec-kit', 'backlog-md', 'checklist', 'markdown', 'plan'] as const
/** A format that can be imported. */
export type ImportFormat = (typeof IMPORT_FORMATS)[number]

/** One file of the source. `name` is its path as the caller knows it; folders in it are used (Backlog.md's `archive/`). */
export interface ImportSource {
  /** Path, as the caller knows it. */
  name: string
  /** What the file holds. */
  text: string
}

/** How to import. */
export interface ImportOptions {
  /** How to read the sources. Default: `auto`, recognised by content. */
  format?: 'auto' | ImportFormat
  /** Repair what is at fault (dangling and circular dependencies, duplicate ids) and say how in the report. Default: false. */
  fix?: boolean
  /** The project's name. Default: what the source calls it, or the file's name. */
  projectName?: string
}

/** Where something stands in the sources. Lines and columns are one-based, columns in UTF-16 units. */
export interface ImportPlace {
  /** Name of the file. */
  source?: string
  /** From 1. */
  line?: number
  /** From 1, in UTF-16 units. */
  column?: number
}

/** A problem of the imported plan, placed in the source it came from; `pointer` points into the plan. */
export type ImportProblem = PlanProblem & ImportPlace

/** Something a person should know that is no fault: a lossy mapping, a field without a place of its own, a regrouping. */
export interface ImportNote extends ImportPlace {
  /** Stable: tools match on it. */
  code: ImportNoteCode
  /** The same for people. */
  message: string
  /** The plan item it is about. */
  id?: string
  /** How often it occurred, for notes that are counted instead of repeated. The place is the first one's. */
  count?: number
}

/** What a note is about. */
export type ImportNoteCode =
  | 'status-mapped' // the source's status has no exact equal here
  | 'status-missing' // the source names no status
  | 'status-disagrees' // a task's own status contradicts its sub-tasks
  | 'flattened' // nested deeper than milestones > steps > microsteps
  | 'field-kept' // a field of the source without a place of its own, and where it went
  | 'field-redundant' // a field left out because the plan says the same in another way
  | 'same-text' // one text twice in one place, told apart by a number
  | 'id-changed' // an id that the format does not allow
  | 'title-changed' // a title that was missing, too long or spread over lines
  | 'text-kept' // text that belongs to no item, and where it went
  | 'reference-matched' // a reference that named its target loosely
  | 'yaml-repaired' // front matter that is no YAML, read as it was meant

/** One thing that `fix` did. */
export interface ImportRepair extends ImportPlace {
  /** The code of the problem that is gone. */
  code: string
  /** What was done. */
  message: string
  /** The plan item it was done to. */
  id?: string
}

/** An item of the source that is no item of the plan, and why. */
export interface ImportOmission extends ImportPlace {
  /** The item's own id or text. */
  item: string
  /** Why it is no item of the plan. */
  reason: string
}

/** How many of each kind. */
export interface ItemTally {
  /** Milestones. */
  milestones: number
  /** Steps. */
  steps: number
  /** Microsteps. */
  microsteps: number
}

/**
 * What became of the source.
 *
 * Two sums always hold: `found` = `arrived` + `merged` + `skipped`, and the size of the plan = `arrived` + `added`.
 */
export interface ImportReport {
  /** Undefined when the sources were not recognised. */
  format?: ImportFormat
  /** Items (tasks, sub-tasks, bullets; milestones and steps of our own formats) in the sources. */
  found: number
  /** How many of them are now what. */
  arrived: ItemTally
  /** Plan items that stand for no item of the source: its tags and headings, and what the three levels require. */
  added: ItemTally
  /** Items that stand in the text of another item, or of the project, now. */
  merged: ImportOmission[]
  /** Items that are not in the plan. */
  skipped: ImportOmission[]
  /** Files that hold no item, and why they were not read. */
  ignored: { source: string; reason: string }[]
  /** For each item that arrived: its id in the source (or its text where it has none), and its id in the plan. */
  ids: ({ from: string; to: string } & ImportPlace)[]
  /** What a person should know. */
  notes: ImportNote[]
  /** What `fix` did. */
  repairs: ImportRepair[]
}

/** A plan, what is wrong with it, and what became of its source. */
export interface ImportResult {
  /** The plan, as far as the source can be represented; absent when the source cannot be read. Usable only without errors. */
  plan?: Plan
  /** What is wrong with the plan, placed in the source. */
  problems: ImportProblem[]
  /** What became of the source. */
  report: ImportReport
}
