/**
 * Reads our markdown: what `planToMarkdown` writes, exactly, and what people make of it.
 *
 * - The first `#` is the project, the headings below it milestones, the headings below those steps.
 * - ``## Title · `id` ``: without an id one is made of the parent's id and the title, as in a new `- [ ] task`.
 * - `- [ ] Title _(in progress)_` is a microstep. A tick says more than the word: `[x]` is done. Boxes below it become
 *   microsteps beside it that it depends on; boxes directly in a milestone lie in a step of its own.
 * - Bullets `* Field: value` are fields (`markdown-fields.ts`); a hidden comment `<!-- {...} -->` below a title holds any
 *   key at all and wins over them. Everything else is the description.
 */
import { BOX_STATUS, takeParagraph } from './importers/checklist.ts'
import { newDraft, paragraphs } from './importers/draft.ts'
import type { Draft, DraftPlan, ImportContext, Reading, Reference } from './importers/draft.ts'
import { nodeText, readOutline } from './importers/outline.ts'
import type { OutlineNode } from './importers/outline.ts'
import type { SourceText } from './importers/source-text.ts'
import { mapStatus } from './importers/status.ts'
import { projectTitle } from './importers/title.ts'
import type { ImportProblem } from './importers/types.ts'
import { FieldError, ID_SUFFIX, readField } from './markdown-fields.ts'
import { decodeText, PLAN_MARKER, readBlock, splitDataComment } from './markdown-inline.ts'
import type { ItemFields } from './types.ts'

const EXTRA = 'x-markdown'
const STATUS_SUFFIX = /^(.*?)[ \t]*_\((in progress|blocked|in review|cancelled|done|todo)\)_$/s

export function readMarkdown(source: SourceText, context: ImportContext): Reading {
  return new MarkdownReader(source, context).read()
}

interface Head {
  head?: Record<string, unknown>
  project?: Record<string, unknown>
  todo?: 'explicit'
}

class MarkdownReader {
  readonly #source: SourceText
  readonly #context: ImportContext
  readonly #problems: ImportProblem[] = []
  #head: Head = {}

  constructor(source: SourceText, context: ImportContext) {
    this.#source = source
    this.#context = context
  }

  read(): Reading {
    const { root } = readOutline(this.#source)
    this.#readMarker(root)
    if (this.#problems.length > 0) return { problems: this.#problems }
    const top = root.children.find(({ level }) => level === 1) ?? root
    const project = newDraft({ title: '', at: top.at })
    const name = top === root ? undefined : decodeText(top.text)
    const others = root === top ? [] : root.children.filter((child) => child !== top)
    const nodes = [...top.children, ...others]
    const milestones = [...this.#looseTasks(nodes, name ?? 'Tasks'), ...nodes.filter(({ kind }) => kind === 'heading').map((node) => this.#milestone(node))]
    const prose = nodes.filter(({ kind, box }) => kind === 'item' && box === undefined)
    this.#describe(project, top === root ? root.body : [...root.body, ...top.body], prose)
    const { description } = project.fields
    const draft: DraftPlan = {
      head: this.#head.head ?? {},
      project: { name: this.#projectName(name), ...(description !== undefined && { description }), ...this.#head.project },
      milestones,
      extraKey: EXTRA,
      own: true,
    }
    return { draft, problems: this.#problems }
  }

  /** A name that is there is kept to the letter. */
  #projectName = (name: string | undefined): string => this.#context.projectName ?? (name || projectTitle(undefined, undefined, this.#source.name))

  /** The first line names the version of the format and holds what has no place in the text. */
  #readMarker(root: OutlineNode): void {
    const index = root.body.findIndex((line) => line.startsWith(PLAN_MARKER))
    if (index === -1) return
    const line = root.body.splice(index, 1)[0]!
    const version = /^<!-- buildrunner plan v(\d+)/.exec(line)?.[1]
    this.#head = splitDataComment(line)?.data ?? {}
    if (version === undefined || version === '1') return
    const message = `The plan is in format ${version}; this program reads format 1.`
    this.#problems.push({
      code: 'newer-version',
      severity: 'error',
      pointer: '/version',
      message,
      remedy: 'Update BuildRunner.',
      ...this.#source.place(this.#source.text.indexOf(PLAN_MARKER)),
    })
  }

  /** Boxes above every milestone. */
  #looseTasks(nodes: readonly OutlineNode[], title: string): Draft[] {
    const boxes = nodes.filter(({ box }) => box !== undefined)
    if (boxes.length === 0) return []
    const milestone = newDraft({ title: title.slice(0, 500), task: false, at: boxes[0]!.at })
    milestone.children = [this.#impliedStep(milestone, boxes)]
    return [milestone]
  }

  #impliedStep = (milestone: Draft, boxes: readonly OutlineNode[]): Draft =>
    newDraft({ title: milestone.title, slug: 'tasks', task: false, implied: true, at: boxes[0]!.at, children: boxes.map((box) => this.#microstep(box)) })

  #milestone(node: OutlineNode): Draft {
    const milestone = this.#titled(node, node.text)
    const boxes = node.children.filter(({ box }) => box !== undefined)
    this.#fill(
      milestone,
      node.body,
      node.children.filter(({ kind, box }) => kind === 'item' && box === undefined),
    )
    if (boxes.length > 0) milestone.children.push(this.#impliedStep(milestone, boxes))
    for (const child of node.children) if (child.kind === 'heading') this.#addSteps(milestone, child)
    return milestone
  }

  /** A heading below a step that holds boxes is a step too; any other is text. */
  #addSteps(milestone: Draft, node: OutlineNode): void {
    const step = this.#titled(node, node.text)
    step.children = node.children.filter(({ box }) => box !== undefined).map((box) => this.#microstep(box))
    milestone.children.push(step)
    const [steps, prose] = [
      node.children.filter((child) => child.kind === 'heading' && holdsBox(child)),
      node.children.filter((child) => child.box === undefined),
    ]
    this.#fill(
      step,
      node.body,
      prose.filter((child) => !steps.includes(child)),
    )
    for (const child of steps) this.#addSteps(milestone, child)
  }

  #microstep(node: OutlineNode): Draft {
    const body = [...node.body]
    const line = [node.text, ...takeParagraph(body)].join(' ')
    const [, text = line, word] = STATUS_SUFFIX.exec(line) ?? []
    const draft = this.#titled({ ...node, body }, text)
    draft.children = node.children.filter(({ box }) => box !== undefined).map((child) => this.#microstep(child))
    const boxed = BOX_STATUS[node.box ?? ''] ?? 'todo'
    const { status } = mapStatus(boxed === 'todo' && word !== undefined ? word : boxed)
    if (status !== 'todo' || this.#head.todo === 'explicit') draft.fields.status = status
    this.#fill(
      draft,
      body,
      node.children.filter(({ box }) => box === undefined),
    )
    return draft
  }

  /** Reads title and id; the id may stand in the data instead. */
  #titled(node: OutlineNode, text: string): Draft {
    const hidden = dataOf(node.body)?.id
    const [, title = text, id] = hidden === undefined ? (ID_SUFFIX.exec(text) ?? []) : []
    const key = typeof hidden === 'string' ? hidden : id
    return newDraft({ title: decodeText(title), at: node.at, ...(key !== undefined && { key }) })
  }

  /** Fields, description and data. */
  #fill(draft: Draft, body: readonly string[], nodes: readonly OutlineNode[]): void {
    const fields: Record<string, unknown> = {}
    const prose: OutlineNode[] = []
    for (const node of nodes) {
      const read = this.#field(node)
      if (read === undefined) prose.push(node)
      else if (read === 'refused') continue
      else if (read.field === 'links' && fields.links !== undefined) (fields.links as unknown[]).push(...(read.value as unknown[]))
      else fields[read.field] = read.value
      if (typeof read === 'object' && read.field === 'dependsOn') draft.dependsOn = (read.value as string[]).map((text): Reference => ({ text, at: node.at }))
    }
    const { id: _, ...data } = dataOf(body) ?? {}
    this.#describe(draft, body, prose)
    Object.assign(draft.fields, fields, data)
    if (draft.fields.status === null) delete draft.fields.status
    if (draft.dependsOn.length > 0) delete draft.fields.dependsOn
  }

  #field(node: OutlineNode): { field: string; value: unknown } | 'refused' | undefined {
    try {
      return readField(node)
    } catch (error) {
      if (!(error instanceof FieldError)) throw error
      this.#problems.push({
        code: 'invalid-value',
        severity: 'error',
        pointer: '',
        message: error.message,
        remedy: error.expected,
        ...this.#source.place(node.at.offset),
      })
      return 'refused'
    }
  }

  #describe(draft: Draft, body: readonly string[], prose: readonly OutlineNode[]): void {
    const own = readBlock(body.filter((_, index) => index !== dataIndex(body)))
    const description = prose.length === 0 ? own : paragraphs(own, prose.map((node) => nodeText(node)).join('\n'))
    if (description !== undefined) (draft.fields as Partial<ItemFields>).description = description
  }
}

const holdsBox = (node: OutlineNode): boolean => node.box !== undefined || node.children.some(holdsBox)

/** The line of a body that holds hidden data. */
const dataIndex = (body: readonly string[]): number => body.findIndex((line) => line.startsWith('<!-- {') && splitDataComment(line)?.before === '')

function dataOf(body: readonly string[]): Record<string, unknown> | undefined {
  const index = dataIndex(body)
  return index === -1 ? undefined : splitDataComment(body[index]!)?.data
}
