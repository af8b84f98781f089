/** Deep equality of JSON values; the order of an object's keys does not matter, that of a list does. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && isEqualList(a, b)
  return !Array.isArray(b) && isEqualRecord(a as Record<string, unknown>, b as Record<string, unknown>)
}

function isEqualList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !isEqual(a[i], b[i])) return false
  return true
}

/** Deep equality of two records; a key that holds undefined equals an absent one. */
export function isEqualRecord(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  if (a === b) return true
  let extra = 0
  for (const key in a) {
    const left = a[key]
    if (left === undefined) continue
    const right = b[key]
    if (left !== right && !isEqual(left, right)) return false
    extra++
  }
  for (const key in b) if (b[key] !== undefined) extra--
  return extra === 0
}

/** Whether two lists hold the same strings in the same order. */
export function isSameOrder(a: readonly string[], b: readonly string[]): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
