/**
 * Descriptions of what a policy file accepts: each reads its YAML node, reports what is wrong with it, and says the same as a JSON
 * Schema. The project's file and the operator's are made of these.
 */
import { isMap, isScalar, isSeq } from 'yaml'
import type { Node, Pair } from 'yaml'
import type { Path } from '../plans/problems.ts'
import { nearest } from '../plans/suggest.ts'
import type { PolicySource } from './source.ts'

export type JsonSchema = Record<string, unknown>

/** One value of the file. */
export interface Field<Value> {
  /** What is accepted, for people: `a whole number from 1 to 5`. */
  readonly accepts: string
  /** @param fallback what counts where nothing is said: the schema's `default` */
  schema(fallback?: Value): JsonSchema
  /** The value of `node`; undefined after a report. */
  read(node: Node, place: Place<Value>): Value | undefined
}

export interface Place<Value> {
  readonly source: PolicySource
  readonly path: Path
  /** What counts where nothing is said. */
  readonly fallback?: Value | undefined
  /** What is accepted, where that is more than the field itself accepts. */
  readonly accepts?: string
}

/** `perIpPer5Minutes` is `per_ip_per_5_minutes`, and `i18n` itself. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]|(?<=[a-z]{2})\d+/g, (part) => `_${part.toLowerCase()}`)

/** `rules[0].when`, as people write paths; empty for the whole file. */
export const shownPath = (path: Path): string => path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`)).join('')

function shown(node: Node): string {
  if (isMap(node)) return 'a mapping'
  if (isSeq(node)) return 'a list'
  const text = JSON.stringify(isScalar(node) ? node.value : node) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 58)}…"` : text
}

function wrong<Value>(node: Node, { source, path, accepts: instead }: Place<Value>, accepts: string, hint?: string): undefined {
  source.report(node, { code: 'invalid-value', path, message: `${shownPath(path) || 'The file'} is ${shown(node)}.`, remedy: hint ?? `Write ${instead ?? accepts}.` })
}

const withDefault = (schema: JsonSchema, fallback: unknown): JsonSchema => (fallback === undefined ? schema : { ...schema, default: fallback })

function scalar<Value>(accepts: string, schema: JsonSchema, accept: (value: unknown) => value is Value): Field<Value> {
  return {
    accepts,
    schema: (fallback) => withDefault(schema, fallback),
    read: (node, place) => (isScalar(node) && accept(node.value) ? node.value : wrong(node, place, accepts)),
  }
}

export const whole = (min: number, max: number): Field<number> =>
  scalar(`a whole number from ${min} to ${max}`, { type: 'integer', minimum: min, maximum: max }, (value): value is number => Number.isInteger(value) && (value as number) >= min && (value as number) <= max)

export const decimal = (min: number, max: number): Field<number> =>
  scalar(`a number from ${min} to ${max}`, { type: 'number', minimum: min, maximum: max }, (value): value is number => typeof value === 'number' && value >= min && value <= max)

export const yesOrNo: Field<boolean> = scalar('true or false', { type: 'boolean' }, (value) => typeof value === 'boolean')

/** A text that matches `pattern`. @param accepts for people: `an id such as done-needs-evidence` */
export const text = (accepts: string, pattern: RegExp, max = 2_000): Field<string> =>
  scalar(accepts, { type: 'string', pattern: pattern.source, maxLength: max }, (value): value is string => typeof value === 'string' && value.length <= max && pattern.test(value))

/** One of some names, a near miss being told which. */
export function oneOf<Name extends string>(names: readonly Name[]): Field<Name> {
  const accepts = `one of ${names.join(', ')}`
  return {
    accepts,
    schema: (fallback) => withDefault({ enum: names }, fallback),
    read(node, place) {
      const value = isScalar(node) ? node.value : undefined
      if (names.includes(value as Name)) return value as Name
      const meant = typeof value === 'string' ? nearest(value, names) : undefined
      return wrong(node, place, accepts, meant && `Did you mean ${meant}?`)
    },
  }
}

export const orNull = <Value>(field: Field<Value>): Field<Value | null> => ({
  accepts: `${field.accepts}, or null`,
  schema: (fallback) => withDefault({ anyOf: [field.schema(), { type: 'null' }] }, fallback),
  read(node, { fallback, ...place }) {
    if (isScalar(node) && node.value === null) return null
    return isScalar(node) ? field.read(node, { ...place, fallback: fallback ?? undefined, accepts: this.accepts }) : wrong(node, place, this.accepts)
  },
})

/** What an editor shows of a key. */
export const described = <Value>(description: string, field: Field<Value>): Field<Value> => ({ ...field, schema: (fallback) => ({ description, ...field.schema(fallback) }) })

interface ListOptions<Value> {
  readonly min?: number
  readonly max?: number
  /** What counts where an element says nothing. */
  readonly element?: Value
}

export function listOf<Value>(field: Field<Value>, accepts: string, { min = 0, max = 100, element }: ListOptions<Value> = {}): Field<readonly Value[]> {
  return {
    accepts,
    schema: (fallback) => withDefault({ type: 'array', items: field.schema(), ...(min > 0 && { minItems: min }), maxItems: max }, fallback),
    read(node, place) {
      if (!isSeq(node) || node.items.length < min) return wrong(node, place, accepts)
      if (node.items.length > max) {
        return void place.source.report(node, { code: 'too-long', path: place.path, message: `${shownPath(place.path)} has ${node.items.length} elements; ${max} are the most.`, remedy: 'Take some out.' })
      }
      return node.items.flatMap((item, index) => {
        const value = place.source.resolve(item as Node)
        const read = value === null ? undefined : field.read(value, { source: place.source, path: [...place.path, index], fallback: element })
        return read === undefined ? [] : [read]
      })
    },
  }
}

const NAME = /^[a-z][a-z0-9_]*$/
export const listOfNames: Field<readonly string[]> = listOf(text('a name such as comments', NAME, 64), 'a list of names such as [comments, webhooks]')

export type Members<Value> = { readonly [Name in keyof Value]: Field<Value[Name]> }

interface MappingOptions<Value> {
  /** The first of the two members may not be larger than the second. */
  readonly atMost?: readonly [keyof Value & string, keyof Value & string]
  /** Members that must be there; each other one has its fallback. */
  readonly required?: readonly (keyof Value & string)[]
  /** Keys that are let through unread. */
  readonly others?: ReadonlySet<string>
}

/** A mapping whose keys are the members' names in snake_case. */
export function mapping<Value extends object>(members: Members<Value>, options: MappingOptions<Value> = {}): Field<Value> {
  const names = new Map(Object.keys(members).map((member) => [snakeCase(member), member as keyof Value & string]))
  const accepts = `a mapping with the keys ${[...names.keys()].join(', ')}`
  return {
    accepts,
    schema: (fallback) => ({
      type: 'object',
      properties: Object.fromEntries([...names].map(([name, member]) => [name, members[member].schema(fallback?.[member])])),
      ...(options.required && { required: options.required.map(snakeCase) }),
      additionalProperties: options.others !== undefined,
    }),
    read(node, place) {
      const { source, path, fallback } = place
      if (!isMap(node)) {
        // a section whose every line is a comment
        if (isScalar(node) && node.value === null && fallback !== undefined) return fallback
        return wrong(node, place, accepts)
      }
      const value = { ...fallback } as Value
      for (const pair of node.items) readPair(pair as Pair<Node, Node | null>, { members, names, options }, { source, path, fallback }, value)
      checkMapping(node, place, options, value)
      return value
    },
  }
}

interface Description<Value> {
  readonly members: Members<Value>
  readonly names: ReadonlyMap<string, keyof Value & string>
  readonly options: MappingOptions<Value>
}

function readPair<Value extends object>({ key, value }: Pair<Node, Node | null>, { members, names, options }: Description<Value>, place: Place<Value>, into: Value): void {
  const { source, fallback } = place
  const name = String(isScalar(key) ? key.value : source.text.slice(...rangeOfKey(key)))
  const path = [...place.path, name]
  const member = names.get(name)
  if (member === undefined) {
    if (options.others?.has(name) === true) return
    const meant = nearest(name, [...names.keys(), ...(options.others ?? [])])
    return source.report(key, { code: 'unknown-key', path, message: `${shownPath(path)} is not a key of the policy.`, remedy: meant === undefined ? `Accepted here: ${[...names.keys()].join(', ')}.` : `Did you mean ${meant}?` })
  }
  const node = source.resolve(value)
  if (node === null) return source.report(key, { code: 'invalid-value', path, message: `${shownPath(path)} is empty.`, remedy: `Write ${members[member].accepts}.` })
  const read = members[member].read(node, { source, path, fallback: fallback?.[member] })
  if (read !== undefined) into[member] = read
}

const rangeOfKey = (key: Node): [number, number] => [key.range?.[0] ?? 0, key.range?.[1] ?? 0]

function checkMapping<Value extends object>(node: Node, { source, path }: Place<Value>, { atMost, required = [] }: MappingOptions<Value>, value: Value): void {
  const given = isMap(node) ? new Set(node.items.map(({ key }) => String(isScalar(key) ? key.value : ''))) : new Set<string>()
  const absent = required.map(snakeCase).filter((name) => !given.has(name))
  if (absent.length > 0) {
    source.report(firstOf(node), { code: 'missing-field', path, message: `${shownPath(path) || 'The file'} has no ${absent.join(', no ')}.`, remedy: `Add ${absent.map((name) => `${name}:`).join(' and ')}.` })
  }
  if (atMost === undefined || !(value[atMost[0]] > value[atMost[1]])) return
  const [low, high] = atMost.map(snakeCase) as [string, string]
  source.report(node, {
    code: 'invalid-value', path: [...path, low], message: `${shownPath([...path, low])} is ${String(value[atMost[0]])}, and ${high} is ${String(value[atMost[1]])}.`, remedy: `Write at most ${high}.`,
  })
}

/** What a report of a whole mapping points at: its first key, for the rest may be many lines. */
const firstOf = (node: Node): Node => (isMap(node) && node.items[0] !== undefined ? (node.items[0].key as Node) : node)
