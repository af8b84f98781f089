/**
 * Which changes of the REST facade break whoever uses an earlier release of it: what a request may say can only grow,
 * and what a response says can only grow.
 */
import type { Break } from './schema-changes.ts'

// Two documents of the same form, one of them from a file: each step is looked at before the next is taken.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = Readonly<Record<string, any>>

interface Comparison {
  readonly before: Json
  readonly after: Json
  readonly report: (what: string) => void
  /** Pairs that are compared already, or being compared: schemas may refer to themselves. */
  readonly compared: Set<string>
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** @param before the released document; @param after today's */
export function openApiBreaks(before: Json, after: Json): Break[] {
  const breaks: Break[] = []
  for (const [path, item] of Object.entries<Json>(before['paths'])) {
    for (const method of METHODS.filter((name) => item[name] !== undefined)) {
      const name = `${method.toUpperCase()} ${path}`
      const operation = String(item[method].operationId ?? name)
      const report = (what: string): void => void breaks.push({ operation, what: `${name}: ${what}` })
      const now = after['paths'][path]?.[method] as Json | undefined
      if (now === undefined) report('the path is gone.')
      else compareOperation(item[method] as Json, now, { before, after, report, compared: new Set() })
    }
  }
  return breaks
}

function compareOperation(before: Json, after: Json, comparison: Comparison): void {
  const { report } = comparison
  if (before['operationId'] !== after['operationId']) report(`its operation is ${after['operationId']} now.`)
  compareParameters(before, after, comparison)
  const [bodyBefore, bodyAfter] = [bodyOf(comparison.before, before['requestBody']), bodyOf(comparison.after, after['requestBody'])]
  if (bodyBefore !== undefined && bodyAfter === undefined) report('it takes no body any more.')
  if (bodyAfter?.required === true && bodyBefore?.required !== true && (resolve(comparison.after, bodyAfter.schema)['required'] ?? []).length > 0) report('the body is required now.')
  if (bodyBefore !== undefined && bodyAfter !== undefined) compareSchema(bodyBefore.schema, bodyAfter.schema, 'request', { ...comparison, report: (what) => report(`body${what}`) }, '')
  for (const status of Object.keys(before['responses']).filter((code) => /^2/.test(code))) {
    const answered = bodyOf(comparison.after, after['responses'][status])
    const expected = bodyOf(comparison.before, before['responses'][status])
    if (after['responses'][status] === undefined) report(`it answers no ${status} any more.`)
    else if (expected !== undefined && answered === undefined) report(`${status} has no body any more.`)
    else if (expected !== undefined && answered !== undefined) compareSchema(expected.schema, answered.schema, 'response', { ...comparison, report: (what) => report(`answer${what}`) }, '')
  }
}

function compareParameters(before: Json, after: Json, comparison: Comparison): void {
  const { report } = comparison
  const byName = (root: Json, operation: Json): Map<string, Json> =>
    new Map((operation['parameters'] ?? []).map((parameter: Json) => resolve(root, parameter)).map((parameter: Json) => [`${parameter['in']} parameter ${parameter['name']}`, parameter]))
  const [old, now] = [byName(comparison.before, before), byName(comparison.after, after)]
  for (const [name, parameter] of old) {
    const found = now.get(name)
    if (found === undefined) report(`${name} is gone.`)
    else compareSchema(parameter['schema'] as Json, found['schema'] as Json, 'request', { ...comparison, compared: new Set(), report: (what) => report(`${name}${what}`) }, '')
  }
  for (const [name, parameter] of now) if (parameter['required'] === true && old.get(name)?.['required'] !== true) report(`${name} is required now.`)
}

function bodyOf(root: Json, value: Json | undefined): { required: boolean; schema: Json } | undefined {
  if (value === undefined) return undefined
  const { required, content } = resolve(root, value)
  const [{ schema } = { schema: undefined }] = Object.values<{ schema?: Json }>(content ?? {})
  return schema === undefined ? undefined : { required: required === true, schema }
}

type Direction = 'request' | 'response'

function compareSchema(before: Json, after: Json, direction: Direction, comparison: Comparison, at: string): void {
  const pair = `${direction} ${at} ${JSON.stringify(before)} ${JSON.stringify(after)}`
  if (comparison.compared.has(pair)) return
  comparison.compared.add(pair)
  const [old, now] = [read(comparison.before, before), read(comparison.after, after)]
  const say = (what: string): void => comparison.report(`${at}${what}`)
  compareTypes(old, now, direction, say)
  const refused = direction === 'request' && now.values !== null ? (old.values ?? []).filter((value) => !now.values?.includes(value)) : []
  for (const value of refused) say(` takes no ${JSON.stringify(value)} any more.`)
  compareProperties(old, now, direction, comparison, at)
  if (old.items !== undefined && now.items !== undefined) compareSchema(old.items, now.items, direction, comparison, `${at}[]`)
  for (const [name, variant] of old.variants) {
    const found = now.variants.get(name)
    if (found === undefined) say(` is never a ${name} any more.`)
    else compareSchema(variant, found, direction, comparison, `${at}(${name})`)
  }
}

/** A request's value may be of more types than before, a response's of fewer. */
function compareTypes(old: Read, now: Read, direction: Direction, say: (what: string) => void): void {
  const [narrow, wide] = direction === 'request' ? [old, now] : [now, old]
  if (wide.types === null) return
  const added = narrow.types === null ? ['any type'] : narrow.types.filter((type) => !wide.types?.includes(type) && !(type === 'integer' && wide.types?.includes('number')))
  if (added.length > 0) say(direction === 'request' ? ` takes no ${added.join(', ')} any more.` : ` can be ${added.join(', ')} now.`)
}

function compareProperties(old: Read, now: Read, direction: Direction, comparison: Comparison, at: string): void {
  for (const [name, schema] of Object.entries(old.properties)) {
    const place = `${at}.${name}`
    const found = now.properties[name]
    if (found === undefined) comparison.report(`${place} is gone.`)
    else compareSchema(schema, found, direction, comparison, place)
    if (direction === 'response' && found !== undefined && old.required.includes(name) && !now.required.includes(name)) comparison.report(`${place} can be missing now.`)
  }
  if (direction === 'request') for (const name of now.required) if (!old.required.includes(name)) comparison.report(`${at}.${name} is required now.`)
}

interface Read {
  /** Null: any. */
  readonly types: readonly string[] | null
  readonly values: readonly unknown[] | null
  readonly properties: Readonly<Record<string, Json>>
  readonly required: readonly string[]
  readonly items: Json | undefined
  /** Members of a union, by the constant that names them. */
  readonly variants: ReadonlyMap<string, Json>
}

/** Reads a schema in the few forms that our documents have. */
function read(root: Json, schema: Json): Read {
  const { type, enum: values, properties = {}, required = [], items, anyOf, oneOf } = resolve(root, schema)
  if (anyOf !== undefined) {
    const members = (anyOf as Json[]).map((member) => read(root, member))
    const [main = read(root, {})] = members.filter(({ types }) => types?.join() !== 'null')
    return { ...main, types: members.some(({ types }) => types === null) ? null : [...new Set(members.flatMap(({ types }) => types ?? []))] }
  }
  const variants = new Map((oneOf as Json[] | undefined)?.map((member) => [String(resolve(root, member)['properties']?.['type']?.const), member] as const))
  return { types: oneOf !== undefined ? ['object'] : type === undefined ? null : [type as string | string[]].flat(), values: values ?? null, properties, required, items, variants }
}

function resolve(root: Json, value: Json): Json {
  if (typeof value['$ref'] !== 'string') return value
  return value['$ref'].slice(2).split('/').reduce<Json>((parent, key) => parent[key] as Json, root)
}
