/** How the server and what it stands on were when they were last asked. */
import type { BrowseParts } from './browse.ts'
import type { HealthSnapshot, StoreOperation } from './store/types.ts'
import type { Read, ReadOptions } from './types.ts'

/** Asks the server, and remembers its answer; where it is away, says what it said last. */
export async function readHealth({ server, store, ask, now }: Omit<BrowseParts, 'replica'>, options?: ReadOptions): Promise<Read<HealthSnapshot[]>> {
  const probes = await ask(options, (call) => server.health(call))
  const known = await store.list('healthSnapshots')
  const checkedAt = now()
  const data = probes === undefined ? known.map(({ value }) => value) : probes.map((probe): HealthSnapshot => ({ ...probe, checkedAt }))
  if (probes !== undefined) {
    const gone = known.filter(({ key }) => !data.some(({ target }) => target === key))
    await store.commit([
      ...data.map((value): StoreOperation => ({ op: 'put', table: 'healthSnapshots', key: value.target, value })),
      ...gone.map(({ key }): StoreOperation => ({ op: 'delete', table: 'healthSnapshots', key })),
    ])
  }
  const fetchedAt = data.reduce((oldest, snapshot) => Math.min(oldest, snapshot.checkedAt), checkedAt)
  return { data, asOf: { sequence: null, fetchedAt, ageMs: Math.max(0, checkedAt - fetchedAt), source: probes === undefined ? 'cache' : 'server' } }
}
