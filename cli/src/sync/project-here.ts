/** The project that a command means which needs no plan: the one given, else the one that this folder's plan is linked to. */
import * as fs from 'node:fs'
import { findWorkspace } from '../files/workspace.ts'
import { loadPlan } from '../plan/session.ts'
import { projectFor } from './project.ts'
import type { Context } from '../core/context.ts'
import type { Connection } from '../server/connection.ts'

/** @returns its id, or the id or slug that was given. @throws PROJECT_UNKNOWN, PLAN_HAS_ERRORS */
export async function projectHere(context: Context, connection: Connection): Promise<string> {
  const { projectId } = connection.settings
  if (projectId !== undefined) return projectId
  const workspace = findWorkspace(context.cwd, undefined)
  const mark = fs.existsSync(workspace.planFile) ? loadPlan(workspace).plan['x-sync'] : undefined
  return projectFor(context, connection, workspace, mark)
}
