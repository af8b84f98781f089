/**
 * The offline client of a project, over the store of this device: a folder for each server under the user's data folder. With
 * `--offline` it is opened without a server: what it does not have then comes from the last sync of the plan file here, or not at all.
 */
import * as fs from 'node:fs'
import { BuildRunnerError } from '@buildrunner/sdk'
import { OfflineClient, OfflineStoreError, type OfflineStore, type SyncServer } from '@buildrunner/sdk/offline'
import { fileStore } from '@buildrunner/sdk/offline/files'
import { CliError, failure } from '../core/errors.ts'
import { EXIT } from '../core/exit-codes.ts'
import { readState, type RunnerState } from '../files/state.ts'
import { findWorkspace } from '../files/workspace.ts'
import { loadPlan } from '../plan/session.ts'
import { fromSdk, type Connection } from '../server/connection.ts'
import { resolveSettings } from '../server/settings.ts'
import { hasStore, storeFolder } from './folder.ts'
import { t } from '../text/text.ts'
import type { ServerOptions } from '../core/command.ts'
import type { Context } from '../core/context.ts'

/** Runs `work` on the store of a server; where there is none it is made, unless `ifThere`. */
export async function withStore<T>(context: Context, baseUrl: string, work: (store: OfflineStore) => Promise<T>): Promise<T>
export async function withStore<T>(context: Context, baseUrl: string, work: (store: OfflineStore) => Promise<T>, options: { ifThere: true }): Promise<T | undefined>
export async function withStore<T>(context: Context, baseUrl: string, work: (store: OfflineStore) => Promise<T>, { ifThere = false } = {}): Promise<T | undefined> {
  if (ifThere && !hasStore(context, baseUrl)) return undefined
  let store: OfflineStore | undefined
  try {
    store = await fileStore(storeFolder(context, baseUrl))
    return await work(store)
  } catch (error) {
    throw told(error, baseUrl)
  } finally {
    await store?.close()
  }
}

function told(error: unknown, baseUrl: string): unknown {
  if (error instanceof OfflineStoreError)
    return new CliError({ code: error.code, message: error.message, remedy: t('What was queued before is untouched.') }, EXIT.notWritable, { cause: error })
  return error instanceof BuildRunnerError ? fromSdk(error, baseUrl) : error
}

/** Runs `work` on a project that the server is asked for. */
export function withProject<T>(context: Context, { client, settings }: Connection, projectId: string, work: (offline: OfflineClient) => Promise<T>): Promise<T> {
  return withStore(context, settings.baseUrl, async (store) => closing(await OfflineClient.open({ client, store, projectId }), work))
}

/**
 * Runs `work` on a project without asking anybody: on the one that is given, else on the one that the plan file here is linked to.
 *
 * @throws PROJECT_UNKNOWN; PROJECT_NOT_CACHED when this device never had it
 */
export async function withProjectOffline<T>(context: Context, options: ServerOptions, work: (offline: OfflineClient) => Promise<T>): Promise<T> {
  const { baseUrl, projectId: given } = resolveSettings(context, options)
  const workspace = findWorkspace(context.cwd)
  const linked = fs.existsSync(workspace.planFile) ? loadPlan(workspace).plan['x-sync'] : undefined
  const projectId = given ?? linked?.projectId
  if (projectId === undefined) throw failure('PROJECT_UNKNOWN', {})
  const state = linked?.projectId === projectId ? readState(workspace.stateFile, linked) : undefined
  const server = noServer(projectId, state?.baseUrl === baseUrl ? state : undefined)
  return withStore(context, baseUrl, async (store) => closing(await OfflineClient.open({ server, store, projectId }), work))
}

async function closing<T>(offline: OfflineClient, work: (offline: OfflineClient) => Promise<T>): Promise<T> {
  try {
    return await work(offline)
  } finally {
    await offline.close()
  }
}

/** In the server's place where nobody is to be asked: it knows the plan as of the last sync of the plan file, if that is here. */
function noServer(projectId: string, lastSync: RunnerState | undefined): SyncServer {
  const unknown = (): Promise<never> => Promise.reject(failure('PROJECT_NOT_CACHED', { projectId }))
  const known = <Answer>(answer: (state: RunnerState) => Answer) => (): Promise<Answer> => (lastSync === undefined ? unknown() : Promise.resolve(answer(lastSync)))
  return {
    project: known(({ document }) => ({ id: projectId, slug: projectId, name: document.project.name })),
    pull: known(({ sequence, document }) => ({ sequence, document, commentedItems: [] })),
    projects: unknown,
    push: unknown,
    comments: unknown,
    comment: unknown,
    health: unknown,
    readComment: unknown,
    conflicts: unknown,
    resolve: unknown,
    async *events() {},
  }
}
