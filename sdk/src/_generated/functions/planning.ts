// Generated from sdk/operations/plans.graphql by `npm run generate`. Do not edit.
import { call, list } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { PlanningAddMicrostepData, PlanningAddMicrostepVariables, PlanningAddMilestoneData, PlanningAddMilestoneVariables, PlanningAddStepData, PlanningAddStepVariables, PlanningApplyChangesData, PlanningApplyChangesVariables, PlanningDeleteMicrostepData, PlanningDeleteMicrostepVariables, PlanningDeleteMilestoneData, PlanningDeleteMilestoneVariables, PlanningDeleteStepData, PlanningDeleteStepVariables, PlanningGetAnalysisData, PlanningGetAnalysisVariables, PlanningGetDocumentData, PlanningGetDocumentVariables, PlanningGetItemData, PlanningGetItemVariables, PlanningGetPlanData, PlanningGetPlanVariables, PlanningImportPlanData, PlanningImportPlanVariables, PlanningListMicrostepsData, PlanningListMicrostepsVariables, PlanningListMilestonesData, PlanningListMilestonesVariables, PlanningListStepsData, PlanningListStepsVariables, PlanningMoveMicrostepData, PlanningMoveMicrostepVariables, PlanningMoveMilestoneData, PlanningMoveMilestoneVariables, PlanningMoveStepData, PlanningMoveStepVariables, PlanningSetStatusData, PlanningSetStatusVariables, PlanningUpdateMicrostepData, PlanningUpdateMicrostepVariables, PlanningUpdateMilestoneData, PlanningUpdateMilestoneVariables, PlanningUpdateStepData, PlanningUpdateStepVariables, PlanningWhatIfData, PlanningWhatIfVariables } from '../plans.ts'
import { planning_addMicrostep, planning_addMilestone, planning_addStep, planning_applyChanges, planning_deleteMicrostep, planning_deleteMilestone, planning_deleteStep, planning_getAnalysis, planning_getDocument, planning_getItem, planning_getPlan, planning_importPlan, planning_listMicrosteps, planning_listMilestones, planning_listSteps, planning_moveMicrostep, planning_moveMilestone, planning_moveStep, planning_setStatus, planning_updateMicrostep, planning_updateMilestone, planning_updateStep, planning_whatIf } from '../operations/plans.ts'

export type * from '../plans.ts'

/**
 * A project's plan. NOT_FOUND when the key sees no such project.
 *
 * The whole tree in one request; for plans of thousands of items prefer the paged lists.
 *
 * @example
 * ```ts
 * const { data } = await getPlan(client)
 * for (const phase of data?.phases ?? []) console.log(phase.title, phase.progress.percent)
 * ```
 */
export function getPlan(client: Client, variables?: PlanningGetPlanVariables, options?: CallOptions): Request<PlanningGetPlanData> {
  return call(client, planning_getPlan, variables, options)
}

/**
 * The plan in the form of plan.json: as it is, or as it was.
 *
 * @example
 * ```ts
 * const { data, error } = await getDocument(client)
 * ```
 */
export function getDocument(client: Client, variables?: PlanningGetDocumentVariables, options?: CallOptions): Request<PlanningGetDocumentData> {
  return call(client, planning_getDocument, variables, options)
}

/**
 * One project, by id or slug. NOT_FOUND when the key sees no such project.
 *
 * @example
 * ```ts
 * const { data, error } = await listMilestones(client)
 * ```
 */
export function listMilestones(client: Client, variables?: PlanningListMilestonesVariables, options?: CallOptions): ListRequest<PlanningListMilestonesData, PlanningListMilestonesData['milestones'][number]> {
  return list(client, planning_listMilestones, variables, options)
}

/**
 * One project, by id or slug. NOT_FOUND when the key sees no such project.
 *
 * @example
 * ```ts
 * const { data, error } = await listSteps(client)
 * ```
 */
export function listSteps(client: Client, variables?: PlanningListStepsVariables, options?: CallOptions): ListRequest<PlanningListStepsData, PlanningListStepsData['steps'][number]> {
  return list(client, planning_listSteps, variables, options)
}

/**
 * One project, by id or slug. NOT_FOUND when the key sees no such project.
 *
 * @example
 * ```ts
 * const blocked = await listMicrosteps(client, { status: ['BLOCKED'] }).toArray({ limit: 500 })
 * ```
 */
export function listMicrosteps(client: Client, variables?: PlanningListMicrostepsVariables, options?: CallOptions): ListRequest<PlanningListMicrostepsData, PlanningListMicrostepsData['microsteps'][number]> {
  return list(client, planning_listMicrosteps, variables, options)
}

/**
 * One item of a plan; null when there is none.
 *
 * Tell the kinds apart by `__typename`. A milestone comes with its steps, a step with its microsteps.
 *
 * @example
 * ```ts
 * const { data } = await getItem(client, { id: 'T-12' })
 * if (data?.__typename === 'Microstep') console.log(data.status)
 * ```
 */
export function getItem(client: Client, variables: PlanningGetItemVariables, options?: CallOptions): Request<PlanningGetItemData> {
  return call(client, planning_getItem, variables, options)
}

/**
 * Progress, ready and blocked microsteps, waves and the critical path of a plan.
 *
 * @example
 * ```ts
 * const { data, error } = await getAnalysis(client)
 * ```
 */
export function getAnalysis(client: Client, variables?: PlanningGetAnalysisVariables, options?: CallOptions): Request<PlanningGetAnalysisData> {
  return call(client, planning_getAnalysis, variables, options)
}

/**
 * What changes would do to the critical path. Changes nothing.
 *
 * Changes nothing on the server.
 *
 * @example
 * ```ts
 * const { data } = await whatIf(client, { changes: [{ op: 'update', id: 'T-12', set: { estimate: 16 } }] })
 * console.log(data?.delayHours, 'hours later')
 * ```
 */
export function whatIf(client: Client, variables: PlanningWhatIfVariables, options?: CallOptions): Request<PlanningWhatIfData> {
  return call(client, planning_whatIf, variables, options)
}

/**
 * Brings a whole plan into a project.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await importPlan(client, { document })
 * ```
 */
export function importPlan(client: Client, variables: PlanningImportPlanVariables, options?: CallOptions): Request<PlanningImportPlanData> {
  return call(client, planning_importPlan, variables, options)
}

/**
 * Applies a batch of changes to the newest plan.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * await applyChanges(client, { changes: [{ op: 'update', id: 'T-12', set: { title: 'Write the guide' } }] }).orThrow()
 * ```
 */
export function applyChanges(client: Client, variables: PlanningApplyChangesVariables, options?: CallOptions): Request<PlanningApplyChangesData> {
  return call(client, planning_applyChanges, variables, options)
}

/**
 * Sets the status of a microstep.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * await setStatus(client, { id: 'T-12', status: 'DONE' }).orThrow()
 * ```
 */
export function setStatus(client: Client, variables: PlanningSetStatusVariables, options?: CallOptions): Request<PlanningSetStatusData> {
  return call(client, planning_setStatus, variables, options)
}

/**
 * Adds a milestone to the plan.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * await addMilestone(client, { key: 'M-2', title: 'Beta' }).orThrow()
 * ```
 */
export function addMilestone(client: Client, variables: PlanningAddMilestoneVariables, options?: CallOptions): Request<PlanningAddMilestoneData> {
  return call(client, planning_addMilestone, variables, options)
}

/**
 * Changes fields of a milestone.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await updateMilestone(client, { id: 'T-12' })
 * ```
 */
export function updateMilestone(client: Client, variables: PlanningUpdateMilestoneVariables, options?: CallOptions): Request<PlanningUpdateMilestoneData> {
  return call(client, planning_updateMilestone, variables, options)
}

/**
 * Moves a milestone to another place.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await moveMilestone(client, { id: 'T-12' })
 * ```
 */
export function moveMilestone(client: Client, variables: PlanningMoveMilestoneVariables, options?: CallOptions): Request<PlanningMoveMilestoneData> {
  return call(client, planning_moveMilestone, variables, options)
}

/**
 * Deletes a milestone and all that lies in it. Refused while other items depend on it.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await deleteMilestone(client, { id: 'T-12' })
 * ```
 */
export function deleteMilestone(client: Client, variables: PlanningDeleteMilestoneVariables, options?: CallOptions): Request<PlanningDeleteMilestoneData> {
  return call(client, planning_deleteMilestone, variables, options)
}

/**
 * Adds a step to the plan.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * await addStep(client, { key: 'S-4', parent: 'M-2', title: 'Sign-in' }).orThrow()
 * ```
 */
export function addStep(client: Client, variables: PlanningAddStepVariables, options?: CallOptions): Request<PlanningAddStepData> {
  return call(client, planning_addStep, variables, options)
}

/**
 * Changes fields of a step.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await updateStep(client, { id: 'T-12' })
 * ```
 */
export function updateStep(client: Client, variables: PlanningUpdateStepVariables, options?: CallOptions): Request<PlanningUpdateStepData> {
  return call(client, planning_updateStep, variables, options)
}

/**
 * Moves a step to another place, in its milestone or another one.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await moveStep(client, { id: 'T-12' })
 * ```
 */
export function moveStep(client: Client, variables: PlanningMoveStepVariables, options?: CallOptions): Request<PlanningMoveStepData> {
  return call(client, planning_moveStep, variables, options)
}

/**
 * Deletes a step and all that lies in it. Refused while other items depend on it.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await deleteStep(client, { id: 'T-12' })
 * ```
 */
export function deleteStep(client: Client, variables: PlanningDeleteStepVariables, options?: CallOptions): Request<PlanningDeleteStepData> {
  return call(client, planning_deleteStep, variables, options)
}

/**
 * Adds a microstep to the plan.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * await addMicrostep(client, { key: 'T-12', parent: 'S-4', title: 'Write the guide', estimate: { hours: 4 } }).orThrow()
 * ```
 */
export function addMicrostep(client: Client, variables: PlanningAddMicrostepVariables, options?: CallOptions): Request<PlanningAddMicrostepData> {
  return call(client, planning_addMicrostep, variables, options)
}

/**
 * Changes fields of a microstep.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await updateMicrostep(client, { id: 'T-12' })
 * ```
 */
export function updateMicrostep(client: Client, variables: PlanningUpdateMicrostepVariables, options?: CallOptions): Request<PlanningUpdateMicrostepData> {
  return call(client, planning_updateMicrostep, variables, options)
}

/**
 * Moves a microstep to another place, in its step or another one.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await moveMicrostep(client, { id: 'T-12' })
 * ```
 */
export function moveMicrostep(client: Client, variables: PlanningMoveMicrostepVariables, options?: CallOptions): Request<PlanningMoveMicrostepData> {
  return call(client, planning_moveMicrostep, variables, options)
}

/**
 * Deletes a microstep and all that lies in it. Refused while other items depend on it.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await deleteMicrostep(client, { id: 'T-12' })
 * ```
 */
export function deleteMicrostep(client: Client, variables: PlanningDeleteMicrostepVariables, options?: CallOptions): Request<PlanningDeleteMicrostepData> {
  return call(client, planning_deleteMicrostep, variables, options)
}
