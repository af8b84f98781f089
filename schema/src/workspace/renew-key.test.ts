import { describe, expect, it } from 'vitest'
import { createKeyVerifier } from '../identity/keys.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import { renewSetupKey } from './renew-key.ts'

const workspace = await createTestWorkspace()

describe('renewSetupKey', () => {
  it('makes a key of the administrator, leaves the old one valid, and is on record', async () => {
    const key = await renewSetupKey(workspace.services)
    const verifier = createKeyVerifier(workspace.services.db, workspace.services.clock)
    expect(await verifier.verify(key ?? '')).toMatchObject({ userId: workspace.actor.userId, organisationId: workspace.actor.organisationId, projectId: null })
    expect(await verifier.verify(workspace.apiKey)).toMatchObject({ userId: workspace.actor.userId })
    const { rows } = await workspace.pool.query('SELECT kind, action FROM runner_events JOIN audit_records USING (request_id) WHERE kind = \'apiKey.created\'')
    expect(rows).toEqual([{ kind: 'apiKey.created', action: 'apiKey.create' }])
  })
})
