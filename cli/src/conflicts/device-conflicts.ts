/** Conflicts that only this device knows of: a comment that was edited offline here, and elsewhere meanwhile. */
import { EMPTY_PLAN } from '@buildrunner/sdk/plans'
import { eachQueue } from '../offline/queues.ts'
import type { OfflineClient } from '@buildrunner/sdk/offline'
import type { Context } from '../core/context.ts'
import type { Before, ConflictSource, Decision, OpenConflict, Preview } from './conflict.ts'

export class DeviceConflicts implements ConflictSource {
  readonly #each: <T>(work: (offline: OfflineClient) => Promise<T>) => Promise<T[]>

  constructor(context: Context, baseUrl: string, projectId: string) {
    this.#each = (work) => eachQueue(context, baseUrl, projectId, work)
  }

  async list(): Promise<OpenConflict[]> {
    const found = await this.#each(async (offline) => (await offline.conflicts.list({ from: 'cache' })).data)
    return found.flat().filter(({ kind }) => kind === 'comment').map(({ id, kind, itemKey, base, local, remote, detectedAt }) => ({
      id, source: 'device', kind, itemKey, itemTitle: null, field: 'comment', base: base ?? null, local: local ?? null, remote: remote ?? null, by: null, createdAt: new Date(detectedAt).toISOString(),
    }))
  }

  /** A comment is no part of the plan. */
  preview(): Promise<Preview> {
    return Promise.resolve({ server: [], file: [], affectedCriteria: [] })
  }

  /** Nor do the plans have a part in it. */
  before(): Promise<Before> {
    return Promise.resolve({ server: EMPTY_PLAN, file: EMPTY_PLAN })
  }

  /** The text that is kept is queued: the next sync sends it. */
  async resolve({ id }: OpenConflict, decision: Decision): Promise<void> {
    if ('keep' in decision) await this.#each((offline) => offline.conflicts.resolve(id, decision))
  }
}
