/** The project that a plan syncs with: the one it is linked to; others only for a plan without a link. */
import path from 'node:path'
import { failure } from '../core/errors.ts'
import { findLocalServer } from '../server/settings.ts'
import { t } from '../text/text.ts'
import type { SyncMark } from '@buildrunner/sdk/plans'
import type { Context } from '../core/context.ts'
import type { Workspace } from '../files/workspace.ts'
import type { Connection } from '../server/connection.ts'

/** @returns its node id. @throws PROJECT_UNKNOWN, PROJECT_MISMATCH, PROJECT_NOT_FOUND */
export async function projectFor(context: Context, connection: Connection, workspace: Workspace, mark: SyncMark | undefined): Promise<string> {
  const { projectId: given, projectIdFrom } = connection.settings
  if (mark !== undefined) {
    if (given === undefined || given === mark.projectId) return mark.projectId
    const { id } = await connection.project(given)
    if (id !== mark.projectId) throw failure('PROJECT_MISMATCH', { linked: mark.projectId, given, source: projectIdFrom ?? '--project' })
    return id
  }
  const named = given ?? besideProject(context, connection, workspace)
  if (named === undefined) throw failure('PROJECT_UNKNOWN', {})
  return (await connection.project(named)).id
}

/** The demo project of a server that was started from this very folder, and is the one we talk to. */
export function besideProject(context: Context, { settings }: Pick<Connection, 'settings'>, workspace: Workspace): string | undefined {
  const local = findLocalServer(workspace.root, {})
  const beside = local !== undefined && path.dirname(path.dirname(local.file)) === workspace.root && local.apiUrl === settings.baseUrl
  if (!beside || local.projectId === undefined) return undefined
  context.out.note(context.out.errorStyle.dim(t('The project of the server started here ({cwd}).', { cwd: path.relative(context.cwd, local.file) })))
  return local.projectId
}
