/** Connections: a part of a list, and the cursor to go on from. */
import type { PageInfo } from '../_generated/shared.ts'
import { invalid } from './refusals.ts'

export interface PageVariables {
  readonly first: number
  readonly after?: string | null | undefined
}

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly pageInfo: PageInfo
  readonly totalCount: number
}

interface Row {
  readonly id: string
}

/**
 * The part of `all` that matches. A cursor is a place among all: it holds when its own item no longer matches.
 *
 * @throws ValidationError for a size outside 1 to 100, and a cursor that is none of this list
 */
export function pageOf<Item extends Row>(all: readonly Item[], { first, after }: PageVariables, matches: (item: Item) => boolean = () => true): Page<Item> {
  if (first < 1 || first > 100) throw invalid(`first is 1 to 100; ${first} is not.`, ['first'])
  const start = after == null ? 0 : all.findIndex((item) => cursorOf(item) === after) + 1
  if (after != null && start === 0) throw invalid(`${JSON.stringify(after)} is not a cursor of this list.`, ['after'])
  const rest = all.slice(start).filter(matches)
  const items = rest.slice(0, first)
  const last = items.at(-1)
  const pageInfo = { hasNextPage: rest.length > first, endCursor: last === undefined ? null : cursorOf(last) }
  return { items, pageInfo, totalCount: all.filter(matches).length }
}

const cursorOf = ({ id }: Row): string => `after-${id}`

interface DatedRow extends Row {
  readonly createdAt: string
}

/** By the moment they were made, and by id within one. */
export function oldestFirst(a: DatedRow, b: DatedRow): number {
  const [left, right] = a.createdAt === b.createdAt ? [a.id, b.id] : [a.createdAt, b.createdAt]
  return left < right ? -1 : left > right ? 1 : 0
}

export const newestFirst = (a: DatedRow, b: DatedRow): number => oldestFirst(b, a)
