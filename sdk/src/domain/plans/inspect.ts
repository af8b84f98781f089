/** What holds for every value of a document, known to the format or not: no key that cannot be kept, no bottomless depth. */
import type { Finding } from './problems.ts'

/** No plan needs more levels; it keeps every recursion over a plan, here and elsewhere, far from the end of the stack. */
export const MAX_DEPTH = 100

export interface Inspection {
  /** How many keys all objects have together. */
  keys: number
  findings: Finding[]
}

/** Looks at every key of a value. */
export function inspect(document: unknown): Inspection {
  const { keys, isSuspect } = count(document)
  return { keys, findings: isSuspect ? find(document) : [] }
}

/** The fast pass, which nearly always is the only one: it knows no paths. */
function count(document: unknown): { keys: number; isSuspect: boolean } {
  let keys = 0
  let depth = 0
  let isSuspect = false
  const visit = (value: object) => {
    // A value that holds itself would never end.
    if (depth > MAX_DEPTH || isSuspect) {
      isSuspect = true
      return
    }
    depth++
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        const inner: unknown = value[index]
        if (typeof inner === 'object' && inner !== null) visit(inner)
      }
    } else {
      for (const key in value) {
        keys++
        if (key === '__proto__') isSuspect = true
        const inner = (value as Record<string, unknown>)[key]
        if (typeof inner === 'object' && inner !== null) visit(inner)
      }
    }
    depth--
  }
  if (typeof document === 'object' && document !== null) visit(document)
  return { keys, isSuspect }
}

function find(document: unknown): Finding[] {
  const findings: Finding[] = []
  const path: (string | number)[] = []
  let isTooDeep = false
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null || isTooDeep) return
    if (path.length > MAX_DEPTH) {
      isTooDeep = true
      const message = `Values are nested more than ${MAX_DEPTH} levels deep.`
      findings.push({ code: 'too-deep', path: [...path], message, remedy: 'Remove the nesting.' })
      return
    }
    for (const [key, inner] of Object.entries(value)) {
      path.push(Array.isArray(value) ? Number(key) : key)
      if (key === '__proto__') findings.push({ code: 'forbidden-key', path: [...path], at: 'key', message: 'The key "__proto__" cannot be kept.', remedy: 'Rename it.' })
      visit(inner)
      path.pop()
    }
  }
  visit(document)
  return findings
}
