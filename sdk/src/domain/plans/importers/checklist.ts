/**
 * Plain markdown check lists, as in a read-me or a roadmap.
 *
 * | markdown | here |
 * |---|---|
 * | the one heading above all others; front matter `title` | project |
 * | headings of the first level that hold items | milestones (without any: one milestone) |
 * | headings below, at any depth | steps, named `Upper / Lower` |
 * | items directly in a milestone, when one of them has items below it | steps; one without items below holds one microstep |
 * | any other item | microstep |
 * | `[x]` done, `[ ]` todo, `[-]` cancelled, `[~]` or `[/]` in progress | status |
 * | a title that is one link | title and link |
 * | text below an item or heading; bullets without a box among items with boxes | description |
 * | text of headings that hold no item | the project's description |
 *
 * Where no item has a check box every bullet is an item.
 */
import { newDraft, paragraphs } from './draft.ts'
import type { Draft, DraftPlan, ImportContext, Reading } from './draft.ts'
import { bodyText, nodeText, readOutline } from './outline.ts'
import type { OutlineNode } from './outline.ts'
import type { SourceText } from './source-text.ts'
import { projectTitle, setTitle } from './title.ts'

const CHECKLIST: ChecklistDialect = { extraKey: 'x-checklist' }
/** What stands in a check box, as a word for a status. */
export const BOX_STATUS: Record<string, string> = { x: 'done', X: 'done', '-': 'cancelled', '~': 'in progress', '/': 'in progress' }

/** What a dialect of check lists reads differently. */
export interface ChecklistDialect {
  extraKey: `x-${string}`
  /** Items are microsteps even where some have items below them. */
  flat?: boolean
  /** Reads what the dialect writes into the text of an item or heading; called before titles are set, returns the title. */
  item?: (draft: Draft, text: string) => string
  group?: (draft: Draft, text: string, level: 'milestone' | 'step') => string
}

export function readChecklist(sources: readonly SourceText[], context: ImportContext): Reading {
  const readings = sources.map((source) => new ChecklistReader(source, context).read())
  const first = readings[0]!
  const name = projectTitle(context.projectName, readings.length === 1 ? first.project.name : undefined, sources[0]!.name)
  const description = paragraphs(...readings.map(({ project }) => project.description))
  const milestones = readings.flatMap((reading) => reading.milestones)
  return { draft: { ...first, project: { name, ...(description !== undefined && { description }) }, milestones }, problems: [] }
}

export class ChecklistReader {
  readonly #context: ImportContext
  readonly #source: SourceText
  readonly #dialect: ChecklistDialect
  /** Items that are tasks, and whatever holds one. */
  readonly #tasks = new Set<OutlineNode>()
  #boxes = false
  /** Prose that belongs to no item. */
  readonly #prose: string[] = []

  constructor(source: SourceText, context: ImportContext, dialect: ChecklistDialect = CHECKLIST) {
    this.#source = source
    this.#context = context
    this.#dialect = dialect
  }

  read(): DraftPlan {
    const { root, frontMatter } = readOutline(this.#source)
    this.#boxes = hasBox(root)
    this.#findTasks(root)
    const top = this.#projectHeading(root)
    if (top !== root) this.#proseOf(root, top)
    const titleLine = /^title:[ \t]*(["']?)(.+)\1[ \t]*$/m.exec(frontMatter ?? '')?.[2]
    const given = top.kind === 'heading' ? plainText(top.text) : (titleLine ?? plainText(this.#sections(top)[0]?.text ?? ''))
    const name = projectTitle(this.#context.projectName, given, this.#source.name)
    const milestones = this.#milestones(top, name)
    const description = paragraphs(bodyText(top.body), ...this.#prose)
    const head = frontMatter === undefined ? {} : { [this.#dialect.extraKey]: { frontMatter } }
    return { head, project: { name, ...(description !== undefined && { description }) }, milestones, extraKey: this.#dialect.extraKey }
  }

  /** Marks every item that is a task, and every node that holds one. */
  #findTasks(node: OutlineNode): boolean {
    let holds = this.#isTask(node)
    for (const child of node.children) if (this.#findTasks(child)) holds = true
    if (holds) this.#tasks.add(node)
    return holds
  }

  #isTask = (node: OutlineNode): boolean => node.kind === 'item' && (!this.#boxes || node.box !== undefined)

  /** The heading that stands above everything else, or the root. */
  #projectHeading(root: OutlineNode): OutlineNode {
    const tasks = root.children.filter((child) => this.#tasks.has(child))
    const only = tasks[0]
    return tasks.length === 1 && only?.kind === 'heading' && this.#sections(only).length > 0 ? only : root
  }

  #sections = (node: OutlineNode): OutlineNode[] => node.children.filter((child) => child.kind === 'heading' && this.#tasks.has(child))

  #milestones(top: OutlineNode, name: string): Draft[] {
    const milestones: Draft[] = []
    const direct = this.#direct(top)
    if (direct.length > 0) {
      const milestone = newDraft({ title: name.slice(0, 500), task: false, at: direct[0]!.at })
      milestone.children = this.#stepsOf(direct, milestone, false)
      milestones.push(milestone)
    }
    for (const section of this.#sections(top)) milestones.push(this.#milestone(section))
    this.#proseOf(top)
    return milestones
  }

  /** Tasks that lie in a node directly. */
  #direct = (node: OutlineNode): OutlineNode[] => node.children.filter((child) => child.kind === 'item' && this.#tasks.has(child))

  /** Keeps children that are no tasks as text of the project. */
  #proseOf(node: OutlineNode, except?: OutlineNode): void {
    if (except !== undefined) this.#prose.push(node.body.join('\n'))
    for (const child of node.children) {
      if (this.#tasks.has(child)) continue
      this.#prose.push(nodeText(child))
      this.#merge(child)
      this.#context.report.count('text-kept', child.at, 'Text that belongs to no item stands in the description of the project.')
    }
  }

  #milestone(section: OutlineNode): Draft {
    const milestone = this.#group(section, section.text, 'milestone')
    const direct = this.#direct(section)
    const sections = this.#sections(section)
    if (direct.length > 0) milestone.children.push(...this.#stepsOf(direct, milestone, sections.length > 0))
    for (const child of sections) this.#addSteps(milestone, child, '')
    return milestone
  }

  /** Headings below a milestone, however deep, are steps beside each other. */
  #addSteps(milestone: Draft, section: OutlineNode, above: string): void {
    const title = above === '' ? section.text : `${above} / ${section.text}`
    const step = this.#group(section, title, 'step')
    const direct = this.#direct(section)
    const sections = this.#sections(section)
    // A heading that only holds headings is told by their titles, unless it says more.
    if (direct.length > 0 || step.fields.description !== undefined) {
      step.children = direct.map((item) => this.#item(item))
      milestone.children.push(step)
    }
    for (const child of sections) this.#addSteps(milestone, child, title)
  }

  /** Items directly in a milestone: steps when some have items below them, otherwise the microsteps of one implied step. */
  #stepsOf(items: OutlineNode[], milestone: Draft, beside: boolean): Draft[] {
    const drafts = items.map((item) => this.#item(item))
    if (!beside && !this.#dialect.flat && drafts.some(({ children }) => children.length > 0)) return drafts
    return [newDraft({ title: milestone.title, slug: 'tasks', task: false, implied: true, children: drafts, at: items[0]!.at })]
  }

  #group(node: OutlineNode, text: string, level: 'milestone' | 'step'): Draft {
    const draft = newDraft({ title: '', task: false, at: node.at })
    this.#describe(draft, node)
    this.#title(draft, this.#dialect.group?.(draft, text, level) ?? text, 'Untitled section')
    return draft
  }

  #item(node: OutlineNode): Draft {
    const draft = newDraft({ title: '', at: node.at })
    if (node.box !== undefined) draft.status = BOX_STATUS[node.box] ?? 'open'
    draft.children = this.#direct(node).map((child) => this.#item(child))
    const lines = [...node.body]
    const text = [node.text, ...takeParagraph(lines)].join(' ')
    this.#describe(draft, { ...node, body: lines })
    this.#title(draft, this.#dialect.item?.(draft, text) ?? text, 'Untitled item')
    return draft
  }

  #describe(draft: Draft, node: OutlineNode): void {
    const others = node.children.filter((child) => !this.#tasks.has(child))
    for (const child of others) this.#merge(child)
    const rest = others.map((child) => nodeText(child))
    const list = rest.length > 0 ? rest.join('\n') : undefined
    const description = paragraphs(bodyText(node.body), list)
    if (description !== undefined) draft.fields.description = description
  }

  #merge(node: OutlineNode): void {
    if (node.kind === 'item')
      this.#context.report.merge(node.text, 'It has no check box among items that have one; it stands in the text it belongs to.', node.at)
    for (const child of node.children) this.#merge(child)
  }

  /** A title that is one link gives up its link. */
  #title(draft: Draft, text: string, fallback: string): void {
    const link = WHOLE_LINK.exec(text.trim())
    if (link !== null) draft.fields.links = [{ url: link[2]!, title: link[1]! }]
    setTitle(draft, plainText(text), fallback, this.#context.report)
  }
}

const WHOLE_LINK = /^\[((?:[^[\]]|\[[^[\]]*\])+)\]\(<?([^\s()<>]+)>?(?:[ \t]+"[^"]*")?\)$/

/** A heading or item without what wraps it as a whole: a link, emphasis. */
export function plainText(text: string): string {
  const line = text.trim()
  const inner = WHOLE_LINK.exec(line)?.[1] ?? /^(\*\*|__)(?!\s)((?:(?!\1).)+)\1:?$/.exec(line)?.[2]
  return inner === undefined ? line : plainText(inner)
}

const hasBox = (node: OutlineNode): boolean => node.box !== undefined || node.children.some(hasBox)

/** Takes the lines off a body that continue its first line's paragraph. */
export function takeParagraph(body: string[]): string[] {
  const end = body.findIndex((line) => line.trim() === '' || /^\s*(?:>|<!--|```|~~~|\|)/.test(line))
  return body.splice(0, end === -1 ? body.length : end).map((line) => line.trim())
}
