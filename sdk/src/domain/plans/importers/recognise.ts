/** Which format sources are in, told by their content; the name only breaks ties. */
import { PLAN_MARKER } from '../markdown-inline.ts'
import type { SourceText } from './source-text.ts'
import { isTaskMaster } from './task-master.ts'
import type { ImportFormat, ImportOptions, ImportProblem } from './types.ts'

/** The surest first: of several files those of the first format that occurs are read. */
const ORDER: readonly ImportFormat[] = ['plan', 'markdown', 'task-master', 'backlog-md', 'spec-kit', 'checklist']

const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n(?:(?!---)[^\n]*\n)*?id:/
const SPEC_KIT_TASK = /^[ \t]*[-*+] \[[ xX]\] (?:\*\*)?T-?\d/m
const LIST_ITEM = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S/m

function formatOf({ name, text }: SourceText): ImportFormat | undefined {
  const start = text.replace(/^\uFEFF/, '').trimStart()
  if (/\.json$/i.test(name) || (start.startsWith('{') && !/\.(md|markdown)$/i.test(name)) || /^\[\s*[{\]]/.test(start)) return jsonFormat(start)
  if (start.includes(PLAN_MARKER)) return 'markdown'
  if (FRONT_MATTER.test(text)) return 'backlog-md'
  if (SPEC_KIT_TASK.test(text)) return 'spec-kit'
  return LIST_ITEM.test(text) ? 'checklist' : undefined
}

/** JSON that cannot be parsed goes to the reader whose keys it shows, for its error. */
function jsonFormat(text: string): ImportFormat | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (isTaskMaster(value)) return 'task-master'
    return typeof value === 'object' && value !== null && ('milestones' in value || 'project' in value) ? 'plan' : undefined
  } catch {
    return /"milestones"\s*:/.test(text) ? 'plan' : 'task-master'
  }
}

export interface Recognised {
  /** Undefined when nothing was recognised. */
  format: ImportFormat | undefined
  chosen: SourceText[]
  ignored: SourceText[]
}

/** Chooses the format and the files of it. A format that was asked for takes every file. */
export function recognise(sources: readonly SourceText[], wanted: NonNullable<ImportOptions['format']>): Recognised {
  if (wanted !== 'auto') return { format: wanted, chosen: [...sources], ignored: [] }
  const formats = sources.map(formatOf)
  const format = ORDER.find((candidate) => formats.includes(candidate))
  // A Backlog.md folder's other files (its configuration, its read-me) are for its reader to judge.
  const belongs = (_: SourceText, index: number): boolean => format !== undefined && (format === 'backlog-md' || formats[index] === format)
  return { format, chosen: sources.filter(belongs), ignored: sources.filter((source, index) => !belongs(source, index)) }
}

const MARKERS = /^<{7} [^\n]*\n[\s\S]*?^={7}\r?\n[\s\S]*?^>{7} /m

/** The conflict markers of an unfinished git merge: one error at the first of them. */
export function mergeMarkers(source: SourceText): ImportProblem[] {
  const found = source.text.includes('<<<<<<< ') ? MARKERS.exec(source.text) : null
  if (found === null) return []
  const message = 'The file holds the conflict markers of an unfinished git merge.'
  return [
    {
      code: 'merge-markers',
      severity: 'error',
      pointer: '',
      message,
      remedy: 'Finish the merge (keep one side of each conflict and remove the markers), then import again.',
      ...source.place(found.index),
    },
  ]
}
