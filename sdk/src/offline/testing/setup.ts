/** A small plan, and clients of it: what tests of the engine begin with. */
import { flattenPlan } from '../../domain/plans/flat.ts'
import type { Plan } from '../../domain/plans/types.ts'
import { OfflineClient } from '../client.ts'
import type { OfflineOptions } from '../options.ts'
import { memoryStore } from '../store/memory.ts'
import { MemoryServer } from './memory-server.ts'
import type { Interfere } from './memory-server.ts'

export const HOUSE: Plan = {
  version: 1, project: { name: 'House' },
  milestones: [
    {
      id: 'M1', title: 'Walls',
      steps: [
        { id: 'S1', title: 'Bricks', acceptanceCriteria: [{ text: 'Straight' }], microsteps: [{ id: 'a', title: 'Buy' }, { id: 'b', title: 'Lay' }, { id: 'c', title: 'Dry' }] },
        { id: 'S2', title: 'Paint', microsteps: [{ id: 'd', title: 'Mix' }] },
      ],
    },
    { id: 'M2', title: 'Roof' },
  ],
}

export const houseServer = (): MemoryServer => new MemoryServer(flattenPlan(HOUSE))

/** Waits for nothing: time passes as it is waited for. */
export class TestClock {
  #now = 0
  readonly waits: number[] = []

  now(): number {
    return this.#now
  }

  async wait(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return
    this.waits.push(ms)
    this.#now += ms
  }
}

export interface TestClient {
  readonly offline: OfflineClient
  readonly clock: TestClock
  /** Whether the server can be reached. */
  online: boolean
}

/** A client of a server in memory that can be cut off. */
export async function openClient(server: MemoryServer, options: Partial<OfflineOptions> & { interfere?: Interfere } = {}): Promise<TestClient> {
  const { interfere = () => undefined, ...given } = options
  const clock = new TestClock()
  const client = { online: true, clock } as { -readonly [Key in keyof TestClient]: TestClient[Key] }
  const port = server.port((method) => (client.online ? interfere(method) : 'lost'))
  client.offline = await OfflineClient.open({ server: port, store: memoryStore(), projectId: 'house', clock, random: () => 1, ...given })
  return client
}
