/** Messages with facts: `{{item.id}}` is filled in when a rule speaks. */
import { FACT_TYPES } from './facts.ts'
import { factAt } from './condition-ast.ts'
import type { Scope } from './cel.ts'

const PLACE = /\{\{\s*([A-Za-z.]*)\s*\}\}/g

export interface TemplateFault {
  readonly fact: string
  /** True: there is such a fact, but it is a whole object. */
  readonly isObject: boolean
  readonly start: number
  readonly end: number
}

/** Facts that a text names, and those that it cannot. */
export function readTemplate(text: string): { facts: readonly string[]; faults: readonly TemplateFault[] } {
  const facts: string[] = []
  const faults: TemplateFault[] = []
  for (const match of text.matchAll(PLACE)) {
    const name = match[1] as string
    const found = factAt(name.split('.'))
    const isObject = found !== undefined && found.field.type in FACT_TYPES
    if (found === undefined || found.name !== name || isObject) faults.push({ fact: name, isObject: isObject && found.name === name, start: match.index, end: match.index + match[0].length })
    else facts.push(name)
  }
  return { facts, faults }
}

/** A fact that was not supplied, or is empty, is shown as a dash. */
export function fillTemplate(text: string, scope: Scope): string {
  if (!text.includes('{{')) return text
  return text.replace(PLACE, (_, name: string) => {
    const value = name.split('.').reduce<unknown>((owner, part) => (owner as Record<string, unknown> | undefined)?.[part], scope)
    if (Array.isArray(value)) return value.join(', ') || '-'
    if (value instanceof Date) return value.toISOString()
    return value === undefined || value === '' ? '-' : String(value)
  })
}
