/**
 * A Backlog.md folder: one markdown file a task, with front matter.
 *
 * | Backlog.md | here |
 * |---|---|
 * | `config.yml` project_name | project |
 * | milestone of a task (titled by its file in `milestones/`) | milestone; tasks without one lie in the milestone `backlog` |
 * | task | step; without sub-tasks it holds one microstep `<id>.task` |
 * | sub-task (`parent_task_id`, or a dotted id whose parent is there) | microstep; with its own milestone it keeps that as a word |
 * | id, title, status, labels, priority, dependencies | the same; references match without prefix and leading zeros |
 * | assignee | assignee; several: the first, all of them in `x-backlog` |
 * | references, documentation | links |
 * | Acceptance Criteria `- [ ] #1 text`, Definition of Done | acceptance criteria with ids `1`, `dod-1`; those ticked are listed in `x-backlog` |
 * | Description | description |
 * | Implementation Plan, Implementation Notes, any other section | notes, under its heading |
 * | any other field | `x-backlog` |
 *
 * Files in `archive/` are named as skipped; documents, decisions and files without an id are ignored.
 */
import { readBody } from './backlog-sections.ts'
import { keepExtra, newDraft } from './draft.ts'
import type { Draft, ImportContext, Reading } from './draft.ts'
import { readFrontMatter } from './front-matter.ts'
import type { FrontMatterEntry } from './front-matter.ts'
import { splitFrontMatter } from './outline.ts'
import type { Report } from './report.ts'
import type { SourceText } from './source-text.ts'
import { projectTitle, setTitle } from './title.ts'
import type { ImportProblem } from './types.ts'

const EXTRA = 'x-backlog'
const PRIORITIES = ['low', 'medium', 'high', 'critical'] as const

interface TaskFile {
  draft: Draft
  id: string
  parent: FrontMatterEntry | undefined
  milestone: string | undefined
}

export function readBacklogMd(sources: readonly SourceText[], context: ImportContext): Reading {
  return new FolderReader(context).read(sources)
}

class FolderReader {
  readonly #context: ImportContext
  readonly #report: Report
  readonly #problems: ImportProblem[] = []
  readonly #tasks: TaskFile[] = []
  readonly #milestoneTitles = new Map<string, { title: string; description?: string }>()
  #projectName: string | undefined

  constructor(context: ImportContext) {
    this.#context = context
    this.#report = context.report
  }

  read(sources: readonly SourceText[]): Reading {
    for (const source of sources) this.#file(source)
    sortById(this.#tasks)
    const index = new IdIndex(this.#tasks)
    const roots = this.#nest(index)
    for (const { draft } of this.#tasks) this.#resolve(draft, index)
    const folder = sources.find(({ name }) => name.includes('/'))?.name.split('/')[0] ?? 'Backlog'
    const project = { name: projectTitle(this.#context.projectName, this.#projectName, folder) }
    return { draft: { head: {}, project, milestones: this.#milestones(roots), extraKey: EXTRA }, problems: this.#problems }
  }

  #file(source: SourceText): void {
    const { name, text } = source
    if (/(?:^|\/)config\.ya?ml$/.test(name)) {
      this.#projectName = /^project_name:[ \t]*(["']?)(.*?)\1[ \t]*$/m.exec(text)?.[2]
      return this.#report.ignore(name, 'The configuration; only the name of the project is read.')
    }
    const front = splitFrontMatter(text)
    if (front === undefined) return this.#report.ignore(name, 'It has no front matter, so it is no task.')
    const { entries, problems } = readFrontMatter(front.text, front.start, source, this.#report)
    if (problems.length > 0) {
      this.#problems.push(...problems)
      return this.#report.skip(name, 'Its front matter cannot be read.', { source, offset: 0 })
    }
    const id = textValue(entries.get('id'))
    if (id === undefined) return this.#report.ignore(name, 'Its front matter has no id, so it is no task.')
    if (/^(?:doc|decision)-/i.test(id)) return this.#report.ignore(name, 'It is a document, not a task.')
    if (/(?:^|\/)milestones\//.test(name) || /^m-\d+$/i.test(id)) return this.#milestoneFile(source, id, entries, text.slice(front.end))
    if (/(?:^|\/)archive\//.test(name)) return this.#report.skip(id, 'It is archived.', { source, offset: 0 })
    this.#task(source, id, entries, front.end)
  }

  #milestoneFile(source: SourceText, id: string, entries: Map<string, FrontMatterEntry>, body: string): void {
    const description = body.replace(/^## Description[ \t]*$/m, '').trim()
    this.#milestoneTitles.set(id.toLowerCase(), { title: textValue(entries.get('title')) ?? id, ...(description !== '' && { description }) })
    this.#report.ignore(source.name, `It describes the milestone ${id}.`)
  }

  #task(source: SourceText, id: string, entries: Map<string, FrontMatterEntry>, bodyStart: number): void {
    const draft = newDraft({ title: '', key: id, at: { source, offset: entries.get('id')!.offset } })
    for (const [key, entry] of entries) this.#field(draft, key, entry)
    const parent = entries.get('parent_task_id') ?? entries.get('parent')
    readBody(draft, source, bodyStart, this.#report)
    setTitle(draft, textValue(entries.get('title')), id, this.#report)
    this.#tasks.push({ draft, id, parent: textValue(parent) === undefined ? undefined : parent, milestone: textValue(entries.get('milestone')) })
  }

  #field(draft: Draft, key: string, entry: FrontMatterEntry): void {
    const { value } = entry
    const text = textValue(entry)
    const list = (Array.isArray(value) ? value : [value]).filter((element): element is string => typeof element === 'string' && element.trim() !== '')
    const empty = Array.isArray(value) ? value.length === 0 : typeof value === 'string' && value.trim() === ''
    if (empty || ['id', 'title', 'milestone', 'parent', 'parent_task_id'].includes(key)) return
    const priority = PRIORITIES.find((known) => known === text?.toLowerCase())
    if (key === 'status' && text !== undefined) draft.status = text
    else if (key === 'labels' && list.length > 0) draft.fields.labels = list
    else if (key === 'priority' && priority !== undefined) draft.fields.priority = priority
    else if (key === 'dependencies')
      draft.dependsOn = list.map((name, index) => ({ text: name.trim(), at: { source: draft.at.source, offset: entry.elements[index] ?? entry.offset } }))
    else if ((key === 'references' || key === 'documentation') && list.length > 0)
      draft.fields.links = [...(draft.fields.links ?? []), ...list.map((url) => ({ url }))]
    else if (key === 'assignee' && list.length > 0) {
      draft.fields.assignee = list[0]!
      if (list.length > 1) keepExtra(draft.fields, EXTRA, { assignees: list })
    } else {
      keepExtra(draft.fields, EXTRA, { [key]: value })
      this.#report.count('field-kept', { source: draft.at.source, offset: entry.offset }, `${key} is kept in ${EXTRA}.`)
    }
  }

  /** Puts sub-tasks below their parents; returns the tasks that have none. */
  #nest(index: IdIndex): TaskFile[] {
    const parents = new Map<TaskFile, TaskFile>()
    for (const task of this.#tasks) {
      const name = textValue(task.parent)
      const dotted = task.id.replace(/\.[^.]*$/, '')
      const parent = index.find(name ?? (dotted === task.id ? undefined : dotted))
      if (parent !== undefined && !leadsTo(parents, parent, task)) parents.set(task, parent)
      else if (name !== undefined) this.#orphan(task, name, parent)
    }
    for (const [task, parent] of parents) parent.draft.children.push(task.draft)
    return this.#tasks.filter((task) => !parents.has(task))
  }

  #orphan({ draft, id, parent }: TaskFile, name: string, found: TaskFile | undefined): void {
    keepExtra(draft.fields, EXTRA, { parent_task_id: name })
    const why = found === undefined ? 'no file has that id' : 'that would close a circle'
    const place = draft.at.source.place(parent!.offset)
    this.#problems.push({
      code: 'unknown-parent',
      severity: 'warning',
      pointer: '',
      message: `${id} names ${name} as its parent, but ${why}; it is a step of its own.`,
      remedy: `Import ${name} too, or correct the parent.`,
      ...place,
    })
  }

  #resolve(draft: Draft, index: IdIndex): void {
    for (const reference of draft.dependsOn) {
      const target = index.find(reference.text)
      if (target === undefined) continue
      reference.target = target.draft
      if (target.id.toLowerCase() !== reference.text.toLowerCase())
        this.#report.note('reference-matched', reference.at, `${reference.text} is read as ${target.id}.`, draft.key)
    }
  }

  #milestones(roots: readonly TaskFile[]): Draft[] {
    const groups = new Map<string, Draft>()
    for (const { draft, milestone } of roots) {
      const key = milestone?.toLowerCase() ?? ''
      const known = this.#milestoneTitles.get(key)
      let group = groups.get(key)
      if (group === undefined) {
        group = newDraft({ title: '', task: false, at: draft.at, ...(known && { slug: key }) })
        if (known?.description !== undefined) group.fields.description = known.description
        setTitle(group, known?.title ?? milestone ?? 'Backlog', 'Backlog', this.#report)
        groups.set(key, group)
      }
      group.children.push(draft)
    }
    // A sub-task lies where its parent lies; the milestone it names is kept as a word.
    const top = new Set(roots)
    for (const task of this.#tasks) if (task.milestone !== undefined && !top.has(task)) keepExtra(task.draft.fields, EXTRA, { milestone: task.milestone })
    return [...groups.values()]
  }
}

/** Finds tasks by what people write: with or without prefix, in any case, with or without leading zeros. */
class IdIndex {
  readonly #exact = new Map<string, TaskFile>()
  /** Undefined where tasks of several prefixes share a number: then only the whole id names one. */
  readonly #numbers = new Map<string, TaskFile | undefined>()

  constructor(tasks: readonly TaskFile[]) {
    for (const task of tasks) {
      const exact = task.id.toLowerCase()
      if (!this.#exact.has(exact)) this.#exact.set(exact, task)
      const number = numberOf(task.id)
      if (number === undefined) continue
      const same = this.#numbers.get(number)
      this.#numbers.set(number, !this.#numbers.has(number) || same?.id === task.id ? (same ?? task) : undefined)
    }
  }

  find(name: string | undefined): TaskFile | undefined {
    if (name === undefined) return undefined
    const number = numberOf(name)
    return this.#exact.get(name.trim().toLowerCase()) ?? (number === undefined ? undefined : this.#numbers.get(number))
  }
}

/** `TASK-024.01` and `24.1` are one number; `24.10` is another. */
function numberOf(id: string): string | undefined {
  const digits = /^(?:[a-z]+-)?(\d+(?:\.\d+)*)$/i.exec(id.trim())?.[1]
  return digits?.split('.').map(Number).join('.')
}

/** By the numbers in the ids, part by part; ids without one first. */
function sortById(tasks: TaskFile[]): void {
  const parts = new Map(tasks.map((task) => [task, (numberOf(task.id) ?? '').split('.').map(Number)]))
  tasks.sort((a, b) => {
    const [left, right] = [parts.get(a)!, parts.get(b)!]
    for (let index = 0; index < Math.max(left.length, right.length); index++) {
      const difference = (left[index] ?? -1) - (right[index] ?? -1)
      if (difference !== 0) return difference
    }
    return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
  })
}

function leadsTo(parents: ReadonlyMap<TaskFile, TaskFile>, from: TaskFile, to: TaskFile): boolean {
  for (let at: TaskFile | undefined = from; at !== undefined; at = parents.get(at)) if (at === to) return true
  return false
}

const textValue = (entry: FrontMatterEntry | undefined): string | undefined =>
  typeof entry?.value === 'string' && entry.value.trim() !== '' ? entry.value.trim() : undefined
