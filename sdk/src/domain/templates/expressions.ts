/**
 * Expressions of templates: `{{ CEL }}` in a text, and whole CEL expressions in `if` and `forEach`. They see the parameters, typed
 * as they are declared, and the names of the loops around them. Nothing else is in reach: no time, no randomness, no functions but
 * CEL's own, `slug` and `shell`.
 */
import { Environment } from '@marcbachmann/cel-js'
import { slug } from '../plans/slug.ts'
import type { TemplateValue, TemplateVariable, VariableType } from './types.ts'

/** What an expression can come to. */
export type ExpressionValue = string | number | boolean | string[]
/** Values that an expression sees, by name. */
export type Scope = Readonly<Record<string, TemplateValue>>

/** A fault in an expression, or one that it has with these values. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  readonly expression: string
  constructor(expression: string, reason: string) {
    super(`${reason} in ${JSON.stringify(expression)}`)
    this.expression = expression
  }
}

const CEL_TYPES: Readonly<Record<VariableType, string>> = { string: 'string', choice: 'string', number: 'double', boolean: 'bool', list: 'list<string>' }

/** A value as one word of a POSIX shell. */
const shell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** Macros go through lists; within each other they multiply, and a template is written by somebody else. */
const MACRO = /\.\s*(?:all|exists|exists_one|map|filter)\s*\(/g
const MAX_MACROS = 2

/** An expression in braces, or braces that are meant as they stand: `\\{{`. */
export const PLACEHOLDER = /\\\{\{|\{\{([\s\S]*?)\}\}/g

/** What `{{…}}` in a text means. */
export interface TextOptions {
  /** How a value stands in the text. Default: as people write it; the elements of a list with commas between them. */
  print?(value: ExpressionValue): string
  /** Braces to leave as they are: those that somebody else fills in. */
  isForeign?(expression: string): boolean
}

/** The expressions of one template, compiled once each. */
export class Expressions {
  readonly #environment: Environment
  readonly #compiled = new Map<string, (scope: Scope) => unknown>()

  /** @param loops names that `forEach` gives to elements */
  constructor(variables: readonly TemplateVariable[], loops: Iterable<string>) {
    const environment = new Environment({ limits: { maxAstNodes: 500, maxDepth: 50 } })
    for (const { name, type } of variables) environment.registerVariable(name, CEL_TYPES[type])
    for (const name of loops) if (!environment.hasVariable(name)) environment.registerVariable(name, 'string')
    environment.registerFunction('slug(string): string', (text: string) => slug(text))
    environment.registerFunction('shell(string): string', shell)
    this.#environment = environment
  }

  /** @throws ExpressionError */
  evaluate(expression: string, scope: Scope): ExpressionValue {
    const compiled = this.#compiled.get(expression) ?? this.#compile(expression)
    try {
      return plain(compiled(scope), expression)
    } catch (error) {
      throw error instanceof ExpressionError ? error : new ExpressionError(expression, reasonOf(error))
    }
  }

  /** The type of an expression, as CEL names it. @throws ExpressionError */
  typeOf(expression: string): string {
    bound(expression)
    const { valid, type = 'dyn', error } = this.#environment.check(expression)
    if (!valid) throw new ExpressionError(expression, reasonOf(error))
    return type
  }

  /** @throws ExpressionError for what is neither true nor false */
  isTrue(expression: string, scope: Scope): boolean {
    const value = this.evaluate(expression, scope)
    if (typeof value !== 'boolean') throw new ExpressionError(expression, 'A condition is true or false; this is neither')
    return value
  }

  /** @throws ExpressionError for what is no list */
  list(expression: string, scope: Scope): string[] {
    const value = this.evaluate(expression, scope)
    if (!Array.isArray(value)) throw new ExpressionError(expression, 'forEach goes through a list; this is none')
    return value
  }

  /** A text with its expressions filled in; `\{{` stands for two braces. @throws ExpressionError */
  text(template: string, scope: Scope, { print = asText, isForeign }: TextOptions = {}): string {
    if (!template.includes('{{')) return template
    return template.replace(PLACEHOLDER, (whole, expression: string | undefined) => {
      if (expression === undefined) return '{{'
      return isForeign?.(expression) === true ? whole : print(this.evaluate(expression.trim(), scope))
    })
  }

  /** The value of a text that is one expression and nothing else; undefined for other texts. @throws ExpressionError */
  whole(template: string, scope: Scope): ExpressionValue | undefined {
    const match = /^\{\{([^{}]*)\}\}$/.exec(template)
    return match === null ? undefined : this.evaluate(match[1]!.trim(), scope)
  }

  #compile(expression: string): (scope: Scope) => unknown {
    bound(expression)
    let compiled: ReturnType<Environment['parse']>
    try {
      compiled = this.#environment.parse(expression)
    } catch (error) {
      throw new ExpressionError(expression, reasonOf(error))
    }
    const { valid, error } = compiled.check()
    if (!valid) throw new ExpressionError(expression, reasonOf(error))
    this.#compiled.set(expression, compiled)
    return compiled
  }
}

function bound(expression: string): void {
  if ((expression.match(MACRO) ?? []).length > MAX_MACROS) throw new ExpressionError(expression, `More than ${MAX_MACROS} macros`)
}

/** The first line: the others show the expression again. */
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message.split('\n')[0]! : String(error))

function plain(value: unknown, expression: string): ExpressionValue {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value) && value.every((element) => typeof element === 'string')) return value
  throw new ExpressionError(expression, 'The value is no text, number, truth value or list of texts')
}

const asText = (value: ExpressionValue): string => (Array.isArray(value) ? value.join(', ') : String(value))
