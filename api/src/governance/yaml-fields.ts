/** Reads YAML by a description of what is accepted. Everything that is wrong is reported, each with its place. */
import { isAlias, isMap, isScalar, isSeq } from 'yaml'
import type { Document, Node, Pair } from 'yaml'
import { nearest } from '../../../sdk/src/domain/plans/suggest.ts'

/** Where a report belongs: its offset in the text. */
export interface Reading {
  readonly document: Document
  report(offset: number, message: string): void
}

/** One value of the file. */
export interface Field<Value> {
  /** What is accepted, for people: `a whole number from 1 to 5`. */
  readonly accepts: string
  /** The value of `node`; undefined after a report. */
  read(node: Node, place: Place<Value>): Value | undefined
}

interface Place<Value> {
  readonly reading: Reading
  /** `tiers.free.seats`; empty for the whole file. */
  readonly path: string
  /** What counts where nothing is said. */
  readonly fallback: Value
}

const snakeCase = (name: string): string => name.replace(/[A-Z]|\d+/g, (part) => `_${part.toLowerCase()}`)
const offsetOf = (node: Node): number => node.range?.[0] ?? 0
const shown = (node: Node): string => JSON.stringify(node.toJSON() as unknown)

function scalar<Value>(accepts: string, accept: (value: unknown) => value is Value): Field<Value> {
  return {
    accepts,
    read(node, { reading, path }) {
      if (isScalar(node) && accept(node.value)) return node.value
      reading.report(offsetOf(node), `${path} must be ${accepts}; it is ${shown(node)}.`)
      return undefined
    },
  }
}

export const whole = (min: number, max: number): Field<number> =>
  scalar(`a whole number from ${min} to ${max}`, (value): value is number => Number.isInteger(value) && (value as number) >= min && (value as number) <= max)

export const yesOrNo: Field<boolean> = scalar('true or false', (value) => typeof value === 'boolean')

export const orNull = <Value>(field: Field<Value>): Field<Value | null> => ({
  accepts: `${field.accepts}, or null`,
  read(node, { reading, path, fallback }) {
    if (isScalar(node) && node.value === null) return null
    // the inner field would leave null out of what it names
    let wrong = false
    const value = field.read(node, { reading: { ...reading, report: () => (wrong = true) }, path, fallback: fallback as Value })
    if (wrong) reading.report(offsetOf(node), `${path} must be ${this.accepts}; it is ${shown(node)}.`)
    return value
  },
})

const NAME = /^[a-z][a-z0-9_]*$/

export const listOfNames: Field<readonly string[]> = {
  accepts: 'a list of names such as [comments, webhooks]',
  read(node, { reading, path }) {
    const names: unknown = isSeq(node) ? node.toJSON() : undefined
    if (Array.isArray(names) && names.every((name) => typeof name === 'string' && NAME.test(name))) return names as string[]
    reading.report(offsetOf(node), `${path} must be ${this.accepts}; it is ${shown(node)}.`)
    return undefined
  },
}

export type Members<Value> = { readonly [Name in keyof Value]: Field<Value[Name]> }

/** `atMost`: the first of the two members may not be larger than the second. */
interface MappingOptions<Value> {
  readonly atMost?: readonly [keyof Value & string, keyof Value & string]
}

/** A mapping whose keys are the members' names in snake_case; each may be left out. */
export function mapping<Value extends object>(members: Members<Value>, { atMost }: MappingOptions<Value> = {}): Field<Value> {
  const names = new Map(Object.keys(members).map((member) => [snakeCase(member), member as keyof Value & string]))
  const accepts = `a mapping with the keys ${[...names.keys()].join(', ')}`

  function readPair({ key, value }: Pair, { reading, path, fallback }: Place<Value>, into: Value): void {
    const name = String((key as Node).toJSON())
    const at = path === '' ? name : `${path}.${name}`
    const member = names.get(name)
    if (member === undefined) return reading.report(offsetOf(key as Node), unknown(at, name, [...names.keys()]))
    const node = isAlias(value) ? value.resolve(reading.document) : (value as Node | null)
    if (node == null) return reading.report(offsetOf(key as Node), `${at} is empty; it must be ${members[member].accepts}.`)
    const read = members[member].read(node, { reading, path: at, fallback: fallback[member] })
    if (read !== undefined) into[member] = read
  }

  return {
    accepts,
    read(node, place) {
      const { reading, path, fallback } = place
      if (!isMap(node)) {
        // a section whose every line is a comment
        if (isScalar(node) && node.value === null) return fallback
        reading.report(offsetOf(node), `${path || 'The file'} must be ${accepts}; it is ${shown(node)}.`)
        return undefined
      }
      const value = { ...fallback }
      for (const pair of node.items) readPair(pair, place, value)
      if (atMost !== undefined && value[atMost[0]] > value[atMost[1]]) {
        const [low, high] = atMost.map(snakeCase)
        reading.report(offsetOf(node), `${path}.${low} must be at most ${high}; it is ${String(value[atMost[0]])}, and ${high} is ${String(value[atMost[1]])}.`)
      }
      return value
    },
  }
}

function unknown(path: string, name: string, known: readonly string[]): string {
  const meant = nearest(name, known)
  return `${path} is not a key of the policy. ${meant === undefined ? `Accepted here: ${known.join(', ')}.` : `Did you mean ${meant}?`}`
}
