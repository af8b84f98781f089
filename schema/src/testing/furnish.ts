/** One of everything that an organisation can have besides projects, about its given member: for tests of isolation. */
import { createSequencer } from '../audit/sequencer.ts'
import { createSigner, newSigningKey, readSigningKey } from '../audit/signing.ts'
import { encodeNodeId, newUuid } from '../shared/ids.ts'
import type { NodeType } from '../shared/ids.ts'
import type { TestWorkspace } from './workspace.ts'

export async function furnishOrganisation({ pool, actor, services }: TestWorkspace, member: { readonly userId: string }): Promise<Readonly<Partial<Record<NodeType, string>>>> {
  const [team, invitation, impersonation, session] = [newUuid(), newUuid(), newUuid(), newUuid()]
  const { organisationId, userId } = actor
  await pool.query(`INSERT INTO teams (id, organisation_id, slug, name) VALUES ($1, $2, 'acme-team', 'acme team')`, [team, organisationId])
  await pool.query('INSERT INTO team_members (team_id, organisation_id, user_id) VALUES ($1, $2, $3)', [team, organisationId, member.userId])
  await pool.query(
    `INSERT INTO invitations (id, organisation_id, email, token_hash, invited_by_id, expires_at) VALUES ($1, $2, 'acme-guest@example.com', 'acme', $3, now() + interval '1 day')`,
    [invitation, organisationId, userId],
  )
  await pool.query(
    `INSERT INTO impersonations (id, organisation_id, admin_id, user_id, reason, started_at, ends_at) VALUES ($1, $2, $3, $4, 'acme: ticket 4711', now(), now() + interval '1 hour')`,
    [impersonation, organisationId, userId, member.userId],
  )
  await pool.query(`INSERT INTO sessions (id, user_id, organisation_id, token_hash, expires_at) VALUES ($1, $2, $3, 'acme', now() + interval '1 hour')`, [session, userId, organisationId])
  await createSequencer({
    db: services.db, signer: createSigner(readSigningKey(newSigningKey())), clock: services.clock,
    onError(error) {
      throw error
    },
  }).run()
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM audit_records WHERE organisation_id = $1 ORDER BY created_at LIMIT 1', [organisationId])
  return {
    Organisation: encodeNodeId('Organisation', organisationId), User: encodeNodeId('User', member.userId), ApiKey: encodeNodeId('ApiKey', actor.apiKeyId as string), Session: encodeNodeId('Session', session),
    Team: encodeNodeId('Team', team), Invitation: encodeNodeId('Invitation', invitation), Impersonation: encodeNodeId('Impersonation', impersonation), AuditRecord: encodeNodeId('AuditRecord', rows[0]?.id as string),
  }
}
