/** The facts as the Common Expression Language (https://cel.dev) knows them: their types, and the values that conditions see. */
import { Environment } from '@marcbachmann/cel-js'
import { FACTS, FACT_TYPES } from './facts.ts'
import type { FactField, FactType, ObjectType, PolicyFacts } from './facts.ts'
import { isLike } from './glob.ts'

const LIMITS = { maxAstNodes: 400, maxDepth: 32, maxListElements: 100, maxMapEntries: 20, maxCallArguments: 4 }

/** What a condition finds instead of a fact that is not there. */
export const ZEROS: Readonly<Record<Exclude<FactType, ObjectType>, unknown>> = { string: '', number: 0, bool: false, timestamp: new Date(0), 'list<string>': [] }

type Wrapper = new (value: Readonly<Record<string, unknown>> | undefined, isSupplied: boolean) => object

/**
 * Objects of the types that the checker knows. An object that is absent has zeros; of one that is there, facts that cost a read
 * and were not supplied (not even as undefined) stay away, so that a condition that speaks of them fails rather than judge by zeros.
 */
function wrapperOf(type: ObjectType): Wrapper {
  const fields = Object.entries(FACT_TYPES[type]).map(([name, { type: field, from }]) => ({
    name, from, nested: field in FACT_TYPES ? wrappers.get(field as ObjectType) : undefined, zero: ZEROS[field as keyof typeof ZEROS],
  }))
  return class Facts {
    constructor(value: Readonly<Record<string, unknown>> | undefined, isSupplied: boolean) {
      const self = this as Record<string, unknown>
      for (const { name, from, nested, zero } of fields) {
        const given = value?.[name]
        if (nested !== undefined) self[name] = new nested(given as Record<string, unknown> | undefined, isSupplied)
        else if (given !== undefined && given !== null) self[name] = given
        else if (name === 'present') self[name] = isSupplied
        else if (!isSupplied || from === 'request' || (value !== undefined && name in value)) self[name] = zero
      }
    }
  }
}

/** In an order in which each stands behind those it holds. */
const TYPE_ORDER: readonly ObjectType[] = ['Actor', 'Project', 'Plan', 'Criteria', 'CriteriaBefore', 'Evidence', 'Comments', 'Change', 'Cost', 'Item', 'ItemBefore']
const wrappers = new Map<ObjectType, Wrapper>()
for (const type of TYPE_ORDER) wrappers.set(type, wrapperOf(type))

const CEL_TYPES: Readonly<Partial<Record<FactType, string>>> = { number: 'double', timestamp: 'google.protobuf.Timestamp' }
const celType = ({ type }: FactField): string => CEL_TYPES[type] ?? type

function createEnvironment(): Environment {
  const environment = new Environment({ limits: LIMITS })
  for (const type of TYPE_ORDER) {
    environment.registerType(type, { ctor: wrappers.get(type) as Wrapper, fields: Object.fromEntries(Object.entries(FACT_TYPES[type]).map(([name, field]) => [name, celType(field)])) })
  }
  for (const [name, field] of Object.entries(FACTS)) environment.registerVariable(name, celType(field))
  environment.registerFunction('string.like(string): bool', (text: string, pattern: string) => isLike(text, pattern))
  environment.registerFunction('date(google.protobuf.Timestamp): string', (time: Date) => time.toISOString().slice(0, 10))
  // numbers of facts are doubles, and those of conditions mostly ints: 8 is as good as 8.0
  environment.registerOperator('double == int', (a: number, b: bigint) => a === Number(b))
  environment.registerOperator('double in list<int>', (a: number, list: bigint[]) => list.some((b) => a === Number(b)))
  const arithmetic: Record<string, (a: number, b: number) => number> = { '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '/': (a, b) => a / b }
  for (const [sign, run] of Object.entries(arithmetic)) {
    environment.registerOperator(`double ${sign} int: double`, (a: number, b: bigint) => run(a, Number(b)))
    environment.registerOperator(`int ${sign} double: double`, (a: bigint, b: number) => run(Number(a), b))
  }
  return environment
}

/** Where conditions are parsed and checked. */
export const environment = createEnvironment()

/** The facts as conditions see them; each is made when the first condition asks for it. */
export class Scope {
  /** As they were supplied. */
  readonly facts: PolicyFacts
  readonly #made: Partial<Record<keyof PolicyFacts, unknown>> = {}
  constructor(facts: PolicyFacts) {
    this.facts = facts
  }

  of(name: keyof PolicyFacts): unknown {
    const made = this.#made[name]
    if (made !== undefined) return made
    const { type, from } = FACTS[name]
    const given = this.facts[name]
    const wrapper = wrappers.get(type as ObjectType)
    const value = wrapper === undefined ? given : new wrapper(given as Record<string, unknown> | undefined, given !== undefined || from !== 'request')
    return (this.#made[name] = value)
  }
}
for (const name of Object.keys(FACTS)) {
  Object.defineProperty(Scope.prototype, name, { get(this: Scope) { return this.of(name as keyof PolicyFacts) } })
}
