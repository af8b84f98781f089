/** A policy with a history and an approval that waits, for tests of who sees what; no rule is in force at the end. */
import type { Context } from '../context.ts'
import { requestApproval } from '../governance/approvals.ts'
import { applyPolicy } from '../governance/versions.ts'
import { encodeNodeId } from '../shared/ids.ts'

const RULE = 'version: 1\nrules:\n  - { id: agreed, when: [plan.milestone.update], effect: require_approval, approvals: { roles: [QA] }, message: Agree. }\n'

/** @returns the approval's node id; it is about the title of the milestone */
export async function addApproval(ctx: Context, projectId: string, milestone: string): Promise<string> {
  await applyPolicy(ctx, { projectId, text: RULE, reason: 'We begin' })
  const { approvalIds } = await requestApproval(ctx, { projectId, changes: [{ op: 'update', id: milestone, set: { title: 'Another' } }], reason: 'Please' })
  await applyPolicy(ctx, { projectId, text: 'version: 1\nrules: []\n', reason: 'Enough' })
  return encodeNodeId('Approval', approvalIds[0] as string)
}
