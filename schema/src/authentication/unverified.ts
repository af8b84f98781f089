/** People who signed up and never came back from the mail: their name and address are not kept for ever. */
import { ofServer, writeAudit } from '../audit/record.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'

/** The link was good for a day; who signs up again later begins anew. */
export const UNVERIFIED_DAYS = 30

/** Somebody who has a link, a membership or a password is known by more than an address. */
const PURGE = statement<{ id: string }>(
  'people:purge-unverified',
  `DELETE FROM users u WHERE NOT u.email_verified AND u.created_at < $1::timestamptz - interval '${UNVERIFIED_DAYS} days'
     AND NOT EXISTS (SELECT FROM members m WHERE m.user_id = u.id) AND NOT EXISTS (SELECT FROM accounts a WHERE a.user_id = u.id)
     AND NOT EXISTS (SELECT FROM api_keys k WHERE k.user_id = u.id) AND NOT EXISTS (SELECT FROM comments c WHERE c.author_id = u.id)
     AND NOT EXISTS (SELECT FROM webhooks w WHERE w.created_by_id = u.id)
     AND NOT EXISTS (SELECT FROM verifications v WHERE v.identifier LIKE '%' || u.id || ':%' AND v.expires_at > $1::timestamptz)
   RETURNING u.id`,
)

/** Deletes them, with one record of how many. @returns how many */
export const purgeUnverified = (db: Database, now: Date): Promise<number> =>
  db.transaction(async (tx) => {
    const count = (await tx.query(PURGE, [now])).length
    if (count > 0) await writeAudit(tx, { organisationId: null, action: 'person.purge', target: { type: 'user', id: null }, details: { count }, ...ofServer(now) })
    return count
  })
