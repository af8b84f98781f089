/** Values of parameters: read from text, checked, and completed with defaults. */
import { nearest } from '../plans/suggest.ts'
import type { Scope } from './expressions.ts'
import type { TemplateProblem, TemplateUse, TemplateValue, TemplateValues, TemplateVariable, VariableType } from './types.ts'

const MAX_TEXT = 2_000
const MAX_ELEMENTS = 100
/** Of texts that a pattern is asked of: together with `isSafePattern` it bounds the time that takes. */
const MAX_MATCHED = 200
const EMPTY: Readonly<Record<VariableType, TemplateValue>> = { string: '', choice: '', number: 0, boolean: false, list: [] }
const WORDS: Readonly<Record<VariableType, string>> = { string: 'a text', choice: 'one of its choices', number: 'a number', boolean: 'true or false', list: 'a list of texts' }

/** Whether a parameter has to be given. */
export const isRequired = ({ default: preset, required }: TemplateVariable): boolean => preset === undefined && required !== false

/**
 * The value that a text stands for, as it comes from a command line or a form: `true`, `3`, `a, b`. What it cannot be read as stays a
 * text, and `faultOf` says what is wrong with it.
 */
export function readValue({ type }: Pick<TemplateVariable, 'type'>, text: string): TemplateValue {
  const trimmed = text.trim()
  switch (type) {
    case 'boolean':
      return /^(true|yes|on|y)$/i.test(trimmed) ? true : /^(false|no|off|n)$/i.test(trimmed) ? false : text
    case 'number':
      return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text
    case 'list':
      return trimmed === '' ? [] : trimmed.split(',').map((element) => element.trim()).filter((element) => element !== '')
    default:
      return text
  }
}

/** What is wrong with a value; undefined where nothing is. */
export function faultOf(variable: TemplateVariable, value: TemplateValue): string | undefined {
  const { type, choices } = variable
  if (type === 'boolean' || type === 'number') {
    const isFitting = typeof value === type && (type !== 'number' || Number.isFinite(value))
    return isFitting ? undefined : `It is ${WORDS[type]}.`
  }
  const texts = type === 'list' ? value : [value]
  if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string')) return `It is ${WORDS[type]}.`
  if (texts.length > MAX_ELEMENTS) return `It has at most ${MAX_ELEMENTS} elements.`
  if (type === 'list' && new Set(texts).size < texts.length) return 'It names one element twice.'
  for (const text of texts as string[]) {
    if (text.length > MAX_TEXT) return `It has at most ${MAX_TEXT} characters.`
    if (choices !== undefined && !choices.includes(text)) return `${JSON.stringify(text)} is not one of ${choices.join(', ')}.`
    if (!matches(variable, text)) return `${JSON.stringify(text)} does not match ${variable.pattern}.`
  }
  if (isRequired(variable) && (value === '' || (type === 'list' && texts.length === 0))) return 'It must say something.'
  return undefined
}

function matches({ pattern }: TemplateVariable, text: string): boolean {
  if (pattern === undefined) return true
  return text.length <= MAX_MATCHED && new RegExp(`^(?:${pattern})$`, 'u').test(text)
}

const MAX_QUANTIFIERS = 4

/**
 * Whether a pattern is a regular expression that cannot keep a server busy: at most four quantifiers, none on a group that has one
 * or an alternative inside.
 */
export function isSafePattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u')
  } catch {
    return false
  }
  const bare = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x')
  const isNested = /\([^()]*[*+{|][^()]*\)[*+{]/.test(bare) || /\)[^(]*\)[*+{]/.test(bare)
  return !isNested && (bare.match(/[*+{]/g) ?? []).length <= MAX_QUANTIFIERS
}

/** What a template sees of the values that were given. */
export interface ResolvedValues {
  /** Every parameter. */
  scope: Scope
  /** Those that were given, by their own names. */
  given: Record<string, TemplateValue>
  problems: TemplateProblem[]
}

const problem = (code: TemplateProblem['code'], name: string, message: string, remedy: string): TemplateProblem => ({ code, severity: 'error', pointer: `/variables/${name}`, message, remedy })

/** `<template>.<name>` goes before `<name>`. Names of other templates' parameters are passed over: see `unknownValues`. */
export function resolveValues({ template, values = {} }: TemplateUse): ResolvedValues {
  const resolved: ResolvedValues = { scope: {}, given: {}, problems: [] }
  const scope: Record<string, TemplateValue> = {}
  for (const variable of template.variables ?? []) {
    const { name, type } = variable
    const value = values[`${template.name}.${name}`] ?? values[name]
    scope[name] = value ?? variable.default ?? EMPTY[type]
    if (value === undefined) {
      if (!isRequired(variable)) continue
      resolved.problems.push(problem('value-missing', name, `${template.name} asks for "${name}": ${variable.prompt}`, `Give it: --set ${name}=…`))
      continue
    }
    const fault = faultOf(variable, value)
    if (fault === undefined) resolved.given[name] = value
    else resolved.problems.push(problem('value-invalid', name, `"${name}" of ${template.name} cannot be ${JSON.stringify(value)}. ${fault}`, `Give ${WORDS[type]}.`))
  }
  return { ...resolved, scope }
}

/** Values that no template asks for: a typing error would otherwise pass unseen. */
export function unknownValues(uses: readonly TemplateUse[], values: TemplateValues): TemplateProblem[] {
  const known = new Set(uses.flatMap(({ template }) => (template.variables ?? []).flatMap(({ name }) => [name, `${template.name}.${name}`])))
  return Object.keys(values).filter((name) => !known.has(name)).map((name) => {
    const meant = nearest(name, known)
    return problem('value-unknown', name, `No template here asks for "${name}".`, meant === undefined ? 'Leave it out.' : `Did you mean "${meant}"?`)
  })
}
