/** What others change while one looks on: marked for a while, and said aloud. */
import { useEffect, useRef, useState } from 'react'
import type { ProjectState } from '../../offline/use-project.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { changedItems } from './model/changed.ts'
import type { PlanText } from './plan-text.ts'

/** How long a mark stays. */
const MARK_MS = 8_000
const NONE: ReadonlySet<string> = new Set()

export function useOthersChanges({ flat, pending }: ProjectState, t: PlanText): ReadonlySet<string> {
  const announce = useAnnounce()
  const [marked, mark] = useState(NONE)
  const before = useRef({ flat, mine: NONE })
  useEffect(() => {
    const { current } = before
    const mine = new Set(pending.flatMap(({ itemKeys }) => itemKeys))
    before.current = { flat, mine }
    if (current.flat === flat) return
    const { changed, removed } = changedItems(current.flat, flat)
    // What waits here, or waited until now, is one's own.
    const others = changed.filter((id) => !mine.has(id) && !current.mine.has(id))
    if (others.length > 0) {
      mark((known) => new Set([...known, ...others]))
      const [first] = others
      announce(others.length === 1 ? t('others.one', { title: flat.items.get(first as string)?.fields.title }) : t('others.many', { count: others.length }))
    } else if (removed > 0 && mine.size === 0 && current.mine.size === 0) announce(t('others.removed', { count: removed }))
  }, [flat, pending, announce, t])
  useEffect(() => {
    if (marked.size === 0) return
    const timer = setTimeout(() => mark(NONE), MARK_MS)
    return () => clearTimeout(timer)
  }, [marked])
  return marked
}
