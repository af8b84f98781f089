/**
 * Writes a plan as markdown that reads well where it is rendered: headings for milestones and steps, check boxes for
 * microsteps, fields as bullets. What has no such form (unknown keys, ids with backticks) stands in a hidden comment.
 */
import { writeCheck } from './markdown-checks.ts'
import { dataComment, encodeLine, isCode, protectEnd, PLAN_MARKER, writeBlock } from './markdown-inline.ts'
import type { AcceptanceCriterion, DocumentItem, Estimate, ItemKind, Link, Plan, Status, Step } from './types.ts'

export const STATUS_WORDS: Partial<Record<Status, string>> = { in_progress: 'in progress', blocked: 'blocked', in_review: 'in review', cancelled: 'cancelled' }

type Data = Record<string, unknown>
/** Writes a field as lines; undefined when it has no readable form. */
type FieldWriter = (value: never) => string[] | undefined

const line = (name: string, text: string): string[] => [`* ${name}: ${text}`]
const codes =
  (name: string) =>
  (values: string[]): string[] | undefined =>
    values.length === 0 ? line(name, 'none') : values.every(isCode) ? line(name, values.map((value) => `\`${value}\``).join(', ')) : undefined
const text =
  (name: string) =>
  (value: string): string[] =>
    line(name, encodeLine(value))
const code =
  (name: string) =>
  (value: string): string[] | undefined =>
    isCode(value) ? line(name, `\`${value}\``) : undefined
const emptyList =
  (name: string) =>
  (value: unknown[]): string[] | undefined =>
    value.length === 0 ? line(name, 'none') : undefined

/** In the order they are written. */
const WRITERS: Record<string, FieldWriter> = {
  phase: text('Phase'),
  dueDate: text('Due'),
  dependsOn: codes('Depends on'),
  renamedFrom: code('Renamed from'),
  assignee: text('Assignee'),
  priority: text('Priority'),
  labels: codes('Labels'),
  estimate: (value: Estimate) => {
    const hours =
      typeof value === 'number'
        ? String(value)
        : hasOnly(value, ['optimistic', 'likely', 'pessimistic'])
          ? `${value.optimistic} / ${value.likely} / ${value.pessimistic}`
          : undefined
    return hours === undefined ? undefined : line('Estimate', `${hours} h`)
  },
  links: (value: Link[]) => {
    if (value.length === 0) return line('Links', 'none')
    const links = value.map(writeLink)
    return links.every((link) => link !== undefined) ? links.flatMap((link) => line('Link', link)) : undefined
  },
  acceptanceCriteria: (value: AcceptanceCriterion[]) =>
    value.length === 0 ? line('Acceptance criteria', 'none') : ['* Acceptance criteria:', ...value.map((criterion) => `  * ${writeCriterion(criterion)}`)],
  notes: (value: string) =>
    value.length < 200 && value !== '' && encodeLine(value) === value ? line('Notes', value) : ['* Notes:', '', ...indented(writeBlock(value))],
}

const COMMON = ['dependsOn', 'renamedFrom', 'assignee', 'priority', 'labels', 'links', 'acceptanceCriteria', 'notes']
const FIELDS: Record<ItemKind, readonly string[]> = {
  milestone: ['phase', 'dueDate', ...COMMON],
  step: COMMON,
  microstep: ['estimate', ...COMMON],
}

const hasOnly = (value: object, keys: readonly string[]): boolean => Object.keys(value).every((key) => keys.includes(key))
const indented = (lines: readonly string[], by = '  '): string[] => lines.map((each) => (each === '' ? '' : by + each))

/** What would make a list item start another list, a rule, or a check box. */
const LIST_START = /^(?:[-*+#>](?=\s|$)|\*(?=[*\s]*$)|\[(?=[ xX~/-]?\](?:\s|$)))/

function writeLink(link: Link): string | undefined {
  if (!hasOnly(link, ['url', 'title']) || !isCode(link.url) || /[\s<>()[\]\\&]/.test(link.url) || link.title === '') return undefined
  if (link.title !== undefined) return `[${encodeLine(link.title).replaceAll('[', '&#91;').replaceAll(']', '&#93;')}](${link.url})`
  return /^[a-z][a-z\d+.-]*:/i.test(link.url) ? `<${link.url}>` : `\`${link.url}\``
}

/** ``text · `id` (check: run `npm test`)``, with a comment for what is not said so. */
function writeCriterion({ text: what, id, check, ...rest }: AcceptanceCriterion): string {
  const data: Data = { ...rest }
  const shownCheck = check === undefined ? undefined : writeCheck(check)
  if (check !== undefined && shownCheck === undefined) data.check = check
  let out = encodeLine(what).replace(LIST_START, (char) => `&#${char.charCodeAt(0)};`)
  if (id !== undefined && isCode(id)) out += ` · \`${id}\``
  else {
    out = protectEnd(out)
    if (id !== undefined) data.id = id
  }
  if (shownCheck !== undefined) out += ` (check: ${shownCheck})`
  return Object.keys(data).length === 0 ? out : `${out} ${dataComment(data)}`
}

/** The lines below an item's first line: data, description, fields. */
function writeFields(kind: ItemKind, item: DocumentItem, data: Data, known: ReadonlySet<string>): string[] {
  const bullets: string[] = []
  for (const field of FIELDS[kind]) {
    const value = (item as Data)[field]
    if (value === undefined) continue
    const lines = WRITERS[field]!(value as never)
    if (lines === undefined) data[field] = value
    else bullets.push(...lines)
  }
  for (const key in item) if (!known.has(key)) data[key] = (item as Data)[key]
  const out: string[] = []
  if (Object.keys(data).length > 0) out.push(dataComment(data))
  if (item.description !== undefined) out.push('', ...writeBlock(item.description))
  // A list may follow its item at once, but not a paragraph.
  if (bullets.length > 0) out.push(...(kind === 'microstep' && item.description === undefined ? [] : ['']), ...bullets)
  return out
}

const KNOWN: Record<ItemKind, ReadonlySet<string>> = {
  milestone: new Set(['id', 'title', 'description', 'steps', ...FIELDS.milestone]),
  step: new Set(['id', 'title', 'description', 'microsteps', ...FIELDS.step]),
  microstep: new Set(['id', 'title', 'description', 'status', ...FIELDS.microstep]),
}

/** Title and id of an item; an id that cannot be shown goes into the data. */
function writeTitle(item: DocumentItem, data: Data, suffix = ''): string {
  const title = encodeLine(item.title)
  if (isCode(item.id)) return `${title} · \`${item.id}\`${suffix}`
  data.id = item.id
  return protectEnd(title) + suffix
}

function writeMicrostep(item: DocumentItem & { status?: Status }, todoIsSaid: boolean): string[] {
  const data: Data = {}
  const word = item.status === undefined ? undefined : STATUS_WORDS[item.status]
  if (item.status === undefined && todoIsSaid) data.status = null
  if (item.status === 'todo' && !todoIsSaid) data.status = 'todo'
  const first = `- [${item.status === 'done' ? 'x' : ' '}] ${writeTitle(item, data, word === undefined ? '' : ` _(${word})_`)}`
  return [first, ...indented(writeFields('microstep', item, data, KNOWN.microstep))]
}

function writeGroup(kind: 'milestone' | 'step', item: DocumentItem): string[] {
  const data: Data = {}
  const first = `${kind === 'milestone' ? '##' : '###'} ${writeTitle(item, data)}`
  const out = [first, ...writeFields(kind, item, data, KNOWN[kind])]
  const [key, name] = kind === 'milestone' ? (['steps', 'Steps'] as const) : (['microsteps', 'Microsteps'] as const)
  const children = (item as Data)[key] as unknown[] | undefined
  const none = children === undefined ? undefined : emptyList(name)(children)
  return none === undefined ? out : [...out, ...(out.at(-1)!.startsWith('* ') ? [] : ['']), ...none]
}

function writeStep(step: Step, todoIsSaid: boolean): string[] {
  const out = writeGroup('step', step)
  const microsteps = step.microsteps ?? []
  if (microsteps.length > 0) out.push('')
  for (const microstep of microsteps) out.push(...writeMicrostep(microstep, todoIsSaid))
  return out
}

/** True when most microsteps that are to do say so; the others carry the difference. */
function saysTodo(plan: Plan): boolean {
  let balance = 0
  for (const milestone of plan.milestones) {
    for (const step of milestone.steps ?? []) {
      for (const { status } of step.microsteps ?? []) balance += status === 'todo' ? 1 : status === undefined ? -1 : 0
    }
  }
  return balance > 0
}

/**
 * A plan as markdown. `planFromMarkdown` reads it back as the same plan, every field and unknown key included; only
 * `x-sync`, which belongs to the file it stands in, is left out.
 *
 * @example
 * writeFileSync('PLAN.md', planToMarkdown(plan))
 */
export function planToMarkdown(plan: Plan): string {
  const todoIsSaid = saysTodo(plan)
  const { version, project, milestones, ...head } = plan
  delete head['x-sync']
  const { name, description, ...ofProject } = project
  const data = {
    ...(Object.keys(head).length > 0 && { head }),
    ...(Object.keys(ofProject).length > 0 && { project: ofProject }),
    ...(todoIsSaid && { todo: 'explicit' }),
  }
  const marker = `${PLAN_MARKER} v${version} -->`
  const out = [Object.keys(data).length === 0 ? marker : marker + dataComment(data), `# ${encodeLine(name)}`]
  if (description !== undefined) out.push('', ...writeBlock(description))
  for (const milestone of milestones) {
    out.push('', ...writeGroup('milestone', milestone))
    for (const step of milestone.steps ?? []) out.push('', ...writeStep(step, todoIsSaid))
  }
  return out.join('\n') + '\n'
}
