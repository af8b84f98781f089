/** Comments on an item: those of the server, those that wait, and what others write, as it arrives. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { OfflineClient, OfflineComment } from '@buildrunner/sdk/offline'

export interface Comments {
  /** Undefined until the device knows some, or the server has answered. */
  readonly comments: readonly OfflineComment[] | undefined
  /** True where the server is away and they were never read here: there may be others. */
  readonly isPartial: boolean
  readonly error: Error | undefined
  /** Reads them from the server, e.g. after something of theirs was changed that the offline client does not know. */
  reload(): Promise<void>
}

interface Known {
  readonly itemKey: string
  readonly comments?: readonly OfflineComment[]
  /** When the server last said them; 0: never. */
  readonly fetchedAt: number
  /** Whether the server was asked, with or without an answer. */
  readonly isAsked: boolean
  readonly error?: Error | undefined
}

const unknown = (itemKey: string): Known => ({ itemKey, fetchedAt: 0, isAsked: false })

export function useComments(offline: OfflineClient, itemKey: string): Comments {
  const [state, setState] = useState(() => unknown(itemKey))
  const turn = useRef(0)
  const read = useCallback(
    async (from: 'server' | 'cache') => {
      const mine = ++turn.current
      const isAsked = from === 'server'
      const say = (next: (before: Known) => Known): void => setState((before) => next(before.itemKey === itemKey ? before : unknown(itemKey)))
      try {
        const { data, asOf: { fetchedAt } } = await offline.comments.list(itemKey, { from })
        if (mine !== turn.current && !isAsked) return // a newer answer is on its way
        say((before) => ({ itemKey, fetchedAt, comments: isEqual(before.comments, data) ? before.comments! : data, isAsked: before.isAsked || isAsked }))
      } catch (error) {
        say((before) => ({ ...before, isAsked: true, error: error as Error }))
      }
    },
    [offline, itemKey],
  )
  useEffect(() => {
    void read('cache').then(() => read('server'))
    return offline.watch(() => void read('cache'))
  }, [offline, read])
  const reload = useCallback(() => read('server'), [read])
  const { comments, fetchedAt, isAsked, error } = state.itemKey === itemKey ? state : unknown(itemKey)
  const isPartial = fetchedAt === 0
  return { comments: isPartial && !isAsked && !comments?.length ? undefined : comments, isPartial: isPartial && isAsked, error, reload }
}

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
