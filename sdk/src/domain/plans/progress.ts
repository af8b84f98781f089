/** Progress, rolled up from microsteps. */
import { hoursOf, statusOf, type AnalysisOptions } from './plan-index.ts'
import type { FlatPlan, ItemKind, PlanItem, Status } from './types.ts'

/** Hours by estimates, cancelled microsteps left out. */
export interface ProgressHours {
  /** Hours of finished microsteps. */
  done: number
  /** Hours of all that count. */
  total: number
  /** How many of the microsteps have no estimate, and were taken for `defaultHours` each. */
  assumed: number
}

/** Counts of microsteps, by status. */
export interface ProgressFigures {
  /** Share of the microsteps that are done, 0 to 100; 0 when there are none. */
  percent: number
  /** Microsteps that count: all but the cancelled ones. */
  total: number
  /** Not begun. */
  todo: number
  /** Being worked on. */
  inProgress: number
  /** Cannot go on. */
  blocked: number
  /** Waiting for review. */
  inReview: number
  /** Finished. */
  done: number
  /** Given up; no part of the total. */
  cancelled: number
  /** The same in hours. */
  hours: ProgressHours
}

/** What one child adds to the figures of its parent. */
export interface ProgressPart extends ProgressFigures {
  /** Id of the part. */
  id: string
  /** What the part is. */
  kind: ItemKind
  /** Microsteps only. */
  status?: Status
}

/** Figures and what they are made of: each count and each hour is the sum of that of the parts. */
export interface Progress extends ProgressFigures {
  /** The children in document order; for a microstep itself. Ask `progressOf` with the id of a part to go deeper. */
  of: ProgressPart[]
}

const COUNT_OF: Record<Status, 'todo' | 'inProgress' | 'blocked' | 'inReview' | 'done' | 'cancelled'> = {
  todo: 'todo', in_progress: 'inProgress', blocked: 'blocked', in_review: 'inReview', done: 'done', cancelled: 'cancelled',
}

/**
 * The progress of an item, or of the whole plan.
 *
 * @throws {RangeError} when the plan has no such item.
 */
export function progressOf(plan: FlatPlan, id?: string, options: AnalysisOptions = {}): Progress {
  const item = id === undefined ? undefined : plan.items.get(id)
  if (id !== undefined && item === undefined) throw new RangeError(`no item ${id}`)
  const childrenOf = (parentId: string | null): PlanItem[] => (plan.children.get(parentId) ?? []).map((child) => plan.items.get(child)!)
  const rollUp = (part: PlanItem): ProgressFigures => (part.kind === 'microstep' ? figuresOf(part, hoursOf(part, options)) : sum(childrenOf(part.id).map(rollUp)))
  const members = item?.kind === 'microstep' ? [item] : childrenOf(item?.id ?? null)
  const of = members.map((part): ProgressPart => ({ id: part.id, kind: part.kind, ...(part.kind === 'microstep' ? { status: statusOf(part) } : {}), ...rollUp(part) }))
  return { ...sum(of), of }
}

const noFigures = (): ProgressFigures => ({
  percent: 0, total: 0, todo: 0, inProgress: 0, blocked: 0, inReview: 0, done: 0, cancelled: 0, hours: { done: 0, total: 0, assumed: 0 },
})

function figuresOf(item: PlanItem, hours: number): ProgressFigures {
  const status = statusOf(item)
  const figures = noFigures()
  figures[COUNT_OF[status]] = 1
  if (status === 'cancelled') return figures
  figures.total = 1
  figures.percent = status === 'done' ? 100 : 0
  figures.hours = { done: status === 'done' ? hours : 0, total: hours, assumed: item.fields.estimate === undefined ? 1 : 0 }
  return figures
}

function sum(parts: readonly ProgressFigures[]): ProgressFigures {
  const figures = noFigures()
  for (const part of parts) {
    for (const count of ['total', 'todo', 'inProgress', 'blocked', 'inReview', 'done', 'cancelled'] as const) figures[count] += part[count]
    for (const hours of ['done', 'total', 'assumed'] as const) figures.hours[hours] += part.hours[hours]
  }
  figures.percent = figures.total === 0 ? 0 : (100 * figures.done) / figures.total
  return figures
}
