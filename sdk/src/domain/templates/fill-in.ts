/** Filling values into what a template says: texts anywhere in it, and lists whose elements have `if` or `forEach`. */
import type { Expressions, Scope, TextOptions } from './expressions.ts'
import type { Repeatable } from './types.ts'

/** Keys whose value is no text: one expression alone keeps the type of its value there. */
const TYPED: ReadonlySet<string> = new Set([
  'estimate', 'optimistic', 'likely', 'pessimistic', 'labels', 'min', 'minTests', 'maxFailures', 'timeoutSeconds', 'status', 'count', 'expires_hours', 'previews', 'roles', 'people', 'env',
])

type Fields = Record<string, unknown>
const isRepeatable = (value: unknown): value is Fields & Repeatable => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The scopes that an element stands in: one, or one for each element of its loop. @throws ExpressionError */
export function scopesOf({ forEach }: Repeatable, outer: Scope, expressions: Expressions): Scope[] {
  if (forEach === undefined) return [outer]
  return expressions.list(forEach.in, outer).map((element) => ({ ...outer, [forEach.as]: element }))
}

/** @throws ExpressionError */
export const isIncluded = (element: Repeatable, scope: Scope, expressions: Expressions): boolean => element.if === undefined || expressions.isTrue(element.if, scope)

/** How texts under a key are filled in. */
export type TextOptionsOf = (key: string) => TextOptions | undefined

/**
 * A value with its expressions filled in. Keys stay as they are. A list that is the value of an expression takes the place of the
 * expression among the elements around it.
 *
 * @throws ExpressionError
 */
export function fillIn(value: unknown, scope: Scope, expressions: Expressions, optionsOf: TextOptionsOf = () => undefined, key = ''): unknown {
  if (typeof value === 'string') return (TYPED.has(key) ? expressions.whole(value, scope) : undefined) ?? expressions.text(value, scope, optionsOf(key))
  if (Array.isArray(value)) return value.flatMap((element: unknown) => fillInElement(element, scope, expressions, optionsOf, key))
  if (typeof value !== 'object' || value === null) return value
  const filled: Fields = {}
  for (const [name, inner] of Object.entries(value)) filled[name] = fillIn(inner, scope, expressions, optionsOf, name)
  return filled
}

function fillInElement(element: unknown, outer: Scope, expressions: Expressions, optionsOf: TextOptionsOf, key: string): unknown {
  if (!isRepeatable(element)) return fillIn(element, outer, expressions, optionsOf, key)
  const { if: _if, forEach: _forEach, ...rest } = element
  return scopesOf(element, outer, expressions)
    .filter((scope) => isIncluded(element, scope, expressions))
    .map((scope) => fillIn(rest, scope, expressions, optionsOf, key))
}
