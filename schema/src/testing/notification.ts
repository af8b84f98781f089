/** A notification and an interest of somebody, for tests of who sees what. */
import { encodeNodeId, newUuid } from '../shared/ids.ts'
import type { TestWorkspace } from './workspace.ts'

/** @returns the notification's node id */
export async function addNotification({ pool }: TestWorkspace, { organisationId, userId, slug, itemKey }: { organisationId: string; userId: string; slug: string; itemKey: string }): Promise<string> {
  const id = newUuid()
  await pool.query(
    `INSERT INTO notifications (id, organisation_id, user_id, stream_id, sequence, kind, reason, priority, actor_id, project_id, item_key, created_at)
     SELECT $1, $2, $3, p.id, 1, 'comment.added', 'MENTION', 'HIGH', $3, p.id, $5, now() FROM projects p WHERE p.organisation_id = $2 AND p.slug = $4`, [id, organisationId, userId, slug, itemKey])
  await pool.query(
    `INSERT INTO interests (project_id, subject, user_id, organisation_id, level) SELECT p.id, 'item:' || $4::text, $2, $1, 'WATCHING' FROM projects p WHERE p.organisation_id = $1 AND p.slug = $3`, [organisationId, userId, slug, itemKey])
  return encodeNodeId('Notification', id)
}
