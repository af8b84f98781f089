/** One door for every format: recognise, read, build, validate, place, and on request repair. */
import { hasErrors } from '../problems.ts'
import type { DocumentItem, Plan } from '../types.ts'
import { validatePlan } from '../validate.ts'
import { readBacklogMd } from './backlog-md.ts'
import { buildPlan } from './build.ts'
import type { Origin } from './build.ts'
import { readChecklist } from './checklist.ts'
import { mergeMarkers, recognise } from './recognise.ts'
import type { ImportContext, Reading } from './draft.ts'
import { readMarkdown } from '../markdown-read.ts'
import { readPlanJson } from './plan-json.ts'
import { DEPENDENCY_FAULTS, placeOfPointer, repairPlan } from './repair.ts'
import { Report } from './report.ts'
import { SourceText } from './source-text.ts'
import { readSpecKit } from './spec-kit.ts'
import { readTaskMaster } from './task-master.ts'
import type { ImportFormat, ImportOptions, ImportProblem, ImportResult, ImportSource } from './types.ts'

/** Formats that are one file. */
const SINGLE: Partial<Record<ImportFormat, (source: SourceText, context: ImportContext) => Reading>> = {
  'task-master': readTaskMaster,
  'spec-kit': readSpecKit,
  markdown: readMarkdown,
}

/**
 * Imports a plan from the files of another tool, or from our own.
 *
 * Every item of the source arrives in the plan or is named in the report, and so does every field. Faults of the source
 * (circles, unknown and duplicate ids) are problems with their place in it; with `fix` they are repaired, and
 * `report.repairs` says how. The same sources give the same ids.
 *
 * @remarks The plan is there even when problems are errors, so that it can be looked at; use it only when
 * `hasErrors(problems)` is false. Never throws.
 * @example
 * const { plan, problems, report } = importPlan([{ name: 'tasks.json', text }], { fix: true })
 */
export function importPlan(sources: readonly ImportSource[], options: ImportOptions = {}): ImportResult {
  const report = new Report()
  try {
    return importWith(sources, options, report)
  } catch (error) {
    // Reading is recursive; a stack that ends is the only throw that input can cause.
    if (!(error instanceof RangeError)) throw error
    return { problems: [sourceProblem('too-deep', 'Items are nested too deep to be read.', 'Flatten the source.')], report: report.value }
  }
}

function importWith(sources: readonly ImportSource[], options: ImportOptions, report: Report): ImportResult {
  const failed = (problems: ImportProblem[]): ImportResult => ({ problems, report: report.value })
  const texts = sources.map((source) => new SourceText({ ...source, text: source.text }))
  const { format, chosen, ignored } = recognise(texts, options.format ?? 'auto')
  for (const { name } of ignored) report.ignore(name, format === undefined ? 'Its format is not known.' : `It is no ${format} file.`)
  const markers = (chosen.length > 0 ? chosen : texts).flatMap(mergeMarkers)
  if (markers.length > 0) return failed(markers)
  if (format === undefined || chosen.length === 0) return failed([unknownFormat(texts)])
  report.value.format = format
  const context = { report, ...(options.projectName !== undefined && { projectName: options.projectName }) }
  if (chosen.length > 1 && (format === 'plan' || SINGLE[format])) return failed([tooMany(format, chosen)])
  if (format === 'plan') return finish(readPlanJson(chosen[0]!, context), options, report)
  const reading = readDrafts(format, chosen, context)
  if (reading.draft === undefined) return failed(reading.problems)
  return finish({ ...buildPlan(reading.draft, report), problems: reading.problems }, options, report)
}

function readDrafts(format: ImportFormat, chosen: readonly SourceText[], context: ImportContext): Reading {
  if (format === 'backlog-md') return readBacklogMd(chosen, context)
  if (format === 'checklist') return readChecklist(chosen, context)
  return SINGLE[format]!(chosen[0]!, context)
}

interface Unfinished {
  plan?: Plan
  origins: Map<DocumentItem, Origin>
  problems: ImportProblem[]
}

/** Validates, repairs where that is asked for, and puts places of the source on what is left. */
function finish({ plan, origins, problems }: Unfinished, { fix = false }: ImportOptions, report: Report): ImportResult {
  if (plan === undefined) return { problems, report: report.value }
  let found = validatePlan(plan)
  // Where the structure is at fault too, the graph rules have not seen everything.
  if (fix && hasErrors(found) && found.every(({ code, severity }) => severity === 'warning' || DEPENDENCY_FAULTS.has(code) || code === 'duplicate-id')) {
    report.value.repairs = repairPlan(plan, origins, found)
    report.refreshIds()
    found = validatePlan(plan)
  }
  const placed = found.map((problem) => ({ ...problem, ...placeOfPointer(plan, origins, problem.pointer) }))
  return { plan, problems: [...problems, ...placed], report: report.value }
}

function sourceProblem(code: string, message: string, remedy: string): ImportProblem {
  return { code, severity: 'error', pointer: '', message, remedy }
}

function unknownFormat(sources: readonly SourceText[]): ImportProblem {
  const remedy =
    'Name the format; known are Task Master tasks.json, Spec Kit tasks.md, Backlog.md task files, markdown check lists, and our own markdown and plan.json.'
  if (sources.length === 0) return sourceProblem('no-source', 'There is no file to import.', 'Give at least one file.')
  return {
    ...sourceProblem(
      'unknown-format',
      `No plan was recognised in ${sources
        .map(({ name }) => name)
        .slice(0, 5)
        .join(', ')}.`,
      remedy,
    ),
    source: sources[0]!.name,
  }
}

function tooMany(format: ImportFormat, sources: readonly SourceText[]): ImportProblem {
  const names = sources.map(({ name }) => name)
  return {
    ...sourceProblem(
      'too-many-sources',
      `A ${format} plan is one file; here are ${names.length}: ${names.slice(0, 5).join(', ')}.`,
      'Import them one after the other.',
    ),
    source: names[1]!,
  }
}
