/**
 * The shape of plan changes that come from outside, checked without zod: this runs in the SDK's root bundle and on every
 * push. It knows the same field types as `format.ts`; `change-shape.test.ts` holds the two together.
 */
import { PlanChangeError } from './change-error.ts'
import { CHILD_KIND } from './flat.ts'
import { isPattern } from './pattern.ts'
import type { ItemKind, PlanChange, Priority, Status } from './types.ts'

/** The document key that holds an item's children. */
export const CHILD_FIELD = { milestone: 'steps', step: 'microsteps', microstep: undefined } as const

/** Says what is wrong with a value; undefined when nothing is. `at` is the pointer below the value, if deeper. */
type Fault = { message: string; at?: string } | undefined
type Rule = (value: unknown) => Fault
type Fields = Record<string, unknown>

const STATUSES: Record<Status, true> = { todo: true, in_progress: true, blocked: true, in_review: true, done: true, cancelled: true }
const PRIORITIES: Record<Priority, true> = { low: true, medium: true, high: true, critical: true }
const MAX_HOURS = 100_000

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const isHours = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= MAX_HOURS

const rule = (holds: (value: unknown) => boolean, message: string): Rule => (value) => (holds(value) ? undefined : { message })
const text = rule((value) => typeof value === 'string', 'must be a string')
const someText = rule((value) => typeof value === 'string' && value !== '', 'must be a string that is not empty')
const titleText = rule((value) => typeof value === 'string' && value !== '' && value.length <= 500, 'must be a string of 1 to 500 characters')
const idText = rule(
  (value) => typeof value === 'string' && value.length <= 200 && /^\S+$/.test(value),
  'must be an id: 1 to 200 characters without white space',
)
const oneOf = (values: Fields): Rule =>
  rule((value) => typeof value === 'string' && Object.hasOwn(values, value), `must be one of ${Object.keys(values).join(', ')}`)

const listOf = (element: Rule): Rule => (value) => {
  if (!Array.isArray(value)) return { message: 'must be a list' }
  for (const [index, entry] of value.entries()) {
    const fault = element(entry)
    if (fault !== undefined) return { message: fault.message, at: `/${index}${fault.at ?? ''}` }
  }
  return undefined
}

const recordOf = (required: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule => (value) => {
  if (!isRecord(value)) return { message: 'must be an object' }
  for (const key in required) {
    const fault = required[key]!(value[key])
    if (fault !== undefined) return { message: fault.message, at: `/${key}${fault.at ?? ''}` }
  }
  for (const key in optional) {
    const fault = value[key] === undefined ? undefined : optional[key]!(value[key])
    if (fault !== undefined) return { message: fault.message, at: `/${key}${fault.at ?? ''}` }
  }
  return undefined
}

const integer = (least: number, most: number): Rule =>
  rule((value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most, `must be a whole number, ${least} to ${most}`)
const pattern = rule((value) => typeof value === 'string' && value !== '' && value.length <= 1000 && isPattern(value), 'must be a regular expression')
const variable = rule((value) => typeof value === 'string' && /^[A-Za-z_][A-Za-z0-9_]*$/.test(value), 'must be the name of a variable')
const percent = rule((value) => typeof value === 'number' && value >= 0 && value <= 100, 'must be percent, 0 to 100')

const CHECKS: Record<string, Rule> = {
  command: recordOf({ run: someText }, { cwd: someText, timeoutSeconds: integer(1, 86_400), env: listOf(variable) }),
  http: recordOf(
    { url: rule((value) => typeof value === 'string' && URL.canParse(value), 'must be an absolute URL') },
    { status: integer(100, 599), matches: pattern },
  ),
  file: recordOf({ path: someText }, { matches: pattern }),
  junit: recordOf({ path: someText }, { maxFailures: integer(0, 1_000_000), minTests: integer(0, 1_000_000) }),
  coverage: recordOf({ path: someText, min: percent }, { metric: oneOf({ lines: true, branches: true, functions: true }) }),
  manual: recordOf({}, { by: text }),
}
const check: Rule = (value) => {
  if (!isRecord(value)) return { message: 'must be an object' }
  const kind = value['kind']
  if (typeof kind !== 'string' || !Object.hasOwn(CHECKS, kind)) return { message: `must be one of ${Object.keys(CHECKS).join(', ')}`, at: '/kind' }
  return CHECKS[kind]!(value)
}

const isDate = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) === true

const estimate: Rule = (value) => {
  if (!isRecord(value)) return isHours(value) ? undefined : { message: `must be hours (0 to ${MAX_HOURS}) or three points` }
  const point = rule(isHours, `must be hours, 0 to ${MAX_HOURS}`)
  return recordOf({ optimistic: point, likely: point, pessimistic: point })(value)
}

const COMMON: Record<string, Rule> = {
  title: titleText,
  description: text,
  dependsOn: listOf(idText),
  assignee: someText,
  labels: listOf(someText),
  priority: oneOf(PRIORITIES),
  links: listOf(recordOf({ url: someText }, { title: text })),
  notes: text,
  acceptanceCriteria: listOf(recordOf({ text: someText }, { id: idText, check })),
  renamedFrom: idText,
}
const FIELDS: Record<ItemKind, Record<string, Rule>> = {
  milestone: { ...COMMON, phase: someText, dueDate: rule(isDate, 'must be a date, YYYY-MM-DD') },
  step: COMMON,
  microstep: { ...COMMON, status: oneOf(STATUSES), estimate },
}
/** Where the kind is not known (an update names only the id) a field's type is the same for each kind that has it. */
const ANY_FIELD = { ...FIELDS.milestone, ...FIELDS.microstep }

const HEAD: Record<string, Rule> = {
  $schema: text,
  version: rule((value) => value === 1, 'must be 1'),
  project: recordOf(
    { name: rule((value) => typeof value === 'string' && value !== '' && value.length <= 200, 'must be a string of 1 to 200 characters') },
    { description: text },
  ),
}

/**
 * Checks that a value is a batch of plan changes: shapes, operations, and the types of the fields this version knows.
 * Unknown fields pass, as they do in the file. Whether the changes fit a plan is for `applyChanges` to say.
 *
 * @throws {PlanChangeError} `invalid-change` for the first fault, with its place as `index` and `pointer`.
 */
export function assertPlanChanges(value: unknown): asserts value is PlanChange[] {
  if (!Array.isArray(value)) throw new PlanChangeError('invalid-change', -1, 'plan changes must be a list')
  for (const [index, change] of value.entries()) {
    const fault = changeFault(change)
    if (fault === undefined) continue
    const place = fault.at === undefined ? '' : `${fault.at}: `
    throw new PlanChangeError('invalid-change', index, `${place}${fault.message}`, `/${index}${fault.at ?? ''}`)
  }
}

const idOrNull: Rule = (value) => (value === null ? undefined : idText(value) && { message: 'must be an id or null' })
const kindOf = oneOf(FIELDS)
const OPERATIONS: Record<PlanChange['op'], Record<string, Rule>> = {
  add: { kind: kindOf, parentId: idOrNull, after: idOrNull },
  update: { id: idText, set: (value) => setFault(value, ANY_FIELD, 'title') },
  move: { id: idText, parentId: idOrNull, after: idOrNull },
  remove: { id: idText },
  rename: { id: idText, to: idText },
  head: { set: (value) => setFault(value, HEAD, 'project', 'version') },
}

function changeFault(change: unknown): Fault {
  if (!isRecord(change)) return { message: 'must be an object' }
  const op = change['op']
  if (typeof op !== 'string' || !Object.hasOwn(OPERATIONS, op)) return { message: `must be one of ${Object.keys(OPERATIONS).join(', ')}`, at: '/op' }
  const members = OPERATIONS[op as PlanChange['op']]
  for (const key in change) if (key !== 'op' && !Object.hasOwn(members, key) && !(op === 'add' && key === 'item')) return { message: 'is not a member of this operation', at: pointer(key) }
  const fault = recordOf(members)(change)
  if (fault !== undefined || op !== 'add') return fault
  return within('/item', itemFault(change['kind'] as ItemKind, change['item']))
}

function setFault(set: unknown, rules: Record<string, Rule>, ...required: string[]): Fault {
  if (!isRecord(set)) return { message: 'must be an object' }
  for (const key in set) {
    const value = set[key]
    if (value === null && required.includes(key)) return { message: 'cannot be removed', at: pointer(key) }
    const fault = unsafeKey(key) ?? (value !== null && Object.hasOwn(rules, key) ? rules[key]!(value) : undefined)
    if (fault !== undefined) return within(pointer(key), fault)
  }
  return undefined
}

function itemFault(kind: ItemKind, item: unknown): Fault {
  if (!isRecord(item)) return { message: 'must be an object' }
  const rules = FIELDS[kind]
  const childKey = CHILD_FIELD[kind]
  const missing = within('/id', idText(item['id'])) ?? within('/title', titleText(item['title']))
  if (missing !== undefined) return missing
  for (const key in item) {
    const value = item[key]
    if (key === childKey || value === undefined) continue
    const fault = unsafeKey(key) ?? (Object.hasOwn(rules, key) ? rules[key]!(value) : undefined)
    if (fault !== undefined) return within(pointer(key), fault)
  }
  const childKind = CHILD_KIND[kind]
  if (childKey === undefined || childKind === undefined || item[childKey] === undefined) return undefined
  return within(`/${childKey}`, listOf((child) => itemFault(childKind, child))(item[childKey]))
}

/** Assigning to `__proto__` would set a prototype instead of a field. */
const unsafeKey = (key: string): Fault => (key === '__proto__' ? { message: 'is not allowed as a key' } : undefined)
const pointer = (key: string): string => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
const within = (at: string, fault: Fault): Fault => fault && { message: fault.message, at: `${at}${fault.at ?? ''}` }
