/** A new key for an administrator who has lost the one that was shown on the first start. */
import type { Services } from '../context.ts'
import { newApiKey } from '../identity/keys.ts'
import { insertKey } from '../keys/rows.ts'
import { statement } from '../shared/database.ts'
import { newUuid } from '../shared/ids.ts'
import { commitWrite } from '../shared/write.ts'
import { setupActor, systemContext } from './service.ts'

const ADMINISTRATOR = statement<{ organisation_id: string; user_id: string; sequence: number }>(
  'workspace:administrator',
  `SELECT m.organisation_id, m.user_id, s.sequence FROM members m JOIN organisations o ON o.id = m.organisation_id JOIN event_streams s ON s.id = o.id
   WHERE m.role = 'TenantAdmin' ORDER BY o.created_at, m.created_at LIMIT 1`,
)

/**
 * Makes a key for the oldest organisation's administrator; earlier keys stay valid. Only for callers who own the database anyway:
 * nothing is asked of them.
 *
 * @returns null when there is no organisation, or another writer was faster
 */
export async function renewSetupKey(services: Services): Promise<string | null> {
  const [found] = await services.db.query(ADMINISTRATOR, [])
  if (found === undefined) return null
  const made = await newApiKey(services.keyHashCost)
  const id = newUuid()
  const actor = setupActor({ userId: found.user_id, organisationId: found.organisation_id, apiKeyId: id })
  const after = JSON.stringify({ name: 'Set-up key', prefix: made.prefix })
  const sequence = await commitWrite(systemContext(services, actor), {
    action: 'apiKey.create', target: { type: 'apiKey', id }, organisationId: found.organisation_id,
    stream: { id: found.organisation_id, expected: found.sequence }, governed: null, event: { kind: 'apiKey.created', version: 1, data: after },
    before: null, after, idempotency: null, result: null,
    rows: [insertKey({ id, name: 'Set-up key', projectId: null, scopes: ['*'], expiresAt: null, rotatedFromId: null }, made)],
  })
  return sequence === null ? null : made.key
}
