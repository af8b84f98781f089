/**
 * Conditions: expressions over the facts, checked against their types before they are accepted. They run on a server that others
 * share, so that what they may do is bounded: functions of a list (no regular expressions: `like` has `*`), macros at most two
 * deep, short lists and texts. What a condition costs is thus bounded by its length.
 */
import type { ASTNode, ParseError, TypeError as CelTypeError } from '@marcbachmann/cel-js'
import { nearest } from '../plans/suggest.ts'
import { environment } from './cel.ts'
import type { Scope } from './cel.ts'
import { childrenOf, factAt, pathOf } from './condition-ast.ts'
import { FACTS, FACT_TYPES } from './facts.ts'
import type { ObjectType } from './facts.ts'
import { compileFast } from './fast.ts'

const MAX_LENGTH = 2_000
const MAX_MACRO_DEPTH = 2
const MACROS = ['all', 'exists', 'exists_one', 'filter', 'map']
/** What a condition may call. */
export const FUNCTIONS: readonly string[] = [
  ...MACROS, 'has', 'size', 'contains', 'startsWith', 'endsWith', 'like', 'indexOf', 'lastIndexOf', 'substring', 'lowerAscii', 'upperAscii', 'trim', 'split', 'join',
  'date', 'timestamp', 'duration', 'string', 'int', 'double', 'bool', 'getFullYear', 'getMonth', 'getDate', 'getDayOfMonth', 'getDayOfWeek', 'getDayOfYear',
  'getHours', 'getMinutes', 'getSeconds', 'getMilliseconds',
]

/** What is wrong with a condition; `start` and `end` count its characters. */
export interface ConditionFault {
  readonly code: 'condition-syntax' | 'condition-type' | 'unknown-fact' | 'condition-limit'
  readonly message: string
  readonly remedy: string
  readonly start: number
  readonly end: number
}

/** A condition that was checked. */
export interface Condition {
  readonly text: string
  readonly ast: ASTNode
  /** Facts it speaks of: `item.status`; of a whole object its name. */
  readonly facts: ReadonlySet<string>
  /** @throws Error for what no check foresees: a text that is no number, a fact that was not supplied */
  evaluate(scope: Scope): boolean
}

/** Parses and checks a condition. */
export function readCondition(text: string): Condition | ConditionFault {
  if (text.length > MAX_LENGTH) return { code: 'condition-limit', message: `The condition has ${text.length} characters; ${MAX_LENGTH} are the most.`, remedy: 'Make several rules of it.', start: 0, end: text.length }
  let parsed: ReturnType<typeof environment.parse>
  try {
    parsed = environment.parse(text)
  } catch (error) {
    return explainFault(text, error as ParseError)
  }
  const { valid, type, error } = parsed.check()
  // a fault of the check may hide one of these, which says better what to do
  const limit = limitFault(parsed.ast, 0)
  if (limit !== null) return limit
  if (!valid) return explainFault(text, error as CelTypeError)
  if (type !== 'bool') return { code: 'condition-type', message: `The condition is a ${spoken(type as string)}, not true or false.`, remedy: 'Compare it with something.', start: 0, end: text.length }
  const facts = new Set<string>()
  collectFacts(parsed.ast, new Set(), facts)
  const fast = compileFast(parsed.ast)
  return { text, ast: parsed.ast, facts, evaluate: fast === null ? (scope) => asBoolean(parsed(scope)) : (scope) => evaluateFast(fast, scope) ?? asBoolean(parsed(scope)) }
}

/** Undefined where a fact is missing. */
function evaluateFast(fast: (scope: Scope) => boolean, scope: Scope): boolean | undefined {
  try {
    return fast(scope)
  } catch {
    return undefined
  }
}

function asBoolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new Error('The condition is neither true nor false.')
  return value
}

/** The name that is called; undefined for what calls nothing. */
const calledBy = (node: ASTNode): string | undefined => (node.op === 'call' || node.op === 'rcall' ? (node.args[0] as string) : undefined)
export const isMacro = (node: ASTNode): boolean => node.op === 'rcall' && MACROS.includes(node.args[0])

function limitFault(node: ASTNode, depth: number): ConditionFault | null {
  const { start, end } = node
  const name = calledBy(node)
  if (name !== undefined && !FUNCTIONS.includes(name)) {
    const meant = nearest(name, FUNCTIONS)
    const remedy = name === 'matches' ? 'Use like, in which * stands for anything: item.title.like(\'Release *\').' : meant === undefined ? `There are ${FUNCTIONS.join(', ')}.` : `Did you mean ${meant}?`
    return { code: 'condition-limit', message: `A condition has no function ${name}.`, remedy, start, end }
  }
  const inside = depth + (isMacro(node) ? 1 : 0)
  if (inside > MAX_MACRO_DEPTH) return { code: 'condition-limit', message: `A macro lies in more than ${MAX_MACRO_DEPTH - 1} other.`, remedy: 'Make several rules of it.', start, end }
  for (const child of childrenOf(node)) {
    const fault = limitFault(child, inside)
    if (fault !== null) return fault
  }
  return null
}

function collectFacts(node: ASTNode, bound: ReadonlySet<string>, into: Set<string>): void {
  const path = pathOf(node)
  if (path !== null) {
    const fact = bound.has(path[0] as string) ? undefined : factAt(path)
    if (fact !== undefined) into.add(fact.name)
    return
  }
  if (!isMacro(node)) return childrenOf(node).forEach((child) => collectFacts(child, bound, into))
  const [, receiver, [variable, ...body]] = node.args as [string, ASTNode, ASTNode[]]
  collectFacts(receiver, bound, into)
  const within = new Set([...bound, ...(variable?.op === 'id' ? [variable.args] : [])])
  body.forEach((part) => collectFacts(part, within, into))
}

const spoken = (type: string): string => type.replace('google.protobuf.', '').replace(/\b(double|int)\b/g, 'number').replace(/^[A-Z]/, (letter) => letter.toLowerCase())

function explainFault(text: string, error: ParseError | CelTypeError): ConditionFault {
  const { start, end } = error.range ?? { start: 0, end: text.length }
  // the parser's errors speak of tokens, and a fault at the end stands behind the last character
  const at = { start: Math.min(start, Math.max(0, text.length - 1)), end: Math.max(end, Math.min(start + 1, text.length)) }
  const word = text.slice(start, end)
  if (error.code === 'unknown_variable') return { ...at, code: 'unknown-fact', message: `There is no fact ${word}.`, remedy: suggestion(word, Object.keys(FACTS)) }
  if (error.code === 'no_such_key') {
    const owner = /([A-Za-z_]+(?:\s*\.\s*[A-Za-z_]+)*)\s*\.\s*$/.exec(text.slice(0, start))?.[1]?.split(/\s*\.\s*/)
    const type = owner === undefined ? undefined : factAt(owner)?.field.type
    const known = Object.keys(FACT_TYPES[type as ObjectType] ?? {})
    return { ...at, code: 'unknown-fact', message: `${owner?.join('.') ?? 'This'} has no ${word}.`, remedy: suggestion(word, known) }
  }
  const message = `${error.summary.replace(/google\.protobuf\.|'/g, '').replace(/\bdouble\b|\bint\b/g, 'number')}.`
  if (error.name === 'ParseError') return { ...at, code: error.code.startsWith('limit') ? 'condition-limit' : 'condition-syntax', message, remedy: syntaxHint(text, start) }
  return { ...at, code: 'condition-type', message: message.replace(/^no such overload: /, 'There is no '), remedy: typeHint(error.summary) }
}

const suggestion = (name: string, known: readonly string[]): string => {
  const meant = nearest(name, known)
  return meant === undefined ? `There is ${known.join(', ')}.` : `Did you mean ${meant}?`
}

function syntaxHint(text: string, at: number): string {
  if (text[at] === '=') return 'Compare with ==.'
  const rest = text.slice(at)
  if (/^(and|or|not)\b/i.test(rest)) return 'Write && for and, || for or, ! for not.'
  if (/^[&|]/.test(rest)) return 'Write && for and, || for or.'
  return 'See the conditions of the policy format: item.status == \'done\' && !item.evidence.passed.'
}

function typeHint(summary: string): string {
  if (/\bnull\b/.test(summary)) return 'Nothing is null in a condition: compare with \'\', 0 or false, and ask item.present.'
  if (/string (==|!=|<|>|<=|>=) (int|double)|(int|double) (==|!=|<|>|<=|>=) string/.test(summary)) return 'Put a text in quotes, and compare it with a text.'
  return 'Both sides of a comparison have the same type.'
}
