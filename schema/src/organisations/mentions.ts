/** Who is meant by a mention, now. */
import type { Mention } from '@buildrunner/sdk/mentions'
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import { EFFECTIVE_ROLE } from './rows.ts'

interface MentionedRow {
  kind: Mention['kind']
  name: string
  user_ids: string[]
}

/**
 * People see a project when a role counts for them there. `@name` is somebody's name without spaces, or their e-mail address, or that
 * up to the `@`, where that is one person; `@role:QA` everybody in whom that role counts; `@team:frontend` the team's members.
 */
const MENTIONED = statement<MentionedRow>(
  'organisation:mentioned',
  `WITH people AS (SELECT m.user_id, ${EFFECTIVE_ROLE} AS role, lower(regexp_replace(u.name, '\\s+', '', 'g')) AS name, lower(split_part(u.email, '@', 1)) AS mailbox,
       lower(u.email) AS email, m.role AS organisation_role
     FROM members m JOIN users u ON u.id = m.user_id JOIN organisations o ON o.id = m.organisation_id
     LEFT JOIN project_members pm ON pm.user_id = m.user_id AND pm.project_id = $2::uuid WHERE m.organisation_id = $1::uuid AND ${EFFECTIVE_ROLE} IS NOT NULL)
   SELECT wanted.kind, wanted.name, array_agg(people.user_id ORDER BY people.user_id) AS user_ids
   FROM unnest($3::text[], $4::text[]) AS wanted (kind, name) JOIN people ON CASE wanted.kind
     WHEN 'user' THEN lower(wanted.name) IN (people.name, people.mailbox, people.email)
     WHEN 'role' THEN lower(wanted.name) IN (lower(people.role::text), lower(people.organisation_role::text))
     ELSE EXISTS (SELECT FROM team_members tm JOIN teams t ON t.id = tm.team_id WHERE t.organisation_id = $1::uuid AND t.slug = lower(wanted.name) AND tm.user_id = people.user_id) END
   GROUP BY wanted.kind, wanted.name HAVING wanted.kind <> 'user' OR count(*) = 1`,
)

/**
 * Who is meant by mentions in a project, in one statement: UUIDs of people who see it. A mention of nobody, and a name that several
 * people have, is not in the answer.
 *
 * @returns by mention, as `@role:QA` is written
 */
export async function resolveMentions({ db }: Pick<Context, 'db'>, where: { organisationId: string; projectId: string }, mentions: readonly Mention[]): Promise<Map<string, readonly string[]>> {
  if (mentions.length === 0) return new Map()
  const rows = await db.query(MENTIONED, [where.organisationId, where.projectId, mentions.map(({ kind }) => kind), mentions.map(({ name }) => name)])
  return new Map(rows.map(({ kind, name, user_ids }) => [kind === 'user' ? `@${name}` : `@${kind}:${name}`, user_ids]))
}
