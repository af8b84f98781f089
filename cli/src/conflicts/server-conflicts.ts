/** Conflicts that wait on the server: of edits that were made offline, here or elsewhere. */
import { EMPTY_PLAN, flattenPlan, type FlatPlan, type Plan, type PlanChange } from '@buildrunner/sdk/plans'
import { changeByHand } from './by-hand.ts'
import type { Connection } from '../server/connection.ts'
import type { Before, ConflictSource, Decision, OpenConflict, Preview } from './conflict.ts'

type Strategy = { strategy: 'KEEP_LOCAL' | 'TAKE_REMOTE' } | { strategy: 'MERGE'; changes: PlanChange[] }

export class ServerConflicts implements ConflictSource {
  readonly #connection: Connection
  readonly #projectId: string
  #shown: Promise<FlatPlan> | undefined

  constructor(connection: Connection, projectId: string) {
    this.#connection = connection
    this.#projectId = projectId
  }

  list(): Promise<OpenConflict[]> {
    const { client, reading } = this.#connection
    return reading(async () => {
      const found: OpenConflict[] = []
      for await (const { id, kind, itemKey, itemTitle, field, base, local, remote, by, createdAt, replicaId } of client.sync.listConflicts({ projectId: this.#projectId, open: true }))
        found.push({
          id, source: 'server', kind, itemKey, itemTitle, field, base: base ?? null, local: local ?? null, remote: remote ?? null, by: by?.name ?? null, createdAt,
          fromFile: replicaId === null,
        })
      return found
    })
  }

  async preview(conflict: OpenConflict, decision: Decision): Promise<Preview> {
    const { changes, affectedCriteria } = await this.#decide(conflict, decision, true)
    return { server: changes as PlanChange[], file: [], affectedCriteria: affectedCriteria.map(({ itemKey, id, text }) => ({ itemKey, id, text })) }
  }

  /** The file has no part in these. */
  async before(): Promise<Before> {
    return { server: await (this.#shown ??= this.#plan()), file: EMPTY_PLAN }
  }

  async resolve(conflict: OpenConflict, decision: Decision): Promise<void> {
    this.#shown = undefined
    await this.#decide(conflict, decision, false)
  }

  async #decide(conflict: OpenConflict, decision: Decision, dryRun: boolean) {
    const { client, ask } = this.#connection
    return ask(client.sync.resolveConflict({ conflictId: conflict.id, ...(await this.#strategy(conflict, decision)), dryRun }))
  }

  async #strategy(conflict: OpenConflict, decision: Decision): Promise<Strategy> {
    if ('keep' in decision) return { strategy: decision.keep === 'local' ? 'KEEP_LOCAL' : 'TAKE_REMOTE' }
    return { strategy: 'MERGE', changes: [changeByHand(await this.#plan(), conflict, 'remote', decision.merge)] }
  }

  async #plan(): Promise<FlatPlan> {
    const { client, ask } = this.#connection
    const { document } = await ask(client.planning.getDocument({ projectId: this.#projectId }))
    return flattenPlan(document as Plan)
  }
}
