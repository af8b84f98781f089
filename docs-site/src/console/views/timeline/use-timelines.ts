/** What the timeline shows: the items that the address asks for, with the past as the server has it. */
import { useMemo, useState } from 'react'
import { timelineOf } from '@buildrunner/sdk/flow'
import type { PastMicrostep, Timeline, TimelineRow } from '@buildrunner/sdk/flow'
import type { FlatPlan, ItemKind } from '@buildrunner/sdk/plans'
import { useCall } from '../../data/use-call.ts'
import { useOpenProject } from '../../project/scope.tsx'
import type { Route } from '../../routes.ts'
import { useSession } from '../../session/session.tsx'

export const LEVELS: readonly ItemKind[] = ['milestone', 'step', 'microstep']
/** More rows than this are no picture any more. */
export const MAX_ROWS = 400

export interface TimelineChoice {
  /** Down to which level. */
  readonly level: ItemKind
  /** The one milestone that is shown. */
  readonly within: string | undefined
  /** What is left to do, or what is finished as well. */
  readonly show: 'left' | 'all'
}

export interface Timelines extends TimelineChoice {
  /** The moment that everything is told of: that of opening the page. */
  readonly asOf: number
  readonly timeline: Timeline
  /** Those of its rows that are shown. */
  readonly rows: readonly TimelineRow[]
  /** Of all of the plan, by its milestones. */
  readonly whole: Timeline
  /** The same of another plan. */
  wholeFor(plan: FlatPlan): Timeline
}

export function useTimelines(plan: FlatPlan, { query }: Route): Timelines {
  const { project } = useOpenProject()
  const history = usePast(project.id)
  const [asOf] = useState(() => Date.now())
  const asked = query.get('level') as ItemKind | null
  const level = asked !== null && LEVELS.includes(asked) ? asked : plan.items.size > MAX_ROWS ? 'milestone' : 'step'
  const within = plan.items.has(query.get('within') ?? '') ? (query.get('within') as string) : undefined
  const timeline = useMemo(() => timelineOf(plan, asOf, { history, level, ...(within !== undefined && { within }) }), [plan, asOf, history, level, within])
  const show = query.get('show') === 'all' || timeline.rows.every(({ hasFinished }) => hasFinished) ? 'all' : 'left'
  const rows = useMemo(() => (show === 'all' ? timeline.rows : timeline.rows.filter(({ hasFinished }) => !hasFinished)), [timeline, show])
  const wholeFor = (of: FlatPlan): Timeline => timelineOf(of, asOf, { history, level: 'milestone' })
  const whole = useMemo(() => wholeFor(plan), [plan, asOf, history])
  return { level, within, show, asOf, timeline, rows, whole, wholeFor }
}

/** What began and ended when, as the server has it; empty while it is away. */
function usePast(projectId: string): readonly PastMicrostep[] {
  const { client } = useSession()
  const { data } = useCall(() => client.analytics.getTimeline({ projectId, level: 'MICROSTEP' }), [client, projectId])
  return useMemo(() => (data?.rows ?? []).filter(({ hasStarted }) => hasStarted).map(({ key, start, finish, hasFinished }) => ({
    key, startedAt: start === null ? null : Date.parse(start), finishedAt: hasFinished && finish !== null ? Date.parse(finish) : null, removedAt: null,
  })), [data])
}
