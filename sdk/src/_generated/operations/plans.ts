// Generated from sdk/operations/plans.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const planning_getPlan: Operation = { name: 'planning_getPlan', kind: 'query', projectId: 'required' }
export const planning_getDocument: Operation = { name: 'planning_getDocument', kind: 'query', projectId: 'required' }
export const planning_listMilestones: Operation = { name: 'planning_listMilestones', kind: 'query', projectId: 'required', depth: 2, items: 'milestones' }
export const planning_listSteps: Operation = { name: 'planning_listSteps', kind: 'query', projectId: 'required', depth: 2, items: 'steps' }
export const planning_listMicrosteps: Operation = { name: 'planning_listMicrosteps', kind: 'query', projectId: 'required', depth: 2, items: 'microsteps' }
export const planning_getItem: Operation = { name: 'planning_getItem', kind: 'query', projectId: 'required' }
export const planning_getAnalysis: Operation = { name: 'planning_getAnalysis', kind: 'query', projectId: 'required' }
export const planning_whatIf: Operation = { name: 'planning_whatIf', kind: 'query', projectId: 'required' }
export const planning_importPlan: Operation = { name: 'planning_importPlan', kind: 'mutation', projectId: 'required' }
export const planning_applyChanges: Operation = { name: 'planning_applyChanges', kind: 'mutation', projectId: 'required' }
export const planning_setStatus: Operation = { name: 'planning_setStatus', kind: 'mutation', projectId: 'required' }
export const planning_addMilestone: Operation = { name: 'planning_addMilestone', kind: 'mutation', projectId: 'required' }
export const planning_updateMilestone: Operation = { name: 'planning_updateMilestone', kind: 'mutation', projectId: 'required' }
export const planning_moveMilestone: Operation = { name: 'planning_moveMilestone', kind: 'mutation', projectId: 'required' }
export const planning_deleteMilestone: Operation = { name: 'planning_deleteMilestone', kind: 'mutation', projectId: 'required' }
export const planning_addStep: Operation = { name: 'planning_addStep', kind: 'mutation', projectId: 'required' }
export const planning_updateStep: Operation = { name: 'planning_updateStep', kind: 'mutation', projectId: 'required' }
export const planning_moveStep: Operation = { name: 'planning_moveStep', kind: 'mutation', projectId: 'required' }
export const planning_deleteStep: Operation = { name: 'planning_deleteStep', kind: 'mutation', projectId: 'required' }
export const planning_addMicrostep: Operation = { name: 'planning_addMicrostep', kind: 'mutation', projectId: 'required' }
export const planning_updateMicrostep: Operation = { name: 'planning_updateMicrostep', kind: 'mutation', projectId: 'required' }
export const planning_moveMicrostep: Operation = { name: 'planning_moveMicrostep', kind: 'mutation', projectId: 'required' }
export const planning_deleteMicrostep: Operation = { name: 'planning_deleteMicrostep', kind: 'mutation', projectId: 'required' }

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
}
