/** Figures of flow and time: the plan and its history of statuses, read in two statements, and what pure rules make of them. */
import { burnUpOf, flowOf, flowRange, forecastOf, graphOf, timelineOf, trackMicrosteps } from '@buildrunner/sdk/flow'
import type { BurnUpDay, FlowMetrics, Forecast, ForecastOptions, GraphOptions, PlanGraph, PlannedMicrostep, StatusChange, Timeline, TimelineOptions, TrackedMicrostep } from '@buildrunner/sdk/flow'
import type { FlatPlan, Status } from '@buildrunner/sdk/plans'
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import { NotFoundError, ValidationError } from '../shared/errors.ts'
import { loadPlan } from '../plans/load.ts'
import type { LoadedPlan } from '../plans/load.ts'

const HISTORY = statement<{ id: string; key: string; from: Status; to: Status | null; at: Date; removed: StatusChange['removed'] }>(
  'analytics:history',
  `SELECT item_id AS id, item_key AS key, from_status AS "from", to_status AS "to", created_at AS at, removed FROM status_changes
   WHERE project_id = $1::uuid AND sequence <= $2::int ORDER BY sequence, item_id`,
)

export interface History {
  readonly loaded: LoadedPlan
  /** With keys of today, where an item still has one. */
  readonly changes: readonly StatusChange[]
  readonly items: readonly TrackedMicrostep[]
}

const phaseOf = (plan: FlatPlan, milestone: string | null): string | null => (milestone === null ? null : (plan.items.get(milestone)?.fields.phase ?? null))

function plannedIn({ plan, rows }: LoadedPlan): PlannedMicrostep[] {
  return [...plan.items.values()].flatMap(({ id: key, kind, parentId, fields }): PlannedMicrostep[] => {
    if (kind !== 'microstep') return []
    const row = rows.get(key)!
    const milestone = plan.items.get(parentId!)?.parentId ?? null
    return [{ id: row.uuid, key, title: fields.title, milestone, phase: phaseOf(plan, milestone), status: fields.status ?? 'todo', createdAt: new Date(row.createdAt).toISOString() }]
  })
}

/**
 * The plan and every change of a status, as of one sequence: what was written between the two statements is left out.
 *
 * @throws UnauthenticatedError, ForbiddenError, NotFoundError
 */
export async function readHistory(ctx: Context, projectRef: string): Promise<History> {
  const loaded = await loadPlan(ctx, projectRef, { permission: 'planner.read' })
  const found = await ctx.db.query(HISTORY, [loaded.project.id, loaded.project.sequence])
  const keys = new Map([...loaded.rows.values()].map(({ uuid, key }) => [uuid, key]))
  const changes = found.map((change): StatusChange => ({ ...change, key: keys.get(change.id) ?? change.key, at: change.at.toISOString() }))
  return { loaded, changes, items: trackMicrosteps(plannedIn(loaded), changes) }
}

export interface FlowAt extends FlowMetrics {
  readonly sequence: number
  readonly burnUp: readonly BurnUpDay[]
}

/** What a pure rule refuses as out of range is the caller's. */
function inRange<Result>(path: string, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    throw error instanceof RangeError ? new ValidationError(error.message, [path]) : error
  }
}

export interface FlowArgs {
  readonly projectId: string
  /** First day; default: the Monday of a quarter of a year ago. */
  readonly from?: string | null
}

export function flowIn(ctx: Context, { loaded, items }: History, from: string | null | undefined): FlowAt {
  const range = inRange('from', () => flowRange(ctx.clock.now().getTime(), from ?? undefined))
  return { ...flowOf(items, range), sequence: loaded.project.sequence, burnUp: burnUpOf(items, range) }
}

export const readFlow = async (ctx: Context, { projectId, from }: FlowArgs): Promise<FlowAt> => flowIn(ctx, await readHistory(ctx, projectId), from)

/** What is given of options, without what was left out. */
type Given<Options> = { readonly [Name in keyof Options]?: Options[Name] | null }
const given = <Options extends object>(options: Given<Options>): Partial<Options> => Object.fromEntries(Object.entries(options).filter(([, value]) => value != null)) as Partial<Options>

export interface ForecastAt extends Forecast {
  readonly sequence: number
}

const LIMITS = { simulations: [100, 100_000], historyDays: [14, 730], seed: [0, 2 ** 31 - 1] } as const

export function forecastIn(ctx: Context, { loaded, items }: History, options: Given<ForecastOptions>): ForecastAt {
  for (const [name, [least, most]] of Object.entries(LIMITS) as [keyof typeof LIMITS, readonly [number, number]][]) {
    const value = options[name] ?? least
    if (value < least || value > most) throw new ValidationError(`${name} is ${least} to ${most}; ${value} is not.`, [name])
  }
  const milestones = [...loaded.plan.items.values()].flatMap(({ id: key, kind, fields }) => (kind === 'milestone' ? [{ key, title: fields.title, dueDate: fields.dueDate ?? null }] : []))
  const order = new Map((loaded.plan.children.get(null) ?? []).map((key, at) => [key, at]))
  milestones.sort((a, b) => order.get(a.key)! - order.get(b.key)!)
  return { ...forecastOf(items, milestones, ctx.clock.now().getTime(), given(options)), sequence: loaded.project.sequence }
}

export type ForecastArgs = Given<ForecastOptions> & { readonly projectId: string }

export const readForecast = async (ctx: Context, { projectId, ...options }: ForecastArgs): Promise<ForecastAt> => forecastIn(ctx, await readHistory(ctx, projectId), options)

function requireItem({ plan }: LoadedPlan, within: string | null | undefined): void {
  if (within != null && !plan.items.has(within)) throw new NotFoundError('plan item', within, ['within'])
}

export type TimelineArgs = Given<Omit<TimelineOptions, 'history' | 'defaultHours'>> & { readonly projectId: string }
export type TimelineAt = Timeline & { readonly sequence: number }

export function timelineIn(ctx: Context, { loaded, items }: History, options: Omit<TimelineArgs, 'projectId'>): TimelineAt {
  requireItem(loaded, options.within)
  const timeline = inRange('workdays', () => timelineOf(loaded.plan, ctx.clock.now().getTime(), { ...given<TimelineOptions>(options), history: items }))
  return { ...timeline, title: timeline.title ?? loaded.project.name, sequence: loaded.project.sequence }
}

export const readTimeline = async (ctx: Context, { projectId, ...options }: TimelineArgs): Promise<TimelineAt> => timelineIn(ctx, await readHistory(ctx, projectId), options)

export type GraphArgs = Given<GraphOptions> & { readonly projectId: string }
export type GraphAt = PlanGraph & { readonly sequence: number }

export async function readGraph(ctx: Context, { projectId, ...options }: GraphArgs): Promise<GraphAt> {
  const loaded = await loadPlan(ctx, projectId, { permission: 'planner.read' })
  requireItem(loaded, options.within)
  const graph = graphOf(loaded.plan, given<GraphOptions>(options))
  return { ...graph, title: graph.title ?? loaded.project.name, sequence: loaded.project.sequence }
}
