/** Reading plans and events. */
import type { EventsListData, EventsListVariables } from '../_generated/events.ts'
import type {
  PlanningGetAnalysisData, PlanningGetAnalysisVariables, PlanningGetDocumentData, PlanningGetDocumentVariables, PlanningGetItemData, PlanningGetItemVariables,
  PlanningGetPlanData, PlanningGetPlanVariables, PlanningWhatIfData, PlanningWhatIfVariables,
} from '../_generated/plans.ts'
import type { PageInfo } from '../_generated/shared.ts'
import { analyzePlan, whatIf as whatWould } from '../domain/plans/analysis.ts'
import { STATUSES } from '../domain/plans/format.ts'
import type { ItemKind, PlanItem } from '../domain/plans/types.ts'
import { readChanges, withChangeErrors } from './change-plan.ts'
import { findItem, readEnum } from './items.ts'
import { pageOf } from './pages.ts'
import { invalid } from './refusals.ts'
import { planAsOf, requirePermission, sequenceOf } from './state.ts'
import type { Call, ProjectState } from './state.ts'
import { VIEW, childItems, itemsOfKind, projectNodeId, viewAnalysis, viewChain, viewDocument, viewMicrostep, viewMilestone, viewStep, viewTree } from './views.ts'
import type { ItemView } from './views.ts'

function readProject(call: Call, { projectId = '' }: { projectId?: string }): ProjectState {
  requirePermission(call, 'planner.read')
  return call.state.project(projectId)
}

export const getPlan = (call: Call, variables: PlanningGetPlanVariables): PlanningGetPlanData => viewTree(readProject(call, variables))

export function getDocument(call: Call, variables: PlanningGetDocumentVariables): PlanningGetDocumentData {
  const project = readProject(call, variables)
  const sequence = variables.atSequence ?? sequenceOf(project)
  const plan = variables.atSequence == null ? project.plan : planAsOf(project, sequence, 'atSequence')
  return { projectId: projectNodeId(project), sequence, document: viewDocument(project, plan) }
}

interface Filter {
  readonly projectId?: string
  readonly first?: number
  readonly after?: string | null
  readonly status?: readonly string[] | null
  readonly step?: string | null
  readonly milestone?: string | null
  readonly label?: string | null
  readonly assignee?: string | null
}

const DEFAULT_PAGE = { milestone: 50, step: 50, microstep: 100 } as const

type ItemPage<Kind extends ItemKind> = Record<`${Kind}s`, ItemView[Kind][]> & { pageInfo: PageInfo; totalCount: number }

/** A page of milestones, steps or microsteps, in document order. */
export const listItems = <Kind extends ItemKind>(kind: Kind) => (call: Call, filter: Filter): ItemPage<Kind> => {
  const project = readProject(call, filter)
  const { first = DEFAULT_PAGE[kind], after } = filter
  const page = pageOf(itemsOfKind(project.plan, kind), { first, after }, matches(project, filter))
  return { [`${kind}s`]: page.items.map((item) => VIEW[kind](project, item)), pageInfo: page.pageInfo, totalCount: page.totalCount } as ItemPage<Kind>
}

function matches({ plan }: ProjectState, { status, step, milestone, label, assignee }: Filter): (item: PlanItem) => boolean {
  const wanted = status?.map((value) => readEnum('status', value, STATUSES))
  const milestoneOf = (item: PlanItem): string | null => (item.kind === 'microstep' ? (plan.items.get(item.parentId ?? '')?.parentId ?? null) : item.parentId)
  return (item) =>
    (wanted === undefined || wanted.includes(item.fields.status ?? 'todo')) &&
    (step == null || item.parentId === step) &&
    (milestone == null || milestoneOf(item) === milestone) &&
    (label == null || (item.fields.labels?.includes(label) ?? false)) &&
    (assignee == null || item.fields.assignee === assignee)
}

export function getItem(call: Call, variables: PlanningGetItemVariables): PlanningGetItemData {
  const project = readProject(call, variables)
  const item = findItem(project, variables.id)
  // Null is an answer here: the client says what it means.
  if (item === undefined) return null as never
  const children = childItems(project.plan, item.id)
  const answer =
    item.kind === 'milestone' ? { __typename: 'Milestone', ...viewMilestone(project, item), steps: children.map((step) => viewStep(project, step)) }
    : item.kind === 'step' ? { __typename: 'Step', ...viewStep(project, item), microsteps: children.map((microstep) => viewMicrostep(project, microstep)) }
    : { __typename: 'Microstep', ...viewMicrostep(project, item) }
  return answer as PlanningGetItemData
}

export function getAnalysis(call: Call, variables: PlanningGetAnalysisVariables): PlanningGetAnalysisData {
  const project = readProject(call, variables)
  return viewAnalysis(project, analyzePlan(project.plan))
}

export function whatIf(call: Call, variables: PlanningWhatIfVariables): PlanningWhatIfData {
  const { plan } = readProject(call, variables)
  const changes = readChanges(variables.changes, 'changes')
  const { before, after, delayHours } = withChangeErrors(['changes'], () => whatWould(plan, changes))
  return { before: viewChain(before), after: viewChain(after), delayHours }
}

const MAX_EVENTS = 1_000

export function listEvents(call: Call, variables: EventsListVariables): EventsListData {
  const { since, first = 100 } = variables
  requirePermission(call, 'planner.read')
  if (since < 0) throw invalid('A sequence is 0 or more.', ['since'])
  if (first < 1 || first > MAX_EVENTS) throw invalid(`first is 1 to ${MAX_EVENTS}; ${first} is not.`, ['first'])
  const project = call.state.project(variables.projectId ?? '')
  const events = project.events.slice(since, since + first)
  const sequence = sequenceOf(project)
  return { events, sequence, hasMore: (events.at(-1)?.sequence ?? since) < sequence, gap: null }
}
