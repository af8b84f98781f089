// Generated from sdk/operations/plans.graphql by `npm run generate`. Do not edit.
import type { Plan, PlanChange } from '../domain/plans/types.ts'
import type { CallOptions, ListRequest, Operation, Request, UnknownMember } from '../request.ts'
import type { AcceptanceCriterionInput, EstimateInput, LinkInput, Priority, Status } from './schema.ts'
import { ConflictValueFragment, FailureFragment, ItemCountsFragment, PageInfoFragment, PlanProblemFragment, ProgressFragment } from './shared.ts'
import type { ItemCounts, PageInfo, PlanProblem, Progress } from './shared.ts'

export interface Milestone {
  id: string
  key: string
  title: string
  description: string | null
  phase: string | null
  dueDate: string | null
  dependsOn: string[]
  assignee: string | null
  labels: string[]
  priority: Priority | null
  notes: string | null
  extra: unknown
  createdAt: string
  updatedAt: string
  links: Link[]
  acceptanceCriteria: AcceptanceCriterion[]
  progress: Progress
}

export interface Step {
  id: string
  key: string
  title: string
  description: string | null
  milestoneKey: string
  dependsOn: string[]
  assignee: string | null
  labels: string[]
  priority: Priority | null
  notes: string | null
  extra: unknown
  createdAt: string
  updatedAt: string
  links: Link[]
  acceptanceCriteria: AcceptanceCriterion[]
  progress: Progress
}

export interface Microstep {
  id: string
  key: string
  title: string
  description: string | null
  stepKey: string
  status: Status
  dependsOn: string[]
  assignee: string | null
  labels: string[]
  priority: Priority | null
  notes: string | null
  extra: unknown
  createdAt: string
  updatedAt: string
  estimate: Estimate | null
  links: Link[]
  acceptanceCriteria: AcceptanceCriterion[]
}

export interface Link {
  url: string
  title: string | null
}

export interface AcceptanceCriterion {
  id: string | null
  text: string
  check: unknown
}

export interface Estimate {
  optimistic: number
  likely: number
  pessimistic: number
  /** Expected hours: (o + 4l + p) / 6. */
  expected: number
}

export interface CriticalPath {
  keys: string[]
  expectedHours: number
  slack: Array<{
    key: string
    hours: number
    earliestStart: number
    earliestFinish: number
  }>
}

export const MilestoneFragment = 'fragment Milestone on Milestone{id key title description phase dueDate dependsOn assignee labels priority notes extra createdAt updatedAt links{...Link}acceptanceCriteria{...AcceptanceCriterion}progress{...Progress}}'

export const StepFragment = 'fragment Step on Step{id key title description milestoneKey dependsOn assignee labels priority notes extra createdAt updatedAt links{...Link}acceptanceCriteria{...AcceptanceCriterion}progress{...Progress}}'

export const MicrostepFragment = 'fragment Microstep on Microstep{id key title description stepKey status dependsOn assignee labels priority notes extra createdAt updatedAt estimate{...Estimate}links{...Link}acceptanceCriteria{...AcceptanceCriterion}}'

export const LinkFragment = 'fragment Link on Link{url title}'

export const AcceptanceCriterionFragment = 'fragment AcceptanceCriterion on AcceptanceCriterion{id text check}'

export const EstimateFragment = 'fragment Estimate on Estimate{optimistic likely pessimistic expected}'

export const CriticalPathFragment = 'fragment CriticalPath on CriticalPath{keys expectedHours slack{key hours earliestStart earliestFinish}}'

/** What `planning.getPlan` takes. */
export interface PlanningGetPlanVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
}

/** What `planning.getPlan` answers. */
export interface PlanningGetPlanData {
  projectId: string
  sequence: number
  phases: Array<Milestone & {
    steps: Array<Step & {
      microsteps: Microstep[]
    }>
  }>
}

export const planning_getPlan: Operation = { text: ['query planning_getPlan($projectId:ID!){plan(projectId:$projectId){projectId sequence phases:milestones{...Milestone steps{...Step microsteps{...Microstep}}}}}', MilestoneFragment, LinkFragment, AcceptanceCriterionFragment, ProgressFragment, StepFragment, MicrostepFragment, EstimateFragment] }

/** What `planning.getDocument` takes. */
export interface PlanningGetDocumentVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  atSequence?: number | null
}

/** What `planning.getDocument` answers. */
export interface PlanningGetDocumentData {
  projectId: string
  sequence: number
  document: Plan
}

export const planning_getDocument: Operation = { text: ['query planning_getDocument($projectId:ID!$atSequence:Int){planDocument(projectId:$projectId atSequence:$atSequence){projectId sequence document}}'] }

/** What `planning.listMilestones` takes. */
export interface PlanningListMilestonesVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `planning.listMilestones` answers. */
export interface PlanningListMilestonesData {
  milestones: Milestone[]
  pageInfo: PageInfo
  totalCount: number
}

export const planning_listMilestones: Operation = { text: ['query planning_listMilestones($projectId:ID!$first:Int=50$after:String){project(projectId:$projectId){milestones(first:$first after:$after){milestones:nodes{...Milestone}pageInfo{...PageInfo}totalCount}}}', MilestoneFragment, LinkFragment, AcceptanceCriterionFragment, ProgressFragment, PageInfoFragment], depth: 2, items: 'milestones' }

/** What `planning.listSteps` takes. */
export interface PlanningListStepsVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  /** Default: 50. */
  first?: number
  after?: string | null
  milestone?: string | null
}

/** What `planning.listSteps` answers. */
export interface PlanningListStepsData {
  steps: Step[]
  pageInfo: PageInfo
  totalCount: number
}

export const planning_listSteps: Operation = { text: ['query planning_listSteps($projectId:ID!$first:Int=50$after:String$milestone:ID){project(projectId:$projectId){steps(first:$first after:$after milestone:$milestone){steps:nodes{...Step}pageInfo{...PageInfo}totalCount}}}', StepFragment, LinkFragment, AcceptanceCriterionFragment, ProgressFragment, PageInfoFragment], depth: 2, items: 'steps' }

/** What `planning.listMicrosteps` takes. */
export interface PlanningListMicrostepsVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  /** Default: 100. */
  first?: number
  after?: string | null
  status?: readonly Status[] | null
  step?: string | null
  milestone?: string | null
  label?: string | null
  assignee?: string | null
}

/** What `planning.listMicrosteps` answers. */
export interface PlanningListMicrostepsData {
  microsteps: Microstep[]
  pageInfo: PageInfo
  totalCount: number
}

export const planning_listMicrosteps: Operation = { text: ['query planning_listMicrosteps($projectId:ID!$first:Int=100$after:String$status:[Status!]$step:ID$milestone:ID$label:String$assignee:String){project(projectId:$projectId){microsteps(first:$first after:$after status:$status step:$step milestone:$milestone label:$label assignee:$assignee){microsteps:nodes{...Microstep}pageInfo{...PageInfo}totalCount}}}', MicrostepFragment, EstimateFragment, LinkFragment, AcceptanceCriterionFragment, PageInfoFragment], depth: 2, items: 'microsteps' }

/** What `planning.getItem` takes. */
export interface PlanningGetItemVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  id: string
}

/** What `planning.getItem` answers. */
export type PlanningGetItemData = Microstep & {
  __typename: 'Microstep'
} | Milestone & {
  __typename: 'Milestone'
  steps: Step[]
} | Step & {
  __typename: 'Step'
  microsteps: Microstep[]
} | UnknownMember

export const planning_getItem: Operation = { text: ['query planning_getItem($projectId:ID!$id:ID!){item(projectId:$projectId id:$id){__typename ...on Milestone{...Milestone steps{...Step}}...on Step{...Step microsteps{...Microstep}}...on Microstep{...Microstep}}}', MilestoneFragment, LinkFragment, AcceptanceCriterionFragment, ProgressFragment, StepFragment, MicrostepFragment, EstimateFragment] }

/** What `planning.getAnalysis` takes. */
export interface PlanningGetAnalysisVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
}

/** What `planning.getAnalysis` answers. */
export interface PlanningGetAnalysisData {
  sequence: number
  progress: Progress
  /** Keys of microsteps that can start now. */
  ready: string[]
  /** Microsteps in the order they can be worked on, in parallel groups. */
  waves: string[][]
  blocked: Array<{
    key: string
    reasons: Array<{
      kind: string
      key: string | null
      message: string
    }>
  }>
  criticalPath: CriticalPath
}

export const planning_getAnalysis: Operation = { text: ['query planning_getAnalysis($projectId:ID!){planAnalysis(projectId:$projectId){sequence progress{...Progress}ready waves blocked{key reasons{kind key message}}criticalPath{...CriticalPath}}}', ProgressFragment, CriticalPathFragment] }

/** What `planning.whatIf` takes. */
export interface PlanningWhatIfVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  changes: PlanChange[]
}

/** What `planning.whatIf` answers. */
export interface PlanningWhatIfData {
  before: CriticalPath
  after: CriticalPath
}

export const planning_whatIf: Operation = { text: ['query planning_whatIf($projectId:ID!$changes:PlanChanges!){planWhatIf(projectId:$projectId changes:$changes){before{...CriticalPath}after{...CriticalPath}}}', CriticalPathFragment] }

/** What `planning.importPlan` takes. */
export interface PlanningImportPlanVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  document: Plan
  replace?: boolean | null
}

/** What `planning.importPlan` answers. */
export interface PlanningImportPlanData {
  sequence: number
  counts: ItemCounts
  problems: PlanProblem[]
}

export const planning_importPlan: Operation = { text: ['mutation planning_importPlan($projectId:ID!$document:PlanDocument!$replace:Boolean$idempotencyKey:String){importPlan(input:{projectId:$projectId document:$document replace:$replace idempotencyKey:$idempotencyKey}){__typename ...Failure ...on ImportPlanPayload{sequence counts{...ItemCounts}problems{...PlanProblem}}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment, ItemCountsFragment] }

/** What `planning.applyChanges` takes. */
export interface PlanningApplyChangesVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  expectedSequence?: number | null
  changes: PlanChange[]
}

/** What `planning.applyChanges` answers. */
export interface PlanningApplyChangesData {
  sequence: number
  applied: number
}

export const planning_applyChanges: Operation = { text: ['mutation planning_applyChanges($projectId:ID!$expectedSequence:Int$changes:PlanChanges!$idempotencyKey:String){applyPlanChanges(input:{projectId:$projectId expectedSequence:$expectedSequence changes:$changes idempotencyKey:$idempotencyKey}){__typename ...Failure ...on ApplyPlanChangesPayload{sequence applied}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment] }

/** What `planning.setStatus` takes. */
export interface PlanningSetStatusVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  id: string
  status: Status
}

/** What `planning.setStatus` answers. */
export interface PlanningSetStatusData {
  microstep: Microstep
  sequence: number
}

export const planning_setStatus: Operation = { text: ['mutation planning_setStatus($projectId:ID!$id:ID!$status:Status!$idempotencyKey:String){setStatus(input:{projectId:$projectId id:$id status:$status idempotencyKey:$idempotencyKey}){__typename ...Failure ...on SetStatusPayload{microstep{...Microstep}sequence}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment, MicrostepFragment, EstimateFragment, LinkFragment, AcceptanceCriterionFragment] }

/** What `planning.addMilestone` takes. */
export interface PlanningAddMilestoneVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  key: string
  after?: string | null
  title: string
  description?: string | null
  phase?: string | null
  dueDate?: string | null
  dependsOn?: readonly string[] | null
  assignee?: string | null
  labels?: readonly string[] | null
  priority?: Priority | null
  links?: readonly LinkInput[] | null
  notes?: string | null
  acceptanceCriteria?: readonly AcceptanceCriterionInput[] | null
}

/** What `planning.addMilestone` answers. */
export interface PlanningAddMilestoneData {
  milestone: Milestone
  sequence: number
}

export const planning_addMilestone: Operation = { text: ['mutation planning_addMilestone($projectId:ID!$key:String!$after:ID$title:String!$description:String$phase:String$dueDate:Date$dependsOn:[String!]$assignee:String$labels:[String!]$priority:Priority$links:[LinkInput!]$notes:String$acceptanceCriteria:[AcceptanceCriterionInput!]$idempotencyKey:String){addMilestone(input:{projectId:$projectId key:$key after:$after title:$title description:$description phase:$phase dueDate:$dueDate dependsOn:$dependsOn assignee:$assignee labels:$labels priority:$priority links:$links notes:$notes acceptanceCriteria:$acceptanceCriteria idempotencyKey:$idempotencyKey}){__typename ...Failure ...on AddMilestonePayload{milestone{...Milestone}sequence}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment, MilestoneFragment, LinkFragment, AcceptanceCriterionFragment, ProgressFragment] }

/** What `planning.updateMilestone` takes. */
export interface PlanningUpdateMilestoneVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  id: string
  title?: string | null
  description?: string | null
  phase?: string | null
  dueDate?: string | null
  dependsOn?: readonly string[] | null
  assignee?: string | null
  labels?: readonly string[] | null
  priority?: Priority | null
  links?: readonly LinkInput[] | null
  notes?: string | null
  acceptanceCriteria?: readonly AcceptanceCriterionInput[] | null
}

/** What `planning.updateMilestone` answers. */
export interface PlanningUpdateMilestoneData {
  milestone: Milestone
  sequence: number
}

export const planning_updateMilestone: Operation = { text: ['mutation planning_updateMilestone($projectId:ID!$id:ID!$title:String$description:String$phase:String$dueDate:Date$dependsOn:[String!]$assignee:String$labels:[String!]$priority:Priority$links:[LinkInput!]$notes:String$acceptanceCriteria:[AcceptanceCriterionInput!]$idempotencyKey:String){updateMilestone(input:{projectId:$projectId id:$id title:$title description:$description phase:$phase dueDate:$dueDate dependsOn:$dependsOn assignee:$assignee labels:$labels priority:$priority links:$links notes:$notes acceptanceCriteria:$acceptanceCriteria idempotencyKey:$idempotencyKey}){__typename ...Failure ...on UpdateMilestonePayload{milestone{...Milestone}sequence}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment, MilestoneFragment, LinkFragment, AcceptanceCriterionFragment, ProgressFragment] }

/** What `planning.moveMilestone` takes. */
export interface PlanningMoveMilestoneVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  id: string
  after?: string | null
}

/** What `planning.moveMilestone` answers. */
export interface PlanningMoveMilestoneData {
  milestone: Milestone
  sequence: number
}

export const planning_moveMilestone: Operation = { text: ['mutation planning_moveMilestone($projectId:ID!$id:ID!$after:ID$idempotencyKey:String){moveMilestone(input:{projectId:$projectId id:$id after:$after idempotencyKey:$idempotencyKey}){__typename ...Failure ...on MoveMilestonePayload{milestone{...Milestone}sequence}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment, MilestoneFragment, LinkFragment, AcceptanceCriterionFragment, ProgressFragment] }

/** What `planning.deleteMilestone` takes. */
export interface PlanningDeleteMilestoneVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  id: string
}

/** What `planning.deleteMilestone` answers. */
export interface PlanningDeleteMilestoneData {
  sequence: number
}

export const planning_deleteMilestone: Operation = { text: ['mutation planning_deleteMilestone($projectId:ID!$id:ID!$idempotencyKey:String){deleteMilestone(input:{projectId:$projectId id:$id idempotencyKey:$idempotencyKey}){__typename ...Failure ...on DeleteMilestonePayload{sequence}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment] }

/** What `planning.addStep` takes. */
export interface PlanningAddStepVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  key: string
  parent: string
  after?: string | null
  title: string
  description?: string | null
  dependsOn?: readonly string[] | null
  assignee?: string | null
  labels?: readonly string[] | null
  priority?: Priority | null
  links?: readonly LinkInput[] | null
  notes?: string | null
  acceptanceCriteria?: readonly AcceptanceCriterionInput[] | null
}

/** What `planning.addStep` answers. */
export interface PlanningAddStepData {
  step: Step
  sequence: number
}

export const planning_addStep: Operation = { text: ['mutation planning_addStep($projectId:ID!$key:String!$parent:ID!$after:ID$title:String!$description:String$dependsOn:[String!]$assignee:String$labels:[String!]$priority:Priority$links:[LinkInput!]$notes:String$acceptanceCriteria:[AcceptanceCriterionInput!]$idempotencyKey:String){addStep(input:{projectId:$projectId key:$key parent:$parent after:$after title:$title description:$description dependsOn:$dependsOn assignee:$assignee labels:$labels priority:$priority links:$links notes:$notes acceptanceCriteria:$acceptanceCriteria idempotencyKey:$idempotencyKey}){__typename ...Failure ...on AddStepPayload{step{...Step}sequence}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment, StepFragment, LinkFragment, AcceptanceCriterionFragment, ProgressFragment] }

/** What `planning.updateStep` takes. */
export interface PlanningUpdateStepVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  id: string
  title?: string | null
  description?: string | null
  dependsOn?: readonly string[] | null
  assignee?: string | null
  labels?: readonly string[] | null
  priority?: Priority | null
  links?: readonly LinkInput[] | null
  notes?: string | null
  acceptanceCriteria?: readonly AcceptanceCriterionInput[] | null
}

/** What `planning.updateStep` answers. */
export interface PlanningUpdateStepData {
  step: Step
  sequence: number
}

export const planning_updateStep: Operation = { text: ['mutation planning_updateStep($projectId:ID!$id:ID!$title:String$description:String$dependsOn:[String!]$assignee:String$labels:[String!]$priority:Priority$links:[LinkInput!]$notes:String$acceptanceCriteria:[AcceptanceCriterionInput!]$idempotencyKey:String){updateStep(input:{projectId:$projectId id:$id title:$title description:$description dependsOn:$dependsOn assignee:$assignee labels:$labels priority:$priority links:$links notes:$notes acceptanceCriteria:$acceptanceCriteria idempotencyKey:$idempotencyKey}){__typename ...Failure ...on UpdateStepPayload{step{...Step}sequence}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment, StepFragment, LinkFragment, AcceptanceCriterionFragment, ProgressFragment] }

/** What `planning.moveStep` takes. */
export interface PlanningMoveStepVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  id: string
  parent?: string | null
  after?: string | null
}

/** What `planning.moveStep` answers. */
export interface PlanningMoveStepData {
  step: Step
  sequence: number
}

export const planning_moveStep: Operation = { text: ['mutation planning_moveStep($projectId:ID!$id:ID!$parent:ID$after:ID$idempotencyKey:String){moveStep(input:{projectId:$projectId id:$id parent:$parent after:$after idempotencyKey:$idempotencyKey}){__typename ...Failure ...on MoveStepPayload{step{...Step}sequence}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment, StepFragment, LinkFragment, AcceptanceCriterionFragment, ProgressFragment] }

/** What `planning.deleteStep` takes. */
export interface PlanningDeleteStepVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  id: string
}

/** What `planning.deleteStep` answers. */
export interface PlanningDeleteStepData {
  sequence: number
}

export const planning_deleteStep: Operation = { text: ['mutation planning_deleteStep($projectId:ID!$id:ID!$idempotencyKey:String){deleteStep(input:{projectId:$projectId id:$id idempotencyKey:$idempotencyKey}){__typename ...Failure ...on DeleteStepPayload{sequence}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment] }

/** What `planning.addMicrostep` takes. */
export interface PlanningAddMicrostepVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  key: string
  parent: string
  after?: string | null
  title: string
  description?: string | null
  status?: Status | null
  estimate?: EstimateInput | null
  dependsOn?: readonly string[] | null
  assignee?: string | null
  labels?: readonly string[] | null
  priority?: Priority | null
  links?: readonly LinkInput[] | null
  notes?: string | null
  acceptanceCriteria?: readonly AcceptanceCriterionInput[] | null
}

/** What `planning.addMicrostep` answers. */
export interface PlanningAddMicrostepData {
  microstep: Microstep
  sequence: number
}

export const planning_addMicrostep: Operation = { text: ['mutation planning_addMicrostep($projectId:ID!$key:String!$parent:ID!$after:ID$title:String!$description:String$status:Status$estimate:EstimateInput$dependsOn:[String!]$assignee:String$labels:[String!]$priority:Priority$links:[LinkInput!]$notes:String$acceptanceCriteria:[AcceptanceCriterionInput!]$idempotencyKey:String){addMicrostep(input:{projectId:$projectId key:$key parent:$parent after:$after title:$title description:$description status:$status estimate:$estimate dependsOn:$dependsOn assignee:$assignee labels:$labels priority:$priority links:$links notes:$notes acceptanceCriteria:$acceptanceCriteria idempotencyKey:$idempotencyKey}){__typename ...Failure ...on AddMicrostepPayload{microstep{...Microstep}sequence}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment, MicrostepFragment, EstimateFragment, LinkFragment, AcceptanceCriterionFragment] }

/** What `planning.updateMicrostep` takes. */
export interface PlanningUpdateMicrostepVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  id: string
  title?: string | null
  description?: string | null
  status?: Status | null
  estimate?: EstimateInput | null
  dependsOn?: readonly string[] | null
  assignee?: string | null
  labels?: readonly string[] | null
  priority?: Priority | null
  links?: readonly LinkInput[] | null
  notes?: string | null
  acceptanceCriteria?: readonly AcceptanceCriterionInput[] | null
}

/** What `planning.updateMicrostep` answers. */
export interface PlanningUpdateMicrostepData {
  microstep: Microstep
  sequence: number
}

export const planning_updateMicrostep: Operation = { text: ['mutation planning_updateMicrostep($projectId:ID!$id:ID!$title:String$description:String$status:Status$estimate:EstimateInput$dependsOn:[String!]$assignee:String$labels:[String!]$priority:Priority$links:[LinkInput!]$notes:String$acceptanceCriteria:[AcceptanceCriterionInput!]$idempotencyKey:String){updateMicrostep(input:{projectId:$projectId id:$id title:$title description:$description status:$status estimate:$estimate dependsOn:$dependsOn assignee:$assignee labels:$labels priority:$priority links:$links notes:$notes acceptanceCriteria:$acceptanceCriteria idempotencyKey:$idempotencyKey}){__typename ...Failure ...on UpdateMicrostepPayload{microstep{...Microstep}sequence}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment, MicrostepFragment, EstimateFragment, LinkFragment, AcceptanceCriterionFragment] }

/** What `planning.moveMicrostep` takes. */
export interface PlanningMoveMicrostepVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  id: string
  parent?: string | null
  after?: string | null
}

/** What `planning.moveMicrostep` answers. */
export interface PlanningMoveMicrostepData {
  microstep: Microstep
  sequence: number
}

export const planning_moveMicrostep: Operation = { text: ['mutation planning_moveMicrostep($projectId:ID!$id:ID!$parent:ID$after:ID$idempotencyKey:String){moveMicrostep(input:{projectId:$projectId id:$id parent:$parent after:$after idempotencyKey:$idempotencyKey}){__typename ...Failure ...on MoveMicrostepPayload{microstep{...Microstep}sequence}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment, MicrostepFragment, EstimateFragment, LinkFragment, AcceptanceCriterionFragment] }

/** What `planning.deleteMicrostep` takes. */
export interface PlanningDeleteMicrostepVariables {
  /** Default: the client's `projectId`. */
  projectId?: string
  id: string
}

/** What `planning.deleteMicrostep` answers. */
export interface PlanningDeleteMicrostepData {
  sequence: number
}

export const planning_deleteMicrostep: Operation = { text: ['mutation planning_deleteMicrostep($projectId:ID!$id:ID!$idempotencyKey:String){deleteMicrostep(input:{projectId:$projectId id:$id idempotencyKey:$idempotencyKey}){__typename ...Failure ...on DeleteMicrostepPayload{sequence}}}', FailureFragment, PlanProblemFragment, ConflictValueFragment] }

/** Plans: milestones, their steps and microsteps. */
export interface PlanningGroup {
  /**
   * A plan by project; `null` when there is none. `atSequence` gives it as it was.
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
   * @example
   * ```ts
   * const { data, error } = await client.planning.getDocument()
   * ```
   */
  getDocument(variables?: PlanningGetDocumentVariables, options?: CallOptions): Request<PlanningGetDocumentData>

  /**
   * @example
   * ```ts
   * const { data, error } = await client.planning.listMilestones()
   * ```
   */
  listMilestones(variables?: PlanningListMilestonesVariables, options?: CallOptions): ListRequest<PlanningListMilestonesData, PlanningListMilestonesData['milestones'][number]>

  /**
   * @example
   * ```ts
   * const { data, error } = await client.planning.listSteps()
   * ```
   */
  listSteps(variables?: PlanningListStepsVariables, options?: CallOptions): ListRequest<PlanningListStepsData, PlanningListStepsData['steps'][number]>

  /**
   * @example
   * ```ts
   * const blocked = await client.planning.listMicrosteps({ status: ['BLOCKED'] }).toArray({ limit: 500 })
   * ```
   */
  listMicrosteps(variables?: PlanningListMicrostepsVariables, options?: CallOptions): ListRequest<PlanningListMicrostepsData, PlanningListMicrostepsData['microsteps'][number]>

  /**
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
   * @example
   * ```ts
   * const { data, error } = await client.planning.getAnalysis()
   * ```
   */
  getAnalysis(variables?: PlanningGetAnalysisVariables, options?: CallOptions): Request<PlanningGetAnalysisData>

  /**
   * Changes nothing on the server.
   *
   * @example
   * ```ts
   * const { data } = await client.planning.whatIf({ changes: [{ op: 'update', id: 'T-12', set: { estimate: 16 } }] })
   * console.log(data?.before.expectedHours, data?.after.expectedHours)
   * ```
   */
  whatIf(variables: PlanningWhatIfVariables, options?: CallOptions): Request<PlanningWhatIfData>

  /**
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.importPlan({ document })
   * ```
   */
  importPlan(variables: PlanningImportPlanVariables, options?: CallOptions): Request<PlanningImportPlanData>

  /**
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * await client.planning.applyChanges({ changes: [{ op: 'update', id: 'T-12', set: { title: 'Write the guide' } }] }).orThrow()
   * ```
   */
  applyChanges(variables: PlanningApplyChangesVariables, options?: CallOptions): Request<PlanningApplyChangesData>

  /**
   * Its own errors: `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`.
   *
   * @example
   * ```ts
   * await client.planning.setStatus({ id: 'T-12', status: 'DONE' }).orThrow()
   * ```
   */
  setStatus(variables: PlanningSetStatusVariables, options?: CallOptions): Request<PlanningSetStatusData>

  /**
   * Its own errors: `AlreadyExistsError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * await client.planning.addMilestone({ key: 'M-2', title: 'Beta' }).orThrow()
   * ```
   */
  addMilestone(variables: PlanningAddMilestoneVariables, options?: CallOptions): Request<PlanningAddMilestoneData>

  /**
   * Its own errors: `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.updateMilestone({ id: 'T-12' })
   * ```
   */
  updateMilestone(variables: PlanningUpdateMilestoneVariables, options?: CallOptions): Request<PlanningUpdateMilestoneData>

  /**
   * Its own errors: `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.moveMilestone({ id: 'T-12' })
   * ```
   */
  moveMilestone(variables: PlanningMoveMilestoneVariables, options?: CallOptions): Request<PlanningMoveMilestoneData>

  /**
   * Its own errors: `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.deleteMilestone({ id: 'T-12' })
   * ```
   */
  deleteMilestone(variables: PlanningDeleteMilestoneVariables, options?: CallOptions): Request<PlanningDeleteMilestoneData>

  /**
   * Its own errors: `AlreadyExistsError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * await client.planning.addStep({ key: 'S-4', parent: 'M-2', title: 'Sign-in' }).orThrow()
   * ```
   */
  addStep(variables: PlanningAddStepVariables, options?: CallOptions): Request<PlanningAddStepData>

  /**
   * Its own errors: `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.updateStep({ id: 'T-12' })
   * ```
   */
  updateStep(variables: PlanningUpdateStepVariables, options?: CallOptions): Request<PlanningUpdateStepData>

  /**
   * Its own errors: `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.moveStep({ id: 'T-12' })
   * ```
   */
  moveStep(variables: PlanningMoveStepVariables, options?: CallOptions): Request<PlanningMoveStepData>

  /**
   * Its own errors: `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.deleteStep({ id: 'T-12' })
   * ```
   */
  deleteStep(variables: PlanningDeleteStepVariables, options?: CallOptions): Request<PlanningDeleteStepData>

  /**
   * Its own errors: `AlreadyExistsError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * await client.planning.addMicrostep({ key: 'T-12', parent: 'S-4', title: 'Write the guide', estimate: { hours: 4 } }).orThrow()
   * ```
   */
  addMicrostep(variables: PlanningAddMicrostepVariables, options?: CallOptions): Request<PlanningAddMicrostepData>

  /**
   * Its own errors: `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.updateMicrostep({ id: 'T-12' })
   * ```
   */
  updateMicrostep(variables: PlanningUpdateMicrostepVariables, options?: CallOptions): Request<PlanningUpdateMicrostepData>

  /**
   * Its own errors: `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.moveMicrostep({ id: 'T-12' })
   * ```
   */
  moveMicrostep(variables: PlanningMoveMicrostepVariables, options?: CallOptions): Request<PlanningMoveMicrostepData>

  /**
   * Its own errors: `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.planning.deleteMicrostep({ id: 'T-12' })
   * ```
   */
  deleteMicrostep(variables: PlanningDeleteMicrostepVariables, options?: CallOptions): Request<PlanningDeleteMicrostepData>
}

export const planning = {
  getPlan: planning_getPlan,
  getDocument: planning_getDocument,
  listMilestones: planning_listMilestones,
  listSteps: planning_listSteps,
  listMicrosteps: planning_listMicrosteps,
  getItem: planning_getItem,
  getAnalysis: planning_getAnalysis,
  whatIf: planning_whatIf,
  importPlan: planning_importPlan,
  applyChanges: planning_applyChanges,
  setStatus: planning_setStatus,
  addMilestone: planning_addMilestone,
  updateMilestone: planning_updateMilestone,
  moveMilestone: planning_moveMilestone,
  deleteMilestone: planning_deleteMilestone,
  addStep: planning_addStep,
  updateStep: planning_updateStep,
  moveStep: planning_moveStep,
  deleteStep: planning_deleteStep,
  addMicrostep: planning_addMicrostep,
  updateMicrostep: planning_updateMicrostep,
  moveMicrostep: planning_moveMicrostep,
  deleteMicrostep: planning_deleteMicrostep,
} satisfies Record<keyof PlanningGroup, Operation>
