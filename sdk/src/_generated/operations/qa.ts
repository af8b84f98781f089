// Generated from sdk/operations/qa.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const qa_recordRun: Operation = { name: 'qa_recordRun', kind: 'mutation', projectId: 'required' }
export const qa_recordManual: Operation = { name: 'qa_recordManual', kind: 'mutation', projectId: 'required' }
export const qa_recordPreview: Operation = { name: 'qa_recordPreview', kind: 'mutation', projectId: 'required' }
export const qa_listRuns: Operation = { name: 'qa_listRuns', kind: 'query', projectId: 'required', items: 'runs' }
export const qa_getRun: Operation = { name: 'qa_getRun', kind: 'query' }
export const qa_listEvidence: Operation = { name: 'qa_listEvidence', kind: 'query', projectId: 'required', items: 'evidence' }
export const qa_getEvidence: Operation = { name: 'qa_getEvidence', kind: 'query' }
export const qa_getItemQuality: Operation = { name: 'qa_getItemQuality', kind: 'query', projectId: 'required' }
export const qa_getSummary: Operation = { name: 'qa_getSummary', kind: 'query', projectId: 'required' }
export const qa_listFlaky: Operation = { name: 'qa_listFlaky', kind: 'query', projectId: 'required', items: 'checks' }
export const qa_listPreviews: Operation = { name: 'qa_listPreviews', kind: 'query', projectId: 'required', items: 'previews' }

export const qa = {
  recordRun: qa_recordRun,
  recordManual: qa_recordManual,
  recordPreview: qa_recordPreview,
  listRuns: qa_listRuns,
  getRun: qa_getRun,
  listEvidence: qa_listEvidence,
  getEvidence: qa_getEvidence,
  getItemQuality: qa_getItemQuality,
  getSummary: qa_getSummary,
  listFlaky: qa_listFlaky,
  listPreviews: qa_listPreviews,
}
