/** What is unfolded, remembered on this device for each project. */
import { useCallback, useState } from 'react'
import type { FlatPlan, PlanItem } from '@buildrunner/sdk/plans'

/** Plans up to this many items begin unfolded, larger ones with their steps in sight. */
const SMALL = 300

type Choices = Readonly<Record<string, boolean>>

export interface Expanded {
  isExpanded(item: PlanItem): boolean
  set(ids: readonly string[], value: boolean): void
}

const keyOf = (projectId: string): string => `buildrunner.expanded ${projectId}`

function read(projectId: string): Choices {
  try {
    return (JSON.parse(localStorage.getItem(keyOf(projectId)) ?? 'null') as Choices | null) ?? {}
  } catch {
    return {}
  }
}

export function useExpanded(projectId: string, plan: FlatPlan): Expanded {
  const [choices, setChoices] = useState(() => read(projectId))
  const isSmall = plan.items.size <= SMALL
  const isExpanded = useCallback(({ id, kind }: PlanItem) => choices[id] ?? (isSmall || kind === 'milestone'), [choices, isSmall])
  const set = useCallback((ids: readonly string[], value: boolean) => {
    setChoices((before) => {
      const after = { ...before, ...Object.fromEntries(ids.map((id) => [id, value])) }
      try {
        localStorage.setItem(keyOf(projectId), JSON.stringify(after))
      } catch {
        // storage is blocked or full: it lasts as long as the page
      }
      return after
    })
  }, [projectId])
  return { isExpanded, set }
}
