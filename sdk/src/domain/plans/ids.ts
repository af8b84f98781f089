/** Readable ids for new items. */
import { CHILD_KIND } from './flat.ts'
import { slug } from './slug.ts'
import type { FlatPlan } from './types.ts'

const MAX_SLUG = 40

/** A number with its leading zeros kept: `T09` is followed by `T10`. */
const successor = (digits: string): string => String(BigInt(digits) + 1n).padStart(digits.length, '0')

/** The next id of a numbered row (`T-1`, `T-2` or `M1.S1`, `M1.S2`); undefined where the ids are no such row. */
function nextInRow(plan: FlatPlan, ids: readonly string[]): string | undefined {
  const numbered = ids.map((id) => /^(.*?)(\d+)$/s.exec(id))
  const prefix = numbered.at(-1)?.[1]
  if (prefix === undefined || !numbered.every((match) => match?.[1] === prefix)) return undefined
  let last = numbered.map((match) => match![2]!).reduce((a, b) => (BigInt(b) > BigInt(a) ? b : a))
  do last = successor(last)
  while (plan.items.has(prefix + last))
  return prefix + last
}

/**
 * Suggests an id for a new item: the next number where its siblings are numbered; a number below the parent's id where
 * it is the first child of a numbered parent; otherwise words of the title.
 *
 * @param parentId the parent of the new item; null for a milestone
 * @returns an id that no item of the plan has; the same for the same arguments
 * @example
 * suggestId(plan, 'Sign-in works', 'M1') // 'M1.S3' beside 'M1.S1' and 'M1.S2'; 'M1.1' as the first; 'sign-in-works' beside 'forms'
 */
export function suggestId(plan: FlatPlan, title: string, parentId: string | null): string {
  const siblings = plan.children.get(parentId) ?? []
  const next = siblings.length > 0 ? nextInRow(plan, siblings) : undefined
  if (next !== undefined) return next
  const parent = parentId === null ? undefined : plan.items.get(parentId)
  const kind = parentId === null ? 'milestone' : parent && CHILD_KIND[parent.kind]
  if (siblings.length === 0 && parent !== undefined && /\d$/.test(parent.id)) return free(plan, `${parent.id}.1`, (count) => `${parent.id}.${count}`)
  const name = slug(title, kind ?? 'item', MAX_SLUG)
  return free(plan, name, (count) => `${name}-${count}`)
}

function free(plan: FlatPlan, first: string, again: (count: number) => string): string {
  let id = first
  for (let count = 2; plan.items.has(id); count++) id = again(count)
  return id
}
