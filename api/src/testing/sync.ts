/** Every operation of sync over REST, once. */
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { CallRest } from './rest.ts'

export async function walkSync(call: CallRest): Promise<void> {
  const path = '/api/projects/website'
  const { sequence } = (await call(`GET ${path}/changes?since=0`)).body
  const replica = randomUUID()
  const push = (notes: string, replicaId: string) => call(`POST ${path}/writes`, {
    body: { replica_id: replicaId, base_sequence: sequence, writes: [{ number: 1, changes: [{ op: 'update', id: 'T-12', set: { notes } }], base: [{ op: 'update', id: 'T-12', set: { notes: null } }] }] },
  })
  expect((await push('theirs', randomUUID())).body.results).toMatchObject([{ number: 1, outcome: 'applied' }])
  const conflict = (await push('mine', replica)).body.results[0].conflicts[0]
  expect(conflict).toMatchObject({ item_key: 'T-12', field: 'notes', local: 'mine', remote: 'theirs', replica_id: replica })
  expect((await call(`GET ${path}/changes?since=${sequence}`)).body).toMatchObject({ changes: [{ op: 'update', id: 'T-12', set: { notes: 'theirs' } }], document: null })
  expect((await call(`GET ${path}/conflicts?open=true`)).body.conflicts.map(({ id }: { id: string }) => id)).toContain(conflict.id)
  expect((await call(`GET /api/conflicts/${conflict.id}`)).body).toEqual(conflict)
  expect((await call(`GET ${path}/sync-queue`)).body).toMatchObject({ conflicts: 1, replicas: [{ id: replica, acknowledged: 1 }, { acknowledged: 1 }] })
  expect((await call(`GET ${path}/sync-events?replica_id=${replica}`)).body.events).toMatchObject([{ number: 1, outcome: 'conflict' }])
  expect((await call(`POST /api/conflicts/${conflict.id}/resolve`, { body: { strategy: 'keep_local' } })).body).toMatchObject({ changes: [{ op: 'update', id: 'T-12', set: { notes: 'mine' } }], conflict: { strategy: 'keep_local' } })
}
