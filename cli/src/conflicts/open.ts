/** The one list of conflicts: those of the plan file here, those that wait on the server for other edits, and those of comments edited here. */
import * as fs from 'node:fs'
import { failure } from '../core/errors.ts'
import { findWorkspace } from '../files/workspace.ts'
import { loadPlan } from '../plan/session.ts'
import { connect } from '../server/connection.ts'
import { projectFor } from '../sync/project.ts'
import { DeviceConflicts } from './device-conflicts.ts'
import { FileConflicts } from './file-conflicts.ts'
import { ServerConflicts } from './server-conflicts.ts'
import { placeOf, type Before, type ConflictSource, type Decision, type OpenConflict, type Preview } from './conflict.ts'
import type { PlanFileOptions, ServerOptions } from '../core/command.ts'
import type { Context } from '../core/context.ts'

/** Only a folder with a plan has conflicts of a file. */
type Sources = { server: ConflictSource; device: ConflictSource; file?: ConflictSource }

export class Conflicts {
  readonly #sources: Sources

  constructor(sources: Sources) {
    this.#sources = sources
  }

  async list(): Promise<OpenConflict[]> {
    const [ofFile, ofServer, ofDevice] = await Promise.all([this.#sources.file?.list() ?? [], this.#sources.server.list(), this.#sources.device.list()])
    // What a sync of the file has told the server of stands in both.
    const here = new Set(ofFile.map(placeOf))
    return [...ofFile, ...ofServer.filter((conflict) => !(conflict.fromFile === true && here.has(placeOf(conflict)))), ...ofDevice]
  }

  /** The conflicts with these ids, or of these items and fields. @throws CONFLICT_UNKNOWN */
  async find(ids: readonly string[]): Promise<OpenConflict[]> {
    const open = await this.list()
    const named = ids.map((id) => {
      const found = open.filter((conflict) => id === conflict.id || id === placeOf(conflict) || id === (conflict.itemKey ?? 'plan'))
      if (found.length === 0) throw failure('CONFLICT_UNKNOWN', { item: id, conflicts: open.map((conflict) => (conflict.source === 'file' ? conflict.id : `${placeOf(conflict)} (${conflict.id})`)) })
      return found
    })
    return [...new Set(named.flat())]
  }

  preview(conflict: OpenConflict, decision: Decision): Promise<Preview> {
    return this.#sources[conflict.source]!.preview(conflict, decision)
  }

  before(conflict: OpenConflict): Promise<Before> {
    return this.#sources[conflict.source]!.before()
  }

  resolve(conflict: OpenConflict, decision: Decision): Promise<void> {
    return this.#sources[conflict.source]!.resolve(conflict, decision)
  }
}

export type ConflictsOptions = PlanFileOptions & ServerOptions

/** Those of the plan file here and of its project; without a plan those of the project that is named. */
export async function openConflicts(context: Context, options: ConflictsOptions): Promise<Conflicts> {
  const workspace = findWorkspace(context.cwd, options.file)
  const hasFile = options.file !== undefined || fs.existsSync(workspace.planFile)
  const mark = hasFile ? loadPlan(workspace).plan['x-sync'] : undefined
  const connection = await connect(context, options)
  const projectId = await projectFor(context, connection, workspace, mark)
  const sources = { server: new ServerConflicts(connection, projectId), device: new DeviceConflicts(context, connection.settings.baseUrl, projectId) }
  return new Conflicts(mark === undefined ? sources : { ...sources, file: new FileConflicts({ workspace, connection, projectId }) })
}
