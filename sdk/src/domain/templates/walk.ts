/** Every expression of a template, where it stands and which loops are around it. */
import { PLACEHOLDER } from './expressions.ts'
import type { Repeatable, Template } from './types.ts'

/** An expression in a template. */
export interface FoundExpression {
  readonly expression: string
  readonly pointer: string
  /** What its value must be; `any` inside a text. */
  readonly use: 'condition' | 'list' | 'any'
  /** Names of the loops around it. */
  readonly loops: ReadonlySet<string>
  readonly inPolicy: boolean
}

const NO_LOOPS: ReadonlySet<string> = new Set()

/** All expressions of plan and policy, in the order of the document. */
export function* expressionsOf(template: Pick<Template, 'plan' | 'policy'>): Iterable<FoundExpression> {
  yield* inValue(template.plan, '/plan', NO_LOOPS, false)
  yield* inValue(template.policy ?? {}, '/policy', NO_LOOPS, true)
}

function* inValue(value: unknown, pointer: string, loops: ReadonlySet<string>, inPolicy: boolean): Iterable<FoundExpression> {
  if (typeof value === 'string') {
    for (const [, expression] of value.matchAll(PLACEHOLDER)) if (expression !== undefined) yield { expression: expression.trim(), pointer, use: 'any', loops, inPolicy }
    return
  }
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) yield* inValue(element, `${pointer}/${index}`, loops, inPolicy)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const { if: condition, forEach, ...rest } = value as Repeatable & Record<string, unknown>
  if (forEach !== undefined) yield { expression: forEach.in, pointer: `${pointer}/forEach/in`, use: 'list', loops, inPolicy }
  const inner = forEach === undefined ? loops : new Set([...loops, forEach.as])
  if (condition !== undefined) yield { expression: condition, pointer: `${pointer}/if`, use: 'condition', loops: inner, inPolicy }
  // dependencies name items by the ids of the template, braces and all: they are references, not texts
  for (const [key, each] of Object.entries(rest)) if (inPolicy || key !== 'dependsOn') yield* inValue(each, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, inner, inPolicy)
}

/** Names in an expression: identifiers outside of text literals that are no members. */
export const namesIn = (expression: string): Set<string> =>
  new Set([...expression.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""').matchAll(/(?<![\w.])[A-Za-z_]\w*/g)].map(([name]) => name))
