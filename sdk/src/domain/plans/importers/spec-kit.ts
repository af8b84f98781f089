/**
 * Spec Kit, `tasks.md`: `- [ ] T001 [P] [US1] text` under `## Phase N: title`.
 *
 * | Spec Kit | here |
 * |---|---|
 * | `# Tasks: name` | project |
 * | phase | milestone with that `phase`, id `phase-<n>` |
 * | heading in a phase | step; tasks before the first one lie in a step `phase-<n>.tasks` |
 * | task, with or without an id | microstep with that id, or one made of its text |
 * | `[P]`, `[US1]`, any other such mark | labels `parallel`, `US1`, ... |
 * | `(depends on T001, T002)`, ranges too | dependencies; the text stays in the title |
 * | boxes, nesting, prose | as in plain check lists (`checklist.ts`) |
 *
 * Dependencies told in prose elsewhere ("after Phase 2") are not guessed; the text is kept and the report points at it.
 */
import { ChecklistReader } from './checklist.ts'
import type { Draft, ImportContext, Reading, Reference } from './draft.ts'
import type { SourceText } from './source-text.ts'

const TASK_ID = /^(\*\*|`)?(T-?\d+[A-Za-z]?(?:\.\d+)*)\1?(?:[.:)]|\s*[—–-])?(?=\s|\[|$)\s*/
const MARK = /^\[([^\][]{1,40})\](?!\()\s*/
const DEPENDS = /\b(?:depends?|dependent|blocked|waits?)\s+(?:on|by|for|upon)[:\s]+((?:T-?\d+[A-Za-z]?(?:\.\d+)*(?:[\s,&+/]|and|or|to|through|[–—-])*)+)/gi
const REFERENCE = /(T-?\d+[A-Za-z]?(?:\.\d+)*)(?:\s*(?:[–—-]|to|through)\s*(T-?\d+))?/gi
/** A range longer than this is a slip of the pen. */
const LONGEST_RANGE = 500

export function readSpecKit(source: SourceText, context: ImportContext): Reading {
  const tasks: Draft[] = []
  const draft = new ChecklistReader(source, context, {
    extraKey: 'x-speckit',
    flat: true,
    item: (task, text) => {
      tasks.push(task)
      return readTask(task, text)
    },
    group: (group, text, level) => {
      const phase = level === 'milestone' ? /^phase\s+([\w.]+)/i.exec(text) : null
      if (phase !== null) Object.assign(group, { slug: `phase-${phase[1]!.toLowerCase()}`, fields: { ...group.fields, phase: phase[0] } })
      return text
    },
  }).read()
  const byId = new Map<string, Draft>()
  for (const task of tasks) if (task.key !== undefined && !byId.has(task.key)) byId.set(task.key, task)
  for (const task of tasks) task.dependsOn = dependenciesOf(task, byId)
  if (context.projectName === undefined) draft.project.name = draft.project.name.replace(/^tasks\s*[:–—-]\s*(?=\S)/i, '')
  noteProse(source, context)
  return { draft, problems: [] }
}

/** Takes the id and the marks off a task's text. */
function readTask(task: Draft, text: string): string {
  let rest = text
  const id = TASK_ID.exec(rest)
  if (id !== null) {
    task.key = id[2]!
    rest = rest.slice(id[0].length)
  }
  const labels: string[] = []
  for (let mark = MARK.exec(rest); mark !== null; mark = MARK.exec(rest)) {
    const label = mark[1]!.trim()
    if (label !== '' && !labels.includes(label)) labels.push(label === 'P' ? 'parallel' : label)
    rest = rest.slice(mark[0].length)
  }
  if (labels.length > 0) task.fields.labels = labels
  return rest.trim() === '' ? text : rest
}

function dependenciesOf(task: Draft, byId: ReadonlyMap<string, Draft>): Reference[] {
  const references: Reference[] = []
  for (const [, list = ''] of task.title.matchAll(DEPENDS)) {
    for (const [, from = '', to] of list.matchAll(REFERENCE)) {
      const single = byId.has(from) ? from : from.toUpperCase()
      for (const text of to === undefined ? [single] : range(single, to, byId)) {
        const target = byId.get(text)
        references.push({ text, at: task.at, ...(target && { target }) })
      }
    }
  }
  return references
}

/** `T012-T015` names the tasks that exist between the two, and both ends. */
function range(from: string, to: string, byId: ReadonlyMap<string, Draft>): string[] {
  const [first, last] = [from, to].map((id) => Number(/\d+/.exec(id)![0])) as [number, number]
  if (last < first || last - first > LONGEST_RANGE) return [from, to]
  const width = /\d+/.exec(from)![0].length
  const ids = Array.from({ length: last - first + 1 }, (_, index) => from.replace(/\d+.*/, '') + String(first + index).padStart(width, '0'))
  return ids.filter((id, index) => index === 0 || index === ids.length - 1 || byId.has(id))
}

function noteProse(source: SourceText, { report }: ImportContext): void {
  const heading = /^#{1,6}[ \t].*\bdependenc(?:y|ies)\b.*$/im.exec(source.text)
  if (heading === null) return
  report.note('text-kept', { source, offset: heading.index }, 'Dependencies told in prose are not guessed; the text stands in the description of the project.')
}
