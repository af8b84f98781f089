/** Links a plan file to a project: `x-sync` at sequence 0, so that the first sync merges with an empty base. */
import { applyChangesToText, type Plan } from '@buildrunner/sdk/plans'
import { failure } from '../core/errors.ts'
import { withLock, writeFileAtomic } from '@buildrunner/sdk/offline/files'
import { loadPlan } from '../plan/session.ts'
import { t } from '../text/text.ts'
import type { Workspace } from '../files/workspace.ts'

/**
 * @param project what the plan is to say of the project from now on; absent: what it says
 * @throws PROJECT_MISMATCH when it is linked to another one
 */
export async function linkPlan(workspace: Workspace, projectId: string, project?: Plan['project']): Promise<void> {
  await withLock(workspace.lockFile, (lock) => {
    const { plan, text } = loadPlan(workspace)
    const linked = plan['x-sync']?.projectId
    if (linked === projectId) return
    if (linked !== undefined) throw failure('PROJECT_MISMATCH', { linked, given: projectId, source: t('this command') })
    lock.assertHeld()
    writeFileAtomic(workspace.planFile, applyChangesToText(text, project === undefined ? [] : [{ op: 'head', set: { project } }], { mark: { projectId, sequence: 0 } }))
  })
}
