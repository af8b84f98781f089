/** The organisation that somebody named when signing up: they are its first administrator. */
import { PLATFORM } from '../audit/entry.ts'
import type { Context } from '../context.ts'
import { ADMINISTRATOR } from '../identity/standing.ts'
import type { Database } from '../shared/database.ts'
import { newUuid } from '../shared/ids.ts'
import { commitWrite } from '../shared/write.ts'
import type { RowChange } from '../shared/write.ts'

const ORGANISATION: Omit<RowChange, 'values'> = {
  name: 'founded-organisation',
  text: (p) => `INSERT INTO organisations (id, slug, name, created_at) SELECT $3::uuid, ${p(1)}::text, ${p(2)}::text, $10::timestamptz FROM head`,
}
const MEMBERSHIP: RowChange = {
  name: 'founding-member',
  text: () => `INSERT INTO members (organisation_id, user_id, role, created_at) SELECT $3::uuid, $6::uuid, 'TenantAdmin', $10::timestamptz FROM head`,
  values: [],
}

/** Readable, and unique by the end of its id: names may be alike. */
function slugOf(name: string, id: string): string {
  const words = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 40)
  return `${words || 'organisation'}-${id.slice(-6)}`
}

/** Makes it in the transaction of `tx`. @returns its UUID */
export async function foundOrganisation(ctx: Context, tx: Database, userId: string, name: string): Promise<string> {
  const organisationId = newUuid()
  const slug = slugOf(name, organisationId)
  const actor = { userId, organisationId, apiKeyId: null, sessionId: PLATFORM, projectId: null, scopes: new Set(['*']), impersonator: null, restriction: null, ...ADMINISTRATOR }
  const after = JSON.stringify({ slug, name })
  await commitWrite({ ...ctx, db: tx, actor }, {
    action: 'organisation.create', target: { type: 'organisation', id: organisationId }, organisationId, stream: { id: organisationId, expected: null },
    event: { kind: 'organisation.created', version: 1, data: after }, before: null, after, idempotency: null, result: null,
    rows: [{ ...ORGANISATION, values: [slug, name] }, MEMBERSHIP],
  })
  return organisationId
}
