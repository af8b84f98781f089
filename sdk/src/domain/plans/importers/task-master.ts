/**
 * Task Master, `tasks.json`: `{"tasks": []}`, `{"<tag>": {"tasks": []}, ...}`, `{"<tag>": []}` or a bare array.
 *
 * | Task Master | here |
 * |---|---|
 * | tag (or the file) | milestone |
 * | task | step; without sub-tasks it holds one microstep `<id>.task` |
 * | sub-task, at any depth | microstep `<task>.<sub-task>` |
 * | id | id; those of a tag other than `master` (or the first) as `<tag>:<id>` |
 * | details, testStrategy | notes, under a heading each |
 * | acceptanceCriteria (text or list) | acceptance criteria |
 * | tags, labels | labels |
 * | any other field, priorities we do not know | `x-taskmaster` |
 * | metadata of a tag; `meta` | description and `x-taskmaster` of the milestone; the project |
 *
 * A number in a dependency names a sibling first, then whatever its parents could name, at last a top-level task.
 * Ids may be integers, floats (`3.1`, read as they are written) or strings, in one file.
 */
import type { Node } from 'jsonc-parser'
import { slug } from '../slug.ts'
import { keepExtra, newDraft, paragraphs } from './draft.ts'
import type { Draft, ImportContext, Reading } from './draft.ts'
import { entriesOf, idText, parseJson, textOf, valueOf } from './json-nodes.ts'
import type { Report } from './report.ts'
import type { SourceText } from './source-text.ts'
import { projectTitle, setTitle } from './title.ts'
import { sentenceList, splitCriteria } from './text-lists.ts'

const EXTRA = 'x-taskmaster'
const PRIORITIES = new Map([
  ['low', 'low'],
  ['medium', 'medium'],
  ['normal', 'medium'],
  ['high', 'high'],
  ['critical', 'critical'],
  ['urgent', 'critical'],
] as const)

interface TagNode {
  name: string
  tasks: Node
  metadata?: Node
}

/** True for JSON that has the shape of a Task Master file. */
export function isTaskMaster(value: unknown): boolean {
  const taskList = (list: unknown): boolean =>
    Array.isArray(list) && list.some((task) => typeof task === 'object' && task !== null && 'id' in task && 'title' in task)
  if (Array.isArray(value)) return taskList(value)
  if (typeof value !== 'object' || value === null) return false
  if ('milestones' in value) return false
  return Object.entries(value).some(
    ([key, entry]) =>
      taskList(entry) ||
      (key === 'tasks' && Array.isArray(entry)) ||
      (typeof entry === 'object' && entry !== null && Array.isArray((entry as { tasks?: unknown }).tasks)),
  )
}

export function readTaskMaster(source: SourceText, { report, projectName }: ImportContext): Reading {
  const { root, problems } = parseJson(source)
  if (root === undefined) return { problems }
  const { tags, rest } = findTags(root)
  const main = tags.find((tag) => tag.name === 'master') ?? tags[0]
  const milestones = tags.map((tag) => new TagReader(source, report, tag, tag === main ? '' : `${slug(tag.name)}:`).read())
  return { draft: { ...projectOf(rest, projectName, source), milestones, extraKey: EXTRA }, problems }
}

/** The lists of tasks, and the keys beside them. */
function findTags(root: Node): { tags: TagNode[]; rest: [string, Node][] } {
  if (root.type === 'array') return { tags: [{ name: 'tasks', tasks: root }], rest: [] }
  const tags: TagNode[] = []
  const rest: [string, Node][] = []
  for (const [name, node] of entriesOf(root)) {
    const inner = node.type === 'object' ? new Map(entriesOf(node)) : undefined
    const tasks = node.type === 'array' ? node : inner?.get('tasks')
    if (tasks?.type !== 'array') rest.push([name, node])
    else if (inner === undefined) tags.push({ name, tasks })
    else tags.push({ name, tasks, metadata: node })
  }
  return { tags, rest }
}

function projectOf(rest: [string, Node][], projectName: string | undefined, source: SourceText) {
  const kept: Record<string, unknown> = {}
  let name: string | undefined
  let description: string | undefined
  for (const [key, node] of rest) {
    const value = valueOf(node)
    const meta = typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...(value as Record<string, unknown>) } : undefined
    if (meta !== undefined && (key === 'meta' || key === 'metadata')) {
      for (const field of ['projectName', 'name']) {
        if (typeof meta[field] !== 'string' || meta[field].trim() === '' || name !== undefined) continue
        name = meta[field].trim()
        delete meta[field]
      }
      if (typeof meta.description === 'string') {
        description = meta.description
        delete meta.description
      }
    }
    kept[key] = meta ?? value
  }
  const project = { name: projectTitle(projectName, name, source.name), ...(description !== undefined && { description }) }
  return { project, head: Object.keys(kept).length > 0 ? { [EXTRA]: kept } : {} }
}

/** Reads one tag; its tasks know nothing of other tags. */
class TagReader {
  readonly #source: SourceText
  readonly #report: Report
  readonly #tag: TagNode
  readonly #prefix: string
  /** Every draft of the tag by its full id, without the tag's prefix. */
  readonly #byId = new Map<string, Draft>()
  readonly #parents = new Map<Draft, Draft>()
  /** The sub-tasks of a task by what their siblings call them. */
  readonly #children = new Map<Draft, Map<string, Draft>>()

  constructor(source: SourceText, report: Report, tag: TagNode, prefix: string) {
    this.#source = source
    this.#report = report
    this.#tag = tag
    this.#prefix = prefix
  }

  read(): Draft {
    const { name, tasks, metadata } = this.#tag
    const milestone = newDraft({ title: name === 'tasks' ? 'Tasks' : name.trim() || 'Tasks', task: false, at: this.#at(metadata ?? tasks) })
    milestone.children = this.#list(tasks, undefined, '')
    if (metadata !== undefined) this.#metadata(milestone, metadata)
    for (const task of milestone.children) this.#resolve(task)
    return milestone
  }

  #at = (node: Node) => ({ source: this.#source, offset: node.offset })

  #metadata(milestone: Draft, node: Node): void {
    for (const [key, value] of entriesOf(node)) {
      if (key === 'tasks') continue
      const given = valueOf(value)
      if (key !== 'metadata' || typeof given !== 'object' || given === null) {
        keepExtra(milestone.fields, EXTRA, { [key]: given })
        continue
      }
      const { description, ...rest } = given as Record<string, unknown>
      if (typeof description === 'string' && description.trim() !== '') milestone.fields.description = description
      if (Object.keys(rest).length > 0) keepExtra(milestone.fields, EXTRA, rest)
    }
  }

  #list(nodes: Node, parent: Draft | undefined, parentId: string): Draft[] {
    const drafts: Draft[] = []
    for (const node of nodes.children ?? []) {
      if (node.type === 'object') drafts.push(this.#task(node, parent, parentId))
      else this.#report.skip(JSON.stringify(valueOf(node)), 'A task must be an object with an id and a title.', this.#at(node))
    }
    return drafts
  }

  #task(node: Node, parent: Draft | undefined, parentId: string): Draft {
    const draft = newDraft({ title: '', at: this.#at(node) })
    const fields = new Map(entriesOf(node))
    const own = idText(fields.get('id'), this.#source.text)
    const id = own === undefined ? undefined : parent === undefined || own.startsWith(`${parentId}.`) ? own : `${parentId}.${own}`
    if (own !== undefined && id !== undefined) {
      draft.key = this.#prefix + id
      if (!this.#byId.has(id)) this.#byId.set(id, draft)
      if (parent !== undefined) this.#enterSibling(draft, parent, [own, id.slice(parentId.length + 1)])
    }
    this.#fields(draft, fields, parentId)
    setTitle(draft, textOf(fields.get('title')) ?? textOf(fields.get('name')), id === undefined ? 'Untitled task' : `Task ${id}`, this.#report)
    const subtasks = fields.get('subtasks')
    if (subtasks?.type === 'array') draft.children = this.#list(subtasks, draft, id ?? parentId)
    return draft
  }

  #enterSibling(draft: Draft, parent: Draft, names: string[]): void {
    this.#parents.set(draft, parent)
    const siblings = this.#children.get(parent) ?? new Map<string, Draft>()
    this.#children.set(parent, siblings)
    for (const name of names) if (!siblings.has(name)) siblings.set(name, draft)
  }

  #fields(draft: Draft, fields: Map<string, Node>, parentId: string): void {
    const notes: Record<string, string | undefined> = {}
    for (const [key, node] of fields) {
      const text = textOf(node)
      if (key === 'id' || key === 'title' || (key === 'subtasks' && node.type === 'array')) continue
      if (text?.trim() === '') continue
      if (key === 'description' && text !== undefined) draft.fields.description = text
      else if (key === 'status' && text !== undefined) draft.status = text
      else if ((key === 'details' || key === 'testStrategy') && text !== undefined) notes[key] = text
      else if (key === 'dependencies' && node.type === 'array') this.#dependencies(draft, node)
      else if (key === 'parentTaskId' && idText(node, this.#source.text) === parentId)
        this.#report.count('field-redundant', draft.at, 'parentTaskId names the task it lies in.')
      else this.#otherField(draft, key, node)
    }
    const { details, testStrategy } = notes
    const text = paragraphs(details && `## Details\n\n${details}`, testStrategy && `## Test strategy\n\n${testStrategy}`)
    if (text === undefined) return
    draft.fields.notes = text
    this.#report.count('field-kept', draft.at, 'details and testStrategy stand in the notes.')
  }

  #otherField(draft: Draft, key: string, node: Node): void {
    const value = valueOf(node)
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return
    const priority = key === 'priority' && typeof value === 'string' ? PRIORITIES.get(value.trim().toLowerCase() as 'low') : undefined
    const list = sentenceList(value)
    if (priority !== undefined) draft.fields.priority = priority
    else if (key === 'acceptanceCriteria' && list !== undefined) draft.fields.acceptanceCriteria = list.flatMap(splitCriteria).map((text) => ({ text }))
    else if ((key === 'tags' || key === 'labels') && list !== undefined) draft.fields.labels = list.map((label) => label.trim())
    else if (key === 'assignee' && typeof value === 'string' && value.trim() !== '') draft.fields.assignee = value
    else {
      keepExtra(draft.fields, EXTRA, { [key]: value })
      this.#report.count('field-kept', draft.at, `${key} is kept in ${EXTRA}.`)
    }
  }

  #dependencies(draft: Draft, node: Node): void {
    for (const entry of node.children ?? []) {
      const text = idText(entry, this.#source.text)
      if (text !== undefined) draft.dependsOn.push({ text, at: this.#at(entry) })
      else this.#report.note('field-kept', this.#at(entry), `${JSON.stringify(valueOf(entry))} in the dependencies names nothing; it is kept in ${EXTRA}.`)
      if (text === undefined) keepExtra(draft.fields, EXTRA, { dependencies: valueOf(node) })
    }
  }

  /** Finds what each reference names: a sibling, then a sibling of a parent, at last any task by its full id. */
  #resolve(draft: Draft): void {
    for (const reference of draft.dependsOn) {
      for (let parent = this.#parents.get(draft); parent !== undefined && reference.target === undefined; parent = this.#parents.get(parent)) {
        reference.target = this.#children.get(parent)?.get(reference.text)
      }
      reference.target ??= this.#byId.get(reference.text) ?? this.#byId.get(reference.text.replace(/^0+(?=\d+$)/, ''))
      if (reference.target === undefined) reference.text = this.#prefix + reference.text
    }
    for (const child of draft.children) this.#resolve(child)
  }
}
