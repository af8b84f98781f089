/** A list that is read page by page, as far as somebody asks for more of it. */
import { useState } from 'react'
import type { BuildRunnerError, Request } from '@buildrunner/sdk'
import { useAction } from './use-action.ts'
import { useCall } from './use-call.ts'

interface PageInfo {
  readonly hasNextPage: boolean
  readonly endCursor: string | null
}

export interface Pages<Item> {
  /** Undefined until the first page is there. */
  readonly items: readonly Item[] | undefined
  readonly error: BuildRunnerError | undefined
  readonly hasMore: boolean
  readonly busy: boolean
  more(): Promise<void>
  /** Begins again with the first page. */
  reload(): Promise<void>
}

/**
 * @param ask makes the request of a page
 * @param itemsOf what a page holds
 * @param question what the list depends on
 */
export function usePages<Page extends { readonly pageInfo: PageInfo }, Item>(ask: (after: string | undefined) => Request<Page>, itemsOf: (page: Page) => readonly Item[], question: readonly unknown[]): Pages<Item> {
  const first = useCall(() => ask(undefined), question)
  const [further, setFurther] = useState<{ readonly of: Page | undefined; readonly pages: readonly Page[] }>({ of: undefined, pages: [] })
  const next = useAction((after: string) => ask(after))
  const rest = further.of === first.data ? further.pages : []
  const pages = first.data === undefined ? [] : [first.data, ...rest]
  const last = pages.at(-1)?.pageInfo
  const more = async (): Promise<void> => {
    const of = first.data
    if (last?.endCursor == null) return
    const page = await next.run(last.endCursor)
    if (page) setFurther((before) => ({ of, pages: before.of === of ? [...before.pages, page] : [page] }))
  }
  return {
    items: first.data && pages.flatMap(itemsOf),
    error: first.error ?? next.error,
    hasMore: last?.hasNextPage === true,
    busy: next.busy,
    more,
    reload: first.reload,
  }
}
