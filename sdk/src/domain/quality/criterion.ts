/** Which criterion is meant, and whether it still is what it was when it was checked. */
import { sha256Hex } from '../audit/hash.ts'
import type { AcceptanceCriterion } from '../plans/document.ts'

/** What identifies a criterion and what it says. */
export type CriterionText = Pick<AcceptanceCriterion, 'id' | 'text' | 'check'>

/** The identity of a criterion inside its item, as the merge sees it: its id or, without one, its text. */
export const criterionKey = ({ id, text }: CriterionText): string => id ?? text

/**
 * What a criterion demands, as 64 hex digits: SHA-256 over the canonical JSON (RFC 8785) of its text and its check. Evidence carries
 * it, so that evidence of a criterion that was changed afterwards is known to be stale. Its id and unknown keys do not count.
 */
export const criterionDigest = ({ text, check }: CriterionText): string => sha256Hex(canonicalJson({ text, check }))

/**
 * JSON in its canonical form (RFC 8785): no white space, members in the order of their names by UTF-16 units, numbers and strings as
 * ECMAScript prints them. Members that hold undefined are left out.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((element: unknown) => canonicalJson(element ?? null)).join(',')}]`
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return `{${members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`
}

/** The criteria of an item by key, in order. Of two with one key the first counts. */
export function criteriaOf(criteria: readonly AcceptanceCriterion[] | null | undefined): Map<string, AcceptanceCriterion> {
  const byKey = new Map<string, AcceptanceCriterion>()
  for (const criterion of criteria ?? []) if (!byKey.has(criterionKey(criterion))) byKey.set(criterionKey(criterion), criterion)
  return byKey
}
