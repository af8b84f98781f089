/** What of the plan is shown: the rows that filter and folding leave, and how the items stand. */
import { useMemo } from 'react'
import type { BlockReason, FlatPlan } from '@buildrunner/sdk/plans'
import { useAnalysis } from '../../offline/use-project.tsx'
import { shownBy } from './model/filter.ts'
import type { Filter, Standing } from './model/filter.ts'
import { rowsOf } from './model/rows.ts'
import type { Row } from './model/rows.ts'
import type { Expanded } from './use-expanded.ts'

/** What can be worked on, and what waits for what; empty until it is known. */
interface KnownStanding extends Standing {
  readonly blocked: ReadonlyMap<string, readonly BlockReason[]>
}

const NOT_KNOWN: KnownStanding = { ready: new Set(), blocked: new Map() }

interface Shown {
  readonly rows: readonly Row[]
  readonly standing: KnownStanding
  readonly isFiltered: boolean
  /** How many items the filter matches; 0 without one. */
  readonly matches: number
}

export function useShown(plan: FlatPlan, filter: Filter, { isExpanded }: Expanded): Shown {
  const analysis = useAnalysis()
  const standing = useMemo((): KnownStanding => analysis === undefined ? NOT_KNOWN : { ready: new Set(analysis.ready), blocked: new Map(analysis.blocked.map(({ id, reasons }) => [id, reasons])) }, [analysis])
  const shown = useMemo(() => shownBy(plan, filter, standing), [plan, filter, standing])
  const isFiltered = shown !== undefined
  const rows = useMemo(() => rowsOf(plan, isFiltered ? () => true : isExpanded, shown), [plan, isFiltered, isExpanded, shown])
  return { rows, standing, isFiltered, matches: shown?.matches.size ?? 0 }
}
