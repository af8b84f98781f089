/** Conflicts that only this device knows: a comment was edited offline, and meanwhile elsewhere. */
import { withProject, withStore } from '../offline/session.ts'
import type { Context } from '../core/context.ts'
import type { Connection } from '../server/connection.ts'
import type { ConflictSource, Decision, OpenConflict, Preview } from './conflict.ts'

export class DeviceConflicts implements ConflictSource {
  readonly #context: Context
  readonly #connection: Connection
  readonly #projectId: string

  constructor(context: Context, connection: Connection, projectId: string) {
    this.#context = context
    this.#connection = connection
    this.#projectId = projectId
  }

  async list(): Promise<OpenConflict[]> {
    const kept = await withStore(this.#context, this.#connection.settings.baseUrl, (store) => store.list('conflicts', `${this.#projectId}/`), { ifThere: true })
    return (kept ?? []).flatMap(({ value: { id, kind, itemKey, field, base, local, remote, detectedAt } }) =>
      kind !== 'comment' ? [] : [{ id, source: 'device', kind, itemKey, itemTitle: null, field, base: base ?? null, local: local ?? null, remote: remote ?? null, by: null, createdAt: new Date(detectedAt).toISOString() }],
    )
  }

  /** A comment is no part of the plan. */
  preview(): Promise<Preview> {
    return Promise.resolve({ server: [], file: [], affectedCriteria: [] })
  }

  /** The side that is kept is sent, if it is this one. */
  resolve({ id }: OpenConflict, decision: Decision): Promise<void> {
    // by hand only the value of a field is merged, see `requireMergeable`
    if (!('keep' in decision)) throw new RangeError('the text of a comment is not merged')
    return withProject(this.#context, this.#connection, this.#projectId, async (offline) => {
      await offline.conflicts.resolve(id, decision)
      await offline.sync()
    })
  }
}
