/** Projects and items as the operations answer them. */
import type {
  AcceptanceCriterion, CriticalPath, Estimate, Link, Microstep, Milestone, PlanningGetPlanData, PlanningGetAnalysisData, ProgressHours, Step,
} from '../_generated/plans.ts'
import type { Project } from '../_generated/projects.ts'
import type { ConflictValue, ItemCounts, PlanProblem, Progress } from '../_generated/shared.ts'
import type { CriticalPath as Chain, PlanAnalysis, ProgressFigures } from '../domain/plans/analysis.ts'
import { progressOf } from '../domain/plans/analysis.ts'
import { unflattenPlan } from '../domain/plans/flat.ts'
import type { FlatPlan, ItemKind, Plan, PlanConflict, PlanItem, PlanProblem as Problem } from '../domain/plans/types.ts'
import { sequenceOf } from './state.ts'
import type { ProjectState, Stamp } from './state.ts'

export const projectNodeId = (project: ProjectState): string => `prj_${project.id}`

export const viewProject = (project: ProjectState): Project => ({
  id: projectNodeId(project), slug: project.slug, name: project.name, description: project.description, createdAt: project.createdAt, updatedAt: project.updatedAt,
  archivedAt: project.archivedAt, counts: countItems(project.plan), progress: viewProgress(progressOf(project.plan)),
})

export function countItems(plan: FlatPlan): ItemCounts {
  const counts = { milestones: 0, steps: 0, microsteps: 0 }
  for (const { kind } of plan.items.values()) counts[`${kind}s`]++
  return counts
}

/** The server rounds to one decimal. */
export const viewProgress = ({ percent, total, todo, inProgress, blocked, inReview, done, cancelled }: ProgressFigures): Progress => ({
  percent: Math.round(percent * 10) / 10, total, todo, inProgress, blocked, inReview, done, cancelled,
})

/** The document always says whose plan it is, even before a client has pushed a head. */
export function viewDocument({ name, description }: ProjectState, plan: FlatPlan): Plan {
  const project = { name, ...(description === null ? {} : { description }) }
  return unflattenPlan({ ...plan, head: { version: 1, project, ...plan.head } })
}

/** Fields that have a member of their own in the API, and the kind they belong to; others are `extra`. */
const FIELDS: Readonly<Record<string, ItemKind | 'any'>> = {
  title: 'any', description: 'any', dependsOn: 'any', assignee: 'any', labels: 'any', priority: 'any', links: 'any', notes: 'any', acceptanceCriteria: 'any',
  phase: 'milestone', dueDate: 'milestone', status: 'microstep', estimate: 'microstep',
}

function viewCommon({ id, kind, fields }: PlanItem, prefix: string, stamp: Stamp) {
  const extra = Object.fromEntries(Object.entries(fields).filter(([name]) => ![kind, 'any'].includes(FIELDS[name] ?? '')))
  return {
    id: `${prefix}_${stamp.id}`, key: id, title: fields.title, description: fields.description ?? null, dependsOn: fields.dependsOn ?? [],
    assignee: fields.assignee ?? null, labels: fields.labels ?? [], priority: fields.priority?.toUpperCase() ?? null, notes: fields.notes ?? null,
    extra: Object.keys(extra).length === 0 ? null : extra, createdAt: stamp.createdAt, updatedAt: stamp.updatedAt,
    links: (fields.links ?? []).map(({ url, title }): Link => ({ url, title: title ?? null })),
    acceptanceCriteria: (fields.acceptanceCriteria ?? []).map(({ id: own, text, check }): AcceptanceCriterion => ({ id: own ?? null, text, check: check ?? null })),
  }
}

const stampOf = (project: ProjectState, key: string): Stamp => project.stamps.get(key) as Stamp
const progressAt = (project: ProjectState, key: string): Progress => viewProgress(progressOf(project.plan, key))

export const viewMilestone = (project: ProjectState, item: PlanItem): Milestone => ({
  ...viewCommon(item, 'mil', stampOf(project, item.id)), phase: item.fields.phase ?? null, dueDate: item.fields.dueDate ?? null, progress: progressAt(project, item.id),
})

export const viewStep = (project: ProjectState, item: PlanItem): Step => ({
  ...viewCommon(item, 'stp', stampOf(project, item.id)), milestoneKey: item.parentId ?? '', progress: progressAt(project, item.id),
})

export const viewMicrostep = (project: ProjectState, item: PlanItem): Microstep => ({
  ...viewCommon(item, 'mic', stampOf(project, item.id)), stepKey: item.parentId ?? '', status: (item.fields.status ?? 'todo').toUpperCase(),
  estimate: item.fields.estimate === undefined ? null : viewEstimate(item.fields.estimate),
})

/** How an item of a kind is answered. */
export interface ItemView {
  milestone: Milestone
  step: Step
  microstep: Microstep
}

export const VIEW: { readonly [Kind in ItemKind]: (project: ProjectState, item: PlanItem) => ItemView[Kind] } = {
  milestone: viewMilestone, step: viewStep, microstep: viewMicrostep,
}

function viewEstimate(estimate: NonNullable<PlanItem['fields']['estimate']>): Estimate {
  const { optimistic, likely, pessimistic } = typeof estimate === 'number' ? { optimistic: estimate, likely: estimate, pessimistic: estimate } : estimate
  return { optimistic, likely, pessimistic, expected: (optimistic + 4 * likely + pessimistic) / 6 }
}

/** The children of an item, or the milestones, in order. */
export const childItems = (plan: FlatPlan, parent: string | null): PlanItem[] => (plan.children.get(parent) ?? []).flatMap((key) => plan.items.get(key) ?? [])

/** Every item of a kind, in document order. */
export function itemsOfKind(plan: FlatPlan, kind: ItemKind): PlanItem[] {
  const walk = (parent: string | null): PlanItem[] => childItems(plan, parent).flatMap((item) => [item, ...walk(item.id)])
  return walk(null).filter((item) => item.kind === kind)
}

export const viewTree = (project: ProjectState): PlanningGetPlanData => ({
  projectId: projectNodeId(project),
  sequence: sequenceOf(project),
  phases: childItems(project.plan, null).map((milestone) => ({
    ...viewMilestone(project, milestone),
    steps: childItems(project.plan, milestone.id).map((step) => ({
      ...viewStep(project, step),
      microsteps: childItems(project.plan, step.id).map((microstep) => viewMicrostep(project, microstep)),
    })),
  })),
})

export const viewChain = ({ ids, expectedHours, assumed, slack }: Chain): CriticalPath => ({
  keys: ids, expectedHours, assumedMicrosteps: assumed.microsteps, assumedHoursEach: assumed.hoursEach, slack: slack.map(({ id, ...rest }) => ({ key: id, ...rest })),
})

const viewHours = ({ total, done, assumed }: ProgressHours): ProgressHours => ({ total, done, assumed })

export const viewAnalysis = (project: ProjectState, { progress, ready, waves, blocked, criticalPath }: PlanAnalysis): PlanningGetAnalysisData => ({
  sequence: sequenceOf(project), progress: viewProgress(progress), hours: viewHours(progress.hours),
  parts: progress.of.map((part) => ({ key: part.id, progress: viewProgress(part), hours: viewHours(part.hours) })),
  ready, waves,
  blocked: blocked.map((item) => ({ key: item.id, reasons: item.reasons.map(({ kind, id, via, message }) => ({ kind, key: id ?? null, via: via ?? null, message })) })),
  criticalPath: viewChain(criticalPath),
})

export const viewProblem = ({ code, severity, pointer, message, remedy }: Problem): PlanProblem => ({ code, severity, pointer, message, remedy })

export const viewConflict = ({ kind, id, field, base = null, local = null, remote = null }: PlanConflict): ConflictValue => ({ kind, id, field: field ?? null, base, local, remote })
