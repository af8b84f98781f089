/** What an edit of the plan works on: the plan file here, or the copy of a project that this device keeps. */
import * as fs from 'node:fs'
import { failure } from '../core/errors.ts'
import { findWorkspace, type Workspace } from '../files/workspace.ts'
import { changePlan, loadPlan } from '../plan/session.ts'
import { resolveSettings } from '../server/settings.ts'
import { t } from '../text/text.ts'
import type { FlatPlan, PlanChange } from '@buildrunner/sdk/plans'
import type { PlanFileOptions, ServerOptions } from '../core/command.ts'
import type { Context } from '../core/context.ts'

export interface Changed {
  /** The plan before, for titles. */
  before: FlatPlan
  changes: PlanChange[]
  /** Writes that wait for the server; of a plan file its changes are found by comparing, so nobody counts them here. */
  queued?: number
}

export interface WorkingCopy {
  read(): Promise<FlatPlan>
  /** Applies what `build` makes of the plan as it is then. @throws CHANGE_REFUSED */
  change(build: (plan: FlatPlan) => PlanChange[]): Promise<Changed>
}

export interface WorkingCopyOptions extends PlanFileOptions, ServerOptions {
  offline?: boolean
}

/**
 * The plan file where there is one: it needs no server. Without one, `--offline` edits the copy of the project that is named.
 *
 * @throws PLAN_NOT_FOUND, PROJECT_UNKNOWN, PROJECT_MISMATCH, PROJECT_NOT_CACHED
 */
export async function openWorkingCopy(context: Context, options: WorkingCopyOptions): Promise<WorkingCopy> {
  const workspace = findWorkspace(context.cwd, options.file)
  if (options.offline === true && options.file === undefined && !fs.existsSync(workspace.planFile)) {
    const { ofCache } = await import('./cached-copy.ts')
    return ofCache(context, options)
  }
  refuseOtherProject(context, options, workspace)
  return ofFile(workspace)
}

/** A project that is named beside a plan file has to be the file's own. The environment may name another for other folders. */
function refuseOtherProject(context: Context, options: WorkingCopyOptions, workspace: Workspace): void {
  if (options.project === undefined) return
  const linked = loadPlan(workspace).plan['x-sync']?.projectId
  const { projectId } = resolveSettings(context, options)
  if (projectId !== linked)
    throw failure('USAGE', {
      text: linked === undefined ? t('{displayPath} is edited here, and is not linked; --project names {projectId}.', { displayPath: workspace.displayPath, projectId }) : t('{displayPath} is edited here, and is linked to {linked}; --project names {projectId}.', { displayPath: workspace.displayPath, linked, projectId }),
      remedy: t('Leave --project out, or run this in a folder without a plan.'),
    })
}

const ofFile = (workspace: Workspace): WorkingCopy => ({
  read: async () => loadPlan(workspace).flat,
  async change(build) {
    const { before, changes } = await changePlan(workspace, ({ flat }) => build(flat))
    return { before: before.flat, changes }
  },
})
