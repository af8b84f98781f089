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

/** @throws ValidationError for a size outside 1 to 100, and a cursor that is none of this list */
export function pageOf<Item>(all: readonly Item[], { first, after }: PageVariables, idOf: (item: Item) => string): Page<Item> {
  if (first < 1 || first > 100) throw invalid(`first is 1 to 100; ${first} is not.`, ['first'])
  const start = after == null ? 0 : all.findIndex((item) => cursorOf(idOf(item)) === after) + 1
  if (after != null && start === 0) throw invalid(`${JSON.stringify(after)} is not a cursor of this list.`, ['after'])
  const items = all.slice(start, start + first)
  const last = items.at(-1)
  return { items, totalCount: all.length, pageInfo: { hasNextPage: start + first < all.length, endCursor: last === undefined ? null : cursorOf(idOf(last)) } }
}

const cursorOf = (id: string): string => `after-${id}`
