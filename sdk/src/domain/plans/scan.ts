/**
 * One tolerant walk over a plan document of any shape: collects the items for the graph rules, and finds what the
 * schemas let pass because objects are loose (unknown keys) or because they look at one value only (sets, estimates).
 */
import {
  checkSchema, criterionSchema, estimateSchema, linkSchema, microstepSchema, milestoneSchema, planSchema, stepSchema, syncMarkSchema,
} from './format.ts'
import { pathOf, type GraphNode } from './graph-rules.ts'
import type { Finding, Path } from './problems.ts'
import { nearest } from './suggest.ts'
import type { ItemKind } from './types.ts'

/** What the walk brings back. */
export interface Scan {
  /** Every item, parents first. */
  nodes: GraphNode[]
  findings: Finding[]
}

type Json = Record<string, unknown>
/** Paths are functions because nearly none is ever needed. */
type PathOf = () => Path

const keysOf = (schema: { shape: object }): ReadonlySet<string> => new Set(Object.keys(schema.shape))
const KNOWN = {
  plan: keysOf(planSchema),
  project: keysOf(planSchema.shape.project),
  'x-sync': keysOf(syncMarkSchema),
  milestone: keysOf(milestoneSchema),
  step: keysOf(stepSchema),
  microstep: keysOf(microstepSchema),
  estimate: keysOf(estimateSchema.options[1]),
  criterion: keysOf(criterionSchema),
  link: keysOf(linkSchema),
}
type ObjectName = keyof typeof KNOWN | 'check'
const CHECK_KEYS: ReadonlyMap<unknown, ReadonlySet<string>> = new Map(checkSchema.options.map((option) => [option.shape.kind.value, keysOf(option)]))
const CHILDREN = { milestone: ['steps', 'step'], step: ['microsteps', 'microstep'], microstep: [undefined, undefined] } as const
const ITEM_KINDS = ['microstep', 'step', 'milestone'] as const

/** Names that other tools use for what this format calls otherwise. */
const SYNONYMS: ReadonlyMap<string, string> = new Map(Object.entries({
  name: 'title', details: 'description', dependencies: 'dependsOn', deps: 'dependsOn', blockedBy: 'dependsOn', tags: 'labels', owner: 'assignee',
  due: 'dueDate', deadline: 'dueDate', criteria: 'acceptanceCriteria', acceptance: 'acceptanceCriteria', state: 'status', effort: 'estimate',
  tasks: 'steps', subtasks: 'microsteps', timeout: 'timeoutSeconds', command: 'run', folder: 'cwd', glob: 'path', pattern: 'matches', threshold: 'min',
}))

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

function describeUnknownKey(object: ObjectName, key: string, known: ReadonlySet<string>): { message: string; remedy: string } {
  const owners = object in CHILDREN ? ITEM_KINDS.filter((kind) => KNOWN[kind].has(key)) : []
  if (owners.length > 0) {
    return {
      message: `"${key}" belongs to a ${owners.join(' or a ')}, not to a ${object}; it is kept, but means nothing here.`,
      remedy: `Move it to a ${owners[0]}, or remove it.`,
    }
  }
  const synonym = SYNONYMS.get(key)
  const meant = synonym !== undefined && known.has(synonym) ? synonym : nearest(key, known)
  return {
    message: `"${key}" is not a key of ${object === 'x-sync' || object === 'plan' ? 'the' : 'a'} ${object}; it is kept, but means nothing.`,
    remedy: meant === undefined
      ? 'Remove it, or start its name with "x-" to say that it is yours.'
      : `Did you mean "${meant}"? A key of your own starts with "x-".`,
  }
}

function scanKeys(scan: Scan, object: ObjectName, value: Json, known: ReadonlySet<string>, path: PathOf): void {
  for (const key in value) {
    if (known.has(key) || key.startsWith('x-') || key === '__proto__') continue
    scan.findings.push({ code: 'unknown-key', path: [...path(), key], at: 'key', ...describeUnknownKey(object, key, known) })
  }
}

function scanSet(scan: Scan, what: string, list: readonly unknown[], identity: (element: unknown) => unknown, path: PathOf): void {
  if (list.length < 2 || (list.length === 2 && identity(list[0]) !== identity(list[1]))) return
  const seen = new Map<string, number>()
  list.forEach((element, index) => {
    const name = identity(element)
    if (typeof name !== 'string') return
    const first = seen.get(name)
    if (first === undefined) seen.set(name, index)
    else {
      const finding = { message: `The ${what} ${JSON.stringify(name)} is listed twice`, remedy: 'Remove one of the two.', first: [...path(), first] }
      scan.findings.push({ code: 'duplicate-element', path: [...path(), index], ...finding })
    }
  })
}

function scanEstimate(scan: Scan, value: unknown, path: PathOf): void {
  if (!isObject(value)) return
  scanKeys(scan, 'estimate', value, KNOWN.estimate, path)
  const { optimistic, likely, pessimistic } = value
  if (typeof optimistic !== 'number' || typeof likely !== 'number' || typeof pessimistic !== 'number') return
  if (optimistic <= likely && likely <= pessimistic) return
  scan.findings.push({
    code: 'estimate-order',
    path: path(),
    message: `The estimate says optimistic ${optimistic}, likely ${likely}, pessimistic ${pessimistic} hours, which do not ascend.`,
    remedy: 'Correct them so that optimistic <= likely <= pessimistic.',
  })
}

function scanCriteria(scan: Scan, list: readonly unknown[], path: PathOf): void {
  list.forEach((criterion, index) => {
    if (!isObject(criterion)) return
    const at = () => [...path(), index]
    scanKeys(scan, 'criterion', criterion, KNOWN.criterion, at)
    const check = criterion['check']
    const known = isObject(check) ? CHECK_KEYS.get(check['kind']) : undefined
    if (known !== undefined) scanKeys(scan, 'check', check as Json, known, () => [...at(), 'check'])
  })
  scanSet(scan, 'criterion', list, (criterion) => (isObject(criterion) ? (criterion['id'] ?? criterion['text']) : undefined), path)
}

function scanFields(scan: Scan, item: Json, path: PathOf): void {
  const { dependsOn, labels, links, acceptanceCriteria, estimate } = item
  if (Array.isArray(dependsOn)) scanSet(scan, 'dependency', dependsOn, (id) => id, () => [...path(), 'dependsOn'])
  if (Array.isArray(labels)) scanSet(scan, 'label', labels, (label) => label, () => [...path(), 'labels'])
  if (Array.isArray(links)) {
    links.forEach((link, index) => isObject(link) && scanKeys(scan, 'link', link, KNOWN.link, () => [...path(), 'links', index]))
  }
  if (Array.isArray(acceptanceCriteria)) scanCriteria(scan, acceptanceCriteria, () => [...path(), 'acceptanceCriteria'])
  scanEstimate(scan, estimate, () => [...path(), 'estimate'])
}

function scanItems(scan: Scan, kind: ItemKind, list: unknown, parent: number): void {
  if (!Array.isArray(list)) return
  const [childKey, childKind] = CHILDREN[kind]
  list.forEach((item: unknown, position) => {
    if (!isObject(item)) return
    const { id, dependsOn, status } = item
    const index = scan.nodes.length
    scan.nodes.push({ id: typeof id === 'string' ? id : '', kind, parent, position, dependsOn: Array.isArray(dependsOn) ? dependsOn : [], status })
    const path = () => pathOf(scan.nodes, index)
    scanKeys(scan, kind, item, KNOWN[kind], path)
    scanFields(scan, item, path)
    if (childKey !== undefined) scanItems(scan, childKind, item[childKey], index)
  })
}

/** Scans a document. What is not of the expected type is passed over: the schemas report it. Never throws. */
export function scanPlan(document: unknown): Scan {
  const scan: Scan = { nodes: [], findings: [] }
  if (!isObject(document)) return scan
  scanKeys(scan, 'plan', document, KNOWN.plan, () => [])
  for (const key of ['project', 'x-sync'] as const) {
    const value = document[key]
    if (isObject(value)) scanKeys(scan, key, value, KNOWN[key], () => [key])
  }
  scanItems(scan, 'milestone', document['milestones'], -1)
  return scan
}
