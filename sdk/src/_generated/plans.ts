// Generated from sdk/operations/plans.graphql by `npm run generate`. Do not edit.
import type { Plan, PlanChange } from '../domain/plans/types.ts'
import type { CallOptions, ListRequest, Request, UnknownMember } from '../request.ts'
import type { AcceptanceCriterionInput, EstimateInput, LinkInput, Priority, Status } from './schema.ts'
import type { ItemCounts, PageInfo, PlanProblem, Progress } from './shared.ts'

/** A phase of the project with a result of its own. */
export interface Milestone {
  id: string
  /** The author's own id in plan.json, unique in the plan. */
  key: string
  /** One line. */
  title: string
  /** Markdown. */
  description: string | null
  /** A label that groups milestones. */
  phase: string | null
  /** Due date. */
  dueDate: string | null
  /** Keys of items that must be finished first. */
  dependsOn: string[]
  /** Who does it. */
  assignee: string | null
  /** Labels. */
  labels: string[]
  /** Priority. */
  priority: Priority | null
  /** Markdown. */
  notes: string | null
  /** Keys of plan.json that this version does not know. */
  extra: unknown
  /** When it came into the plan. */
  createdAt: string
  /** When it last changed. */
  updatedAt: string
  /** Links. */
  links: Link[]
  /** What must be true for it to be accepted. */
  acceptanceCriteria: AcceptanceCriterion[]
  /** Progress of its microsteps. */
  progress: Progress
}

/** A unit of work inside a milestone. */
export interface Step {
  id: string
  /** The author's own id in plan.json, unique in the plan. */
  key: string
  /** One line. */
  title: string
  /** Markdown. */
  description: string | null
  /** Key of the milestone it lies in. */
  milestoneKey: string
  /** Keys of items that must be finished first. */
  dependsOn: string[]
  /** Who does it. */
  assignee: string | null
  /** Labels. */
  labels: string[]
  /** Priority. */
  priority: Priority | null
  /** Markdown. */
  notes: string | null
  /** Keys of plan.json that this version does not know. */
  extra: unknown
  /** When it came into the plan. */
  createdAt: string
  /** When it last changed. */
  updatedAt: string
  /** Links. */
  links: Link[]
  /** What must be true for it to be accepted. */
  acceptanceCriteria: AcceptanceCriterion[]
  /** Progress of its microsteps. */
  progress: Progress
}

/** The smallest unit of work that is tracked. */
export interface Microstep {
  id: string
  /** The author's own id in plan.json, unique in the plan. */
  key: string
  /** One line. */
  title: string
  /** Markdown. */
  description: string | null
  /** Key of the step it lies in. */
  stepKey: string
  /** Where it stands. */
  status: Status
  /** Keys of items that must be finished first. */
  dependsOn: string[]
  /** Who does it. */
  assignee: string | null
  /** Labels. */
  labels: string[]
  /** Priority. */
  priority: Priority | null
  /** Markdown. */
  notes: string | null
  /** Keys of plan.json that this version does not know. */
  extra: unknown
  /** When it came into the plan. */
  createdAt: string
  /** When it last changed. */
  updatedAt: string
  /** Hours of work. */
  estimate: Estimate | null
  /** Links. */
  links: Link[]
  /** What must be true for it to be accepted. */
  acceptanceCriteria: AcceptanceCriterion[]
}

/** A link. */
export interface Link {
  /** Absolute, or relative to the repository. */
  url: string
  /** Text of the link. */
  title: string | null
}

/** What must be true for an item to be accepted. */
export interface AcceptanceCriterion {
  /** Its identity inside the item, where the author gave one; otherwise the text is. */
  id: string | null
  /** What must be true. */
  text: string
  /** How it is verified: `{ kind: "command" | "http" | "file" | "junit" | "coverage" | "manual", ... }`. */
  check: unknown
}

/** Hours of work; one number stands for all three points. */
export interface Estimate {
  /** Hours if all goes well. */
  optimistic: number
  /** Hours most likely needed. */
  likely: number
  /** Hours if most goes wrong. */
  pessimistic: number
  /** Expected hours after PERT: (o + 4l + p) / 6. */
  expected: number
}

/** Hours by estimates; cancelled microsteps do not count. */
export interface ProgressHours {
  /** Hours of all that count. */
  total: number
  /** Hours of finished microsteps. */
  done: number
  /** How many have no estimate and were taken for one hour each. */
  assumed: number
}

/** When an unfinished microstep can be worked on; hours of work from now. */
export interface Slack {
  /** Key of the microstep. */
  key: string
  /** How late it can be without delaying the end; 0 on a critical path. */
  hours: number
  /** Its expected hours. */
  duration: number
  /** Earliest start. */
  earliestStart: number
  /** Earliest finish. */
  earliestFinish: number
  /** Latest start that delays nothing. */
  latestStart: number
  /** Latest finish that delays nothing. */
  latestFinish: number
}

/** The longest chain of unfinished work. */
export interface CriticalPath {
  /** Microsteps, first to last; of several critical paths one. */
  keys: string[]
  /** When everything is finished, in hours of work from now. */
  expectedHours: number
  /** How many microsteps have no estimate. */
  assumedMicrosteps: number
  /** The hours that each of these was taken for. */
  assumedHoursEach: number
  /** Every unfinished microstep, in document order. */
  slack: Slack[]
}

/** What `planning.getPlan` takes. */
export interface PlanningGetPlanVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
}

/** What `planning.getPlan` answers. */
export interface PlanningGetPlanData {
  /** Node id of the project. */
  projectId: string
  /** Sequence of the project's newest event. */
  sequence: number
  /** Its milestones, in order. */
  phases: Array<Milestone & {
    /** Its steps, in order. */
    steps: Array<Step & {
      /** Its microsteps, in order. */
      microsteps: Microstep[]
    }>
  }>
}

/** What `planning.getDocument` takes. */
export interface PlanningGetDocumentVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** The plan as of this sequence. Default: the newest. */
  atSequence?: number | null
}

/** What `planning.getDocument` answers. */
export interface PlanningGetDocumentData {
  /** Node id of the project. */
  projectId: string
  /** The sequence the document belongs to. */
  sequence: number
  /** The plan. */
  document: Plan
}

/** What `planning.listMilestones` takes. */
export interface PlanningListMilestonesVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `planning.listMilestones` answers. */
export interface PlanningListMilestonesData {
  milestones: Milestone[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** What `planning.listSteps` takes. */
export interface PlanningListStepsVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Default: 50. */
  first?: number
  after?: string | null
  /** Only those of this milestone (key). */
  milestone?: string | null
}

/** What `planning.listSteps` answers. */
export interface PlanningListStepsData {
  steps: Step[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** What `planning.listMicrosteps` takes. */
export interface PlanningListMicrostepsVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Default: 100. */
  first?: number
  after?: string | null
  /** Only those with one of these statuses. */
  status?: readonly Status[] | null
  /** Only those of this step (key). */
  step?: string | null
  /** Only those of this milestone (key). */
  milestone?: string | null
  /** Only those with this label. */
  label?: string | null
  /** Only those of this person. */
  assignee?: string | null
}

/** What `planning.listMicrosteps` answers. */
export interface PlanningListMicrostepsData {
  microsteps: Microstep[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** What `planning.getItem` takes. */
export interface PlanningGetItemVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or node id. */
  id: string
}

/** What `planning.getItem` answers. */
export type PlanningGetItemData = Microstep & {
  __typename: 'Microstep'
} | Milestone & {
  __typename: 'Milestone'
  /** Its steps, in order. */
  steps: Step[]
} | Step & {
  __typename: 'Step'
  /** Its microsteps, in order. */
  microsteps: Microstep[]
} | UnknownMember

/** What `planning.getAnalysis` takes. */
export interface PlanningGetAnalysisVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
}

/** What `planning.getAnalysis` answers. */
export interface PlanningGetAnalysisData {
  /** Sequence of the project's newest event. */
  sequence: number
  /** Progress of the plan. */
  progress: Progress
  /** The same in hours. */
  hours: ProgressHours
  /** What these figures are made of: each is the sum of its parts. */
  parts: Array<{
    /** Key of the milestone. */
    key: string
    /** Its own figures. */
    progress: Progress
    /** Its own hours. */
    hours: ProgressHours
  }>
  /** Keys of microsteps that can start now. */
  ready: string[]
  /** Unfinished microsteps in groups that can be worked on in parallel, one group after the other. */
  waves: string[][]
  /** What waits, and for what. */
  blocked: Array<{
    /** Key of the microstep. */
    key: string
    /** Everything it waits for. */
    reasons: Array<{
      /** `status`, `dependency`, `inherited` (a dependency of a parent) or `missing`. */
      kind: string
      /** What is waited for. */
      key: string | null
      /** The parent that the dependency comes from. */
      via: string | null
      /** The same in words. */
      message: string
    }>
  }>
  /** What decides when everything is finished. */
  criticalPath: CriticalPath
}

/** What `planning.whatIf` takes. */
export interface PlanningWhatIfVariables {
  /** Node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** E.g. another estimate or status. */
  changes: PlanChange[]
}

/** What `planning.whatIf` answers. */
export interface PlanningWhatIfData {
  /** As it is. */
  before: CriticalPath
  /** As it would be. */
  after: CriticalPath
  /** How many hours later everything is finished; negative when earlier. */
  delayHours: number
}

/** What `planning.importPlan` takes. */
export interface PlanningImportPlanVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** The plan. */
  document: Plan
  /** Replace the plan that is there; refused otherwise when it is not empty. Default: false. */
  replace?: boolean
}

/** What `planning.importPlan` answers. */
export interface PlanningImportPlanData {
  /** Sequence of the project's newest event after the write. */
  sequence: number
  /** How many items the plan has. */
  counts: ItemCounts
  /** Warnings about the document. */
  problems: PlanProblem[]
}

/** What `planning.applyChanges` takes. */
export interface PlanningApplyChangesVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Refused with CONFLICT when given and the project is at another sequence. */
  expectedSequence?: number | null
  /** The changes, applied in order. */
  changes: PlanChange[]
}

/** What `planning.applyChanges` answers. */
export interface PlanningApplyChangesData {
  /** Sequence of the project's newest event after the write. */
  sequence: number
  /** How many changes were applied. */
  applied: number
}

/** What `planning.setStatus` takes. */
export interface PlanningSetStatusVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of the item. */
  id: string
  /** The new status. */
  status: Status
}

/** What `planning.setStatus` answers. */
export interface PlanningSetStatusData {
  /** The microstep as it is now. */
  microstep: Microstep
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `planning.addMilestone` takes. */
export interface PlanningAddMilestoneVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** The author's id: unique in the plan, without white space. */
  key: string
  /** Key or id of the sibling to stand behind; null for the first place. Default: the last place. */
  after?: string | null
  /** One line. */
  title: string
  /** Markdown. */
  description?: string | null
  /** A label that groups milestones. */
  phase?: string | null
  /** Due date. */
  dueDate?: string | null
  /** Keys of items that must be finished first. */
  dependsOn?: readonly string[] | null
  /** Who does it. */
  assignee?: string | null
  /** Labels. */
  labels?: readonly string[] | null
  /** Priority. */
  priority?: Priority | null
  /** Links. */
  links?: readonly LinkInput[] | null
  /** Markdown. */
  notes?: string | null
  /** What must be true for it to be accepted. */
  acceptanceCriteria?: readonly AcceptanceCriterionInput[] | null
}

/** What `planning.addMilestone` answers. */
export interface PlanningAddMilestoneData {
  /** The milestone as it is now. */
  milestone: Milestone
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `planning.updateMilestone` takes. */
export interface PlanningUpdateMilestoneVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of the item. */
  id: string
  /** One line. */
  title?: string | null
  /** Markdown. */
  description?: string | null
  /** A label that groups milestones. */
  phase?: string | null
  /** Due date. */
  dueDate?: string | null
  /** Keys of items that must be finished first. */
  dependsOn?: readonly string[] | null
  /** Who does it. */
  assignee?: string | null
  /** Labels. */
  labels?: readonly string[] | null
  /** Priority. */
  priority?: Priority | null
  /** Links. */
  links?: readonly LinkInput[] | null
  /** Markdown. */
  notes?: string | null
  /** What must be true for it to be accepted. */
  acceptanceCriteria?: readonly AcceptanceCriterionInput[] | null
}

/** What `planning.updateMilestone` answers. */
export interface PlanningUpdateMilestoneData {
  /** The milestone as it is now. */
  milestone: Milestone
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `planning.moveMilestone` takes. */
export interface PlanningMoveMilestoneVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of the item. */
  id: string
  /** Key or id of the sibling to stand behind; null for the first place. Default: the last place. */
  after?: string | null
}

/** What `planning.moveMilestone` answers. */
export interface PlanningMoveMilestoneData {
  /** The milestone as it is now. */
  milestone: Milestone
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `planning.deleteMilestone` takes. */
export interface PlanningDeleteMilestoneVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of the item. */
  id: string
}

/** What `planning.deleteMilestone` answers. */
export interface PlanningDeleteMilestoneData {
  /** Key of the item. */
  key: string
  /** How many items went with it, itself included. */
  removed: number
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `planning.addStep` takes. */
export interface PlanningAddStepVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** The author's id: unique in the plan, without white space. */
  key: string
  /** Key or id of the milestone it lies in. */
  parent: string
  /** Key or id of the sibling to stand behind; null for the first place. Default: the last place. */
  after?: string | null
  /** One line. */
  title: string
  /** Markdown. */
  description?: string | null
  /** Keys of items that must be finished first. */
  dependsOn?: readonly string[] | null
  /** Who does it. */
  assignee?: string | null
  /** Labels. */
  labels?: readonly string[] | null
  /** Priority. */
  priority?: Priority | null
  /** Links. */
  links?: readonly LinkInput[] | null
  /** Markdown. */
  notes?: string | null
  /** What must be true for it to be accepted. */
  acceptanceCriteria?: readonly AcceptanceCriterionInput[] | null
}

/** What `planning.addStep` answers. */
export interface PlanningAddStepData {
  /** The step as it is now. */
  step: Step
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `planning.updateStep` takes. */
export interface PlanningUpdateStepVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of the item. */
  id: string
  /** One line. */
  title?: string | null
  /** Markdown. */
  description?: string | null
  /** Keys of items that must be finished first. */
  dependsOn?: readonly string[] | null
  /** Who does it. */
  assignee?: string | null
  /** Labels. */
  labels?: readonly string[] | null
  /** Priority. */
  priority?: Priority | null
  /** Links. */
  links?: readonly LinkInput[] | null
  /** Markdown. */
  notes?: string | null
  /** What must be true for it to be accepted. */
  acceptanceCriteria?: readonly AcceptanceCriterionInput[] | null
}

/** What `planning.updateStep` answers. */
export interface PlanningUpdateStepData {
  /** The step as it is now. */
  step: Step
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `planning.moveStep` takes. */
export interface PlanningMoveStepVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of the item. */
  id: string
  /** Key or id of the milestone it lies in. Default: where it is. */
  parent?: string | null
  /** Key or id of the sibling to stand behind; null for the first place. Default: the last place. */
  after?: string | null
}

/** What `planning.moveStep` answers. */
export interface PlanningMoveStepData {
  /** The step as it is now. */
  step: Step
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `planning.deleteStep` takes. */
export interface PlanningDeleteStepVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of the item. */
  id: string
}

/** What `planning.deleteStep` answers. */
export interface PlanningDeleteStepData {
  /** Key of the item. */
  key: string
  /** How many items went with it, itself included. */
  removed: number
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `planning.addMicrostep` takes. */
export interface PlanningAddMicrostepVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** The author's id: unique in the plan, without white space. */
  key: string
  /** Key or id of the step it lies in. */
  parent: string
  /** Key or id of the sibling to stand behind; null for the first place. Default: the last place. */
  after?: string | null
  /** One line. */
  title: string
  /** Markdown. */
  description?: string | null
  /** Where it stands. */
  status?: Status | null
  /** Hours of work. */
  estimate?: EstimateInput | null
  /** Keys of items that must be finished first. */
  dependsOn?: readonly string[] | null
  /** Who does it. */
  assignee?: string | null
  /** Labels. */
  labels?: readonly string[] | null
  /** Priority. */
  priority?: Priority | null
  /** Links. */
  links?: readonly LinkInput[] | null
  /** Markdown. */
  notes?: string | null
  /** What must be true for it to be accepted. */
  acceptanceCriteria?: readonly AcceptanceCriterionInput[] | null
}

/** What `planning.addMicrostep` answers. */
export interface PlanningAddMicrostepData {
  /** The microstep as it is now. */
  microstep: Microstep
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `planning.updateMicrostep` takes. */
export interface PlanningUpdateMicrostepVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of the item. */
  id: string
  /** One line. */
  title?: string | null
  /** Markdown. */
  description?: string | null
  /** Where it stands. */
  status?: Status | null
  /** Hours of work. */
  estimate?: EstimateInput | null
  /** Keys of items that must be finished first. */
  dependsOn?: readonly string[] | null
  /** Who does it. */
  assignee?: string | null
  /** Labels. */
  labels?: readonly string[] | null
  /** Priority. */
  priority?: Priority | null
  /** Links. */
  links?: readonly LinkInput[] | null
  /** Markdown. */
  notes?: string | null
  /** What must be true for it to be accepted. */
  acceptanceCriteria?: readonly AcceptanceCriterionInput[] | null
}

/** What `planning.updateMicrostep` answers. */
export interface PlanningUpdateMicrostepData {
  /** The microstep as it is now. */
  microstep: Microstep
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `planning.moveMicrostep` takes. */
export interface PlanningMoveMicrostepVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of the item. */
  id: string
  /** Key or id of the step it lies in. Default: where it is. */
  parent?: string | null
  /** Key or id of the sibling to stand behind; null for the first place. Default: the last place. */
  after?: string | null
}

/** What `planning.moveMicrostep` answers. */
export interface PlanningMoveMicrostepData {
  /** The microstep as it is now. */
  microstep: Microstep
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** What `planning.deleteMicrostep` takes. */
export interface PlanningDeleteMicrostepVariables {
  /** The project: node id, UUID or slug. Default: the client's `projectId`. */
  projectId?: string
  /** Key or id of the item. */
  id: string
}

/** What `planning.deleteMicrostep` answers. */
export interface PlanningDeleteMicrostepData {
  /** Key of the item. */
  key: string
  /** How many items went with it, itself included. */
  removed: number
  /** Sequence of the project's newest event after the write. */
  sequence: number
}

/** Plans: milestones, their steps and microsteps. */
export interface PlanningGroup {
  /**
   * A project's plan. NOT_FOUND when the key sees no such project.
   *
   * The whole tree in one request; for plans of thousands of items prefer the paged lists.
   *
   * @example
   * ```ts
   * const { data } = await client.planning.getPlan()
   * for (const phase of data?.phases ?? []) console.log(phase.title, phase.progress.percent)
   * ```
   */
  getPlan(variables?: PlanningGetPlanVariables, options?: CallOptions): Request<PlanningGetPlanData>

  /**
   * The plan in the form of plan.json: as it is, or as it was.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.getDocument()
   * ```
   */
  getDocument(variables?: PlanningGetDocumentVariables, options?: CallOptions): Request<PlanningGetDocumentData>

  /**
   * One project, by id or slug. NOT_FOUND when the key sees no such project.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.listMilestones()
   * ```
   */
  listMilestones(variables?: PlanningListMilestonesVariables, options?: CallOptions): ListRequest<PlanningListMilestonesData, PlanningListMilestonesData['milestones'][number]>

  /**
   * One project, by id or slug. NOT_FOUND when the key sees no such project.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.listSteps()
   * ```
   */
  listSteps(variables?: PlanningListStepsVariables, options?: CallOptions): ListRequest<PlanningListStepsData, PlanningListStepsData['steps'][number]>

  /**
   * One project, by id or slug. NOT_FOUND when the key sees no such project.
   *
   * @example
   * ```ts
   * const blocked = await client.planning.listMicrosteps({ status: ['BLOCKED'] }).toArray({ limit: 500 })
   * ```
   */
  listMicrosteps(variables?: PlanningListMicrostepsVariables, options?: CallOptions): ListRequest<PlanningListMicrostepsData, PlanningListMicrostepsData['microsteps'][number]>

  /**
   * One item of a plan; null when there is none.
   *
   * Tell the kinds apart by `__typename`. A milestone comes with its steps, a step with its microsteps.
   *
   * @example
   * ```ts
   * const { data } = await client.planning.getItem({ id: 'T-12' })
   * if (data?.__typename === 'Microstep') console.log(data.status)
   * ```
   */
  getItem(variables: PlanningGetItemVariables, options?: CallOptions): Request<PlanningGetItemData>

  /**
   * Progress, ready and blocked microsteps, waves and the critical path of a plan.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.getAnalysis()
   * ```
   */
  getAnalysis(variables?: PlanningGetAnalysisVariables, options?: CallOptions): Request<PlanningGetAnalysisData>

  /**
   * What changes would do to the critical path. Changes nothing.
   *
   * Changes nothing on the server.
   *
   * @example
   * ```ts
   * const { data } = await client.planning.whatIf({ changes: [{ op: 'update', id: 'T-12', set: { estimate: 16 } }] })
   * console.log(data?.delayHours, 'hours later')
   * ```
   */
  whatIf(variables: PlanningWhatIfVariables, options?: CallOptions): Request<PlanningWhatIfData>

  /**
   * Brings a whole plan into a project.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.importPlan({ document })
   * ```
   */
  importPlan(variables: PlanningImportPlanVariables, options?: CallOptions): Request<PlanningImportPlanData>

  /**
   * Applies a batch of changes to the newest plan.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * await client.planning.applyChanges({ changes: [{ op: 'update', id: 'T-12', set: { title: 'Write the guide' } }] }).orThrow()
   * ```
   */
  applyChanges(variables: PlanningApplyChangesVariables, options?: CallOptions): Request<PlanningApplyChangesData>

  /**
   * Sets the status of a microstep.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * await client.planning.setStatus({ id: 'T-12', status: 'DONE' }).orThrow()
   * ```
   */
  setStatus(variables: PlanningSetStatusVariables, options?: CallOptions): Request<PlanningSetStatusData>

  /**
   * Adds a milestone to the plan.
   *
   * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * await client.planning.addMilestone({ key: 'M-2', title: 'Beta' }).orThrow()
   * ```
   */
  addMilestone(variables: PlanningAddMilestoneVariables, options?: CallOptions): Request<PlanningAddMilestoneData>

  /**
   * Changes fields of a milestone.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.updateMilestone({ id: 'T-12' })
   * ```
   */
  updateMilestone(variables: PlanningUpdateMilestoneVariables, options?: CallOptions): Request<PlanningUpdateMilestoneData>

  /**
   * Moves a milestone to another place.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.moveMilestone({ id: 'T-12' })
   * ```
   */
  moveMilestone(variables: PlanningMoveMilestoneVariables, options?: CallOptions): Request<PlanningMoveMilestoneData>

  /**
   * Deletes a milestone and all that lies in it. Refused while other items depend on it.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.deleteMilestone({ id: 'T-12' })
   * ```
   */
  deleteMilestone(variables: PlanningDeleteMilestoneVariables, options?: CallOptions): Request<PlanningDeleteMilestoneData>

  /**
   * Adds a step to the plan.
   *
   * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * await client.planning.addStep({ key: 'S-4', parent: 'M-2', title: 'Sign-in' }).orThrow()
   * ```
   */
  addStep(variables: PlanningAddStepVariables, options?: CallOptions): Request<PlanningAddStepData>

  /**
   * Changes fields of a step.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.updateStep({ id: 'T-12' })
   * ```
   */
  updateStep(variables: PlanningUpdateStepVariables, options?: CallOptions): Request<PlanningUpdateStepData>

  /**
   * Moves a step to another place, in its milestone or another one.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.moveStep({ id: 'T-12' })
   * ```
   */
  moveStep(variables: PlanningMoveStepVariables, options?: CallOptions): Request<PlanningMoveStepData>

  /**
   * Deletes a step and all that lies in it. Refused while other items depend on it.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.deleteStep({ id: 'T-12' })
   * ```
   */
  deleteStep(variables: PlanningDeleteStepVariables, options?: CallOptions): Request<PlanningDeleteStepData>

  /**
   * Adds a microstep to the plan.
   *
   * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * await client.planning.addMicrostep({ key: 'T-12', parent: 'S-4', title: 'Write the guide', estimate: { hours: 4 } }).orThrow()
   * ```
   */
  addMicrostep(variables: PlanningAddMicrostepVariables, options?: CallOptions): Request<PlanningAddMicrostepData>

  /**
   * Changes fields of a microstep.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.updateMicrostep({ id: 'T-12' })
   * ```
   */
  updateMicrostep(variables: PlanningUpdateMicrostepVariables, options?: CallOptions): Request<PlanningUpdateMicrostepData>

  /**
   * Moves a microstep to another place, in its step or another one.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.moveMicrostep({ id: 'T-12' })
   * ```
   */
  moveMicrostep(variables: PlanningMoveMicrostepVariables, options?: CallOptions): Request<PlanningMoveMicrostepData>

  /**
   * Deletes a microstep and all that lies in it. Refused while other items depend on it.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.deleteMicrostep({ id: 'T-12' })
   * ```
   */
  deleteMicrostep(variables: PlanningDeleteMicrostepVariables, options?: CallOptions): Request<PlanningDeleteMicrostepData>
}
