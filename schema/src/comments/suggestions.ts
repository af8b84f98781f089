/** Whom a mention that is being typed may mean: people who see the project, their roles, and teams with one of them. */
import type { Mention } from '@buildrunner/sdk/mentions'
import type { Context } from '../context.ts'
import { EFFECTIVE_ROLE } from '../organisations/rows.ts'
import { statement } from '../shared/database.ts'
import { ValidationError } from '../shared/errors.ts'
import { parseReference } from '../shared/ids.ts'
import { requireInProject, requirePermission } from '../shared/permissions.ts'

export interface Suggestion extends Mention {
  /** Name of the person or team; of a role its name. */
  readonly label: string
  /** How many people it means. */
  readonly people: number
}

const MAX_SUGGESTIONS = 50

/**
 * A person is mentioned by the name without spaces, or by what stands before the `@` of the e-mail address: by the first of the two
 * that means nobody else and that a mention can hold. `$4` is what was typed, lower case and with the signs of LIKE behind a backslash.
 */
const SUGGESTED = statement<Suggestion & { project_id: string }>(
  'comments:suggestions',
  `WITH project AS (SELECT id FROM projects WHERE organisation_id = $1::uuid AND (id = $2::uuid OR slug = $3::text)),
   people AS (SELECT m.user_id, u.name AS label, ${EFFECTIVE_ROLE}::text AS role, regexp_replace(u.name, '\\s+', '', 'g') AS name, split_part(u.email, '@', 1) AS mailbox
     FROM project JOIN members m ON m.organisation_id = $1::uuid JOIN users u ON u.id = m.user_id JOIN organisations o ON o.id = m.organisation_id
     LEFT JOIN project_members pm ON pm.user_id = m.user_id AND pm.project_id = project.id WHERE ${EFFECTIVE_ROLE} IS NOT NULL),
   handles AS (SELECT lower(handle) AS handle, count(DISTINCT user_id) AS owners FROM people, unnest(ARRAY[name, mailbox]) AS handle GROUP BY lower(handle)),
   found AS (
     SELECT 'user' AS kind, p.label, 1 AS people, 0 AS place,
       (SELECT own.handle FROM unnest(ARRAY[p.name, p.mailbox]) WITH ORDINALITY AS own (handle, n) JOIN handles h ON h.handle = lower(own.handle)
        WHERE h.owners = 1 AND own.handle ~ '^[[:alnum:]]([[:alnum:]._-]{0,62}[[:alnum:]])?$' ORDER BY own.n LIMIT 1) AS name
     FROM people p WHERE $5::text IS NULL AND (lower(p.name) LIKE $4 || '%' OR lower(p.mailbox) LIKE $4 || '%' OR ' ' || lower(p.label) LIKE '% ' || $4 || '%')
     UNION ALL SELECT 'role', role, count(*)::int, 1, role FROM people WHERE coalesce($5::text, 'role') = 'role' AND lower(role) LIKE $4 || '%' GROUP BY role
     UNION ALL SELECT 'team', t.name, count(*)::int, 2, t.slug FROM teams t JOIN team_members tm ON tm.team_id = t.id JOIN people p ON p.user_id = tm.user_id
       WHERE t.organisation_id = $1::uuid AND coalesce($5::text, 'team') = 'team' AND (t.slug LIKE $4 || '%' OR lower(t.name) LIKE $4 || '%') GROUP BY t.id, t.name, t.slug)
   SELECT project.id AS project_id, found.kind, found.name, found.label, found.people FROM project LEFT JOIN found ON found.name IS NOT NULL
   ORDER BY found.place, lower(found.label), found.name LIMIT $6::int`,
)

/**
 * What can complete a mention, people before roles before teams.
 *
 * @param prefix what was typed behind the `@`: `gr`, `role:`, `team:fr`; the empty text suggests everything
 */
export async function suggestMentions(ctx: Context, projectRef: string, prefix: string, first: number): Promise<readonly Suggestion[]> {
  const actor = requirePermission(ctx, 'comments.read')
  if (first < 1 || first > MAX_SUGGESTIONS) throw new ValidationError(`first is 1 to ${MAX_SUGGESTIONS}; ${first} is not.`, ['first'])
  const { uuid, name } = parseReference(projectRef, 'Project')
  const typed = /^(?:(role|team):)?(.*)$/s.exec(prefix) as RegExpExecArray
  const pattern = (typed[2] as string).toLowerCase().replace(/[\\%_]/g, '\\$&')
  const rows = await ctx.db.query(SUGGESTED, [actor.organisationId, uuid, name, pattern, typed[1] ?? null, first])
  requireInProject(ctx, 'comments.read', rows[0]?.project_id, { kind: 'project', ref: projectRef, path: ['projectId'] })
  return rows.filter((row) => row.kind !== null)
}
