/** From a REST request to an operation's variables. All that is wrong with a request is said at once, by name. */
import { isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql'
import type { GraphQLInputObjectType, GraphQLInputType, GraphQLScalarType } from 'graphql'
import { enumName, snakeCase } from './names.ts'
import type { Parameter, RestOperation } from './operations.ts'
import { badRequest } from './problem.ts'
import type { InputFault } from './problem.ts'

export interface RestInput {
  readonly path: ReadonlyMap<string, string>
  readonly query: URLSearchParams
  /** The members of the JSON body; undefined where there is none. */
  readonly body: Readonly<Record<string, unknown>> | undefined
  readonly aliases: Readonly<Record<string, string>>
}

export interface ReadInput {
  readonly variables: Record<string, unknown>
  /** Says where in the request the value lies that the operation found at fault. */
  locate(path: readonly (string | number)[]): InputFault | null
}

type Place = Omit<InputFault, 'detail'>
type Faults = InputFault[]

interface Given {
  readonly value: unknown
  readonly place: Place
}

/** @throws Problem `BAD_USER_INPUT` with one entry for each parameter that is missing, unknown, given twice or of the wrong type. */
export function readInput({ parameters }: RestOperation, input: RestInput): ReadInput {
  const faults: Faults = []
  const given = collect(parameters, input, faults)
  const variables: Record<string, unknown> = {}
  for (const [name, { variable, type, required }] of parameters) {
    const found = given.get(name)
    if (found !== undefined) variables[variable] = fromJson(type, found.value, { place: found.place, name }, faults)
    else if (required) faults.push({ ...missingPlace(type, name, input), detail: `${quoted(name)} is required.` })
  }
  if (faults.length > 0) throw badRequest(faults)
  return { variables, locate: (path) => locate(parameters, given, path) }
}

function collect(parameters: RestOperation['parameters'], { path, query, body, aliases }: RestInput, faults: Faults): Map<string, Given> {
  const given = new Map<string, Given>()
  const take = (written: string, place: Place, read: (parameter: Parameter) => unknown): void => {
    const name = aliases[written] ?? written
    const parameter = parameters.get(name)
    if (parameter === undefined) return void faults.push({ ...place, detail: unknownName(written, [...parameters.keys(), ...Object.keys(aliases)]) })
    const value = read(parameter)
    const earlier = given.get(name)
    if (earlier === undefined) given.set(name, { value, place })
    else if (earlier.value !== value) faults.push({ ...place, detail: `${quoted(name)} is given twice, with different values.` })
  }
  for (const [name, text] of path) take(name, { parameter: name }, () => text)
  for (const name of new Set(query.keys())) take(name, { parameter: name }, ({ type }) => fromTexts(type, query.getAll(name)))
  for (const [name, value] of Object.entries(body ?? {})) take(name, { pointer: `#/${name}` }, () => value)
  return given
}

const quoted = (name: string): string => `\`${name}\``

const unknownName = (name: string, known: readonly string[]): string =>
  known.length === 0 ? `There is no parameter ${quoted(name)}; none is taken here.` : `There is no parameter ${quoted(name)}. Known here: ${[...known].sort().join(', ')}.`

const missingPlace = (type: GraphQLInputType, name: string, { body }: RestInput): Place => (body === undefined && isText(type) ? { parameter: name } : { pointer: `#/${name}` })

const OPAQUE = new Set(['JSON', 'PlanDocument', 'PlanChanges'])

/** Whether a value of this type can stand in a query string. */
export function isText(type: GraphQLInputType): boolean {
  if (isNonNullType(type)) return isText(type.ofType)
  return isListType(type) ? isText(type.ofType) : !isInputObjectType(type) && !OPAQUE.has(type.name)
}

/** A list is written by repeating its name, or with commas. What cannot be read is passed on as text, and refused with the rest. */
function fromTexts(type: GraphQLInputType, texts: readonly string[]): unknown {
  if (isNonNullType(type)) return fromTexts(type.ofType, texts)
  if (isListType(type)) return texts.flatMap((text) => text.split(',')).map((text) => fromTexts(type.ofType, [text]))
  const [text = '', ...others] = texts
  if (others.some((other) => other !== text)) return texts
  if (isEnumType(type) || isInputObjectType(type)) return text
  if ((type.name === 'Int' || type.name === 'Float') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  return type.name === 'Boolean' && /^(true|false)$/.test(text) ? text === 'true' : text
}

interface At {
  readonly place: Place
  /** How messages name it. */
  readonly name: string
}

/** Passes a value on in the operation's names, and notes what does not fit its type. */
function fromJson(type: GraphQLInputType, value: unknown, at: At, faults: Faults): unknown {
  const refuse = (expected: string): void => void faults.push({ ...at.place, detail: `${quoted(at.name)} must be ${expected}.` })
  if (isNonNullType(type)) return value === null ? refuse('given, and not null') : fromJson(type.ofType, value, at, faults)
  if (value === null) return null
  if (isListType(type)) {
    return Array.isArray(value) ? value.map((item, index) => fromJson(type.ofType, item, inside(at, String(index)), faults)) : refuse('a list')
  }
  if (isInputObjectType(type)) return isObject(value) ? fromObject(type, value, at, faults) : refuse('an object')
  if (isEnumType(type)) {
    const known = type.getValues().map((item) => item.name)
    return typeof value === 'string' && known.includes(value.toUpperCase()) ? value.toUpperCase() : refuse(`one of ${known.map(enumName).join(', ')}`)
  }
  const fault = scalarFault(type, value)
  return fault === null ? value : refuse(fault)
}

function fromObject(type: GraphQLInputObjectType, value: Readonly<Record<string, unknown>>, at: At, faults: Faults): Record<string, unknown> {
  const fields = new Map(Object.values(type.getFields()).map((field) => [snakeCase(field.name), field]))
  const read: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    const field = fields.get(name)
    if (field === undefined) faults.push({ ...inside(at, name).place, detail: unknownName(`${at.name}.${name}`, [...fields.keys()]) })
    else read[field.name] = fromJson(field.type, member, inside(at, name), faults)
  }
  for (const [name, field] of fields) {
    const missing = isNonNullType(field.type) && field.defaultValue === undefined && !(field.name in read) && !(name in value)
    if (missing) faults.push({ ...inside(at, name).place, detail: `${quoted(inside(at, name).name)} is required.` })
  }
  return read
}

const EXPECTED: Readonly<Record<string, string>> = { Int: 'a whole number', Float: 'a number', Boolean: 'true or false', String: 'a text', ID: 'a text', Date: 'a day as YYYY-MM-DD' }

function scalarFault(type: GraphQLScalarType, value: unknown): string | null {
  try {
    type.parseValue(value)
    return null
  } catch {
    return EXPECTED[type.name] ?? `a ${type.name}`
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const escaped = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1')

const inside = ({ place, name }: At, part: string): At => ({
  name: `${name}.${part}`,
  place: place.pointer === undefined ? place : { pointer: `${place.pointer}/${escaped(part)}` },
})

/** A path of an operation's input, e.g. `['estimate', 'hours']`, as a place of the request. */
function locate(parameters: RestOperation['parameters'], given: ReadonlyMap<string, Given>, [first, ...rest]: readonly (string | number)[]): InputFault {
  if (first === 'idempotencyKey') return { parameter: 'Idempotency-Key', detail: '' }
  const [name = snakeCase(String(first))] = [...parameters].find(([, { variable }]) => variable === first) ?? []
  const place = given.get(name)?.place ?? { parameter: name }
  const deeper = rest.map((part) => `/${escaped(typeof part === 'number' ? String(part) : snakeCase(part))}`).join('')
  return { ...(place.pointer === undefined ? place : { pointer: `${place.pointer}${deeper}` }), detail: '' }
}
