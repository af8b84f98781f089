/** Conflicts between the plan file and the server: what a sync of the file would report, and leave as each side has it. */
import { affectedCriteria, applyChanges, diffPlans, flattenPlan, isEqual, mergePlans, type FlatPlan, type MergeResult, type Plan, type PlanChange, type Resolution } from '@buildrunner/sdk/plans'
import { changePlan, loadPlan } from '../plan/session.ts'
import { findBase } from '../sync/base.ts'
import { readForSync } from '../sync/reading.ts'
import { conflictName } from '../sync/resolve.ts'
import { syncPlan, type SyncReport, type SyncTask } from '../sync/sync.ts'
import { changeByHand } from './by-hand.ts'
import type { Workspace } from '../files/workspace.ts'
import type { Connection } from '../server/connection.ts'
import type { Before, ConflictSource, Decision, OpenConflict, Preview } from './conflict.ts'

export interface FilePlace {
  workspace: Workspace
  connection: Connection
  /** Node id of the project that the file is linked to. */
  projectId: string
}

export class FileConflicts implements ConflictSource {
  readonly #place: FilePlace
  #sides: Promise<{ base: FlatPlan; local: FlatPlan; remote: FlatPlan }> | undefined

  constructor(place: FilePlace) {
    this.#place = place
  }

  async list(): Promise<OpenConflict[]> {
    const { conflicts, before } = await this.#sync({ dryRun: true })
    return conflicts.map(({ id, kind, field, base, local, remote }) => ({
      id: conflictName({ id, field }), source: 'file', kind, itemKey: id, itemTitle: (id !== null && before.items.get(id)?.fields.title) || null, field: field ?? null,
      base: base ?? null, local: local ?? null, remote: remote ?? null, by: null, createdAt: null,
    }))
  }

  /** Computed here, by the merge that the server runs. */
  async preview(conflict: OpenConflict, decision: Decision): Promise<Preview> {
    const { base, local, remote } = await (this.#sides ??= this.#load())
    const { change, keep } = this.#meaning(conflict, decision, local)
    const resolution: Resolution = { id: conflict.itemKey, ...(conflict.field !== null && { field: conflict.field }), keep }
    const open = mergePlans({ base, local, remote })
    const decided = mergePlans({ base, local: change === undefined ? local : applyChanges(local, [change]), remote, resolutions: [resolution] })
    return {
      server: difference(open, decided, 'remote'),
      file: difference(open, decided, 'local'),
      affectedCriteria: affectedCriteria([open.local, open.remote, decided.local], conflict.itemKey),
    }
  }

  async before(): Promise<Before> {
    const { local: file, remote: server } = mergePlans(await (this.#sides ??= this.#load()))
    return { server, file }
  }

  /** Syncs the file, this conflict decided. What was merged by hand stands in the file before it is sent. */
  async resolve(conflict: OpenConflict, decision: Decision): Promise<void> {
    const { change, keep } = this.#meaning(conflict, decision, loadPlan(this.#place.workspace).flat)
    if (change !== undefined) await changePlan(this.#place.workspace, () => [change])
    this.#sides = undefined
    await this.#sync({ dryRun: false, keep: { side: keep, items: [conflict.id] } })
  }

  /** A value that one side has already is a decision for that side. */
  #meaning(conflict: OpenConflict, decision: Decision, local: FlatPlan): { keep: 'local' | 'remote'; change?: PlanChange } {
    if ('keep' in decision) return decision
    if (isEqual(decision.merge, conflict.remote)) return { keep: 'remote' }
    return { keep: 'local', ...(!isEqual(decision.merge, conflict.local) && { change: changeByHand(local, conflict, 'local', decision.merge) }) }
  }

  async #load(): Promise<{ base: FlatPlan; local: FlatPlan; remote: FlatPlan }> {
    const { workspace, connection, projectId } = this.#place
    const { plan, flat } = loadPlan(workspace)
    const base = await findBase({ connection, projectId, mark: plan['x-sync'], stateFile: workspace.stateFile })
    const { document } = await connection.ask(connection.client.planning.getDocument({ projectId }))
    return { base: base.flat, local: flat, remote: flattenPlan(document as Plan) }
  }

  #sync(how: Pick<SyncTask, 'dryRun' | 'keep'>): Promise<SyncReport> {
    return syncPlan({ ...this.#place, mode: 'both', onProgress: () => undefined, ...how }, readForSync(this.#place.workspace))
  }
}

const difference = (open: MergeResult, decided: MergeResult, side: 'local' | 'remote'): PlanChange[] => diffPlans(open[side], decided[side])
