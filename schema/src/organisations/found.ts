/** An organisation with its first administrator: whoever acts. */
import type { Context } from '../context.ts'
import { requireActor } from '../shared/permissions.ts'
import { commitWrite } from '../shared/write.ts'
import type { RowChange } from '../shared/write.ts'

const ORGANISATION: Omit<RowChange, 'values'> = {
  name: 'organisation-found',
  text: (p) => `INSERT INTO organisations (id, slug, name, created_at) SELECT $3::uuid, ${p(1)}::text, ${p(2)}::text, $10::timestamptz FROM head`,
}
const ADMINISTRATOR: RowChange = {
  name: 'organisation-founder',
  text: () => `INSERT INTO members (organisation_id, user_id, role, created_at) SELECT $3::uuid, $6::uuid, 'TenantAdmin', $10::timestamptz FROM head`,
  values: [],
}

/** Makes the organisation that `ctx` acts in. @param rows what begins with it */
export async function foundOrganisation(ctx: Context, { slug, name }: { slug: string; name: string }, rows: readonly RowChange[] = []): Promise<void> {
  const { organisationId: id } = requireActor(ctx)
  const after = JSON.stringify({ slug, name })
  await commitWrite(ctx, {
    action: 'organisation.create', target: { type: 'organisation', id }, organisationId: id, stream: { id, expected: null }, governed: null,
    event: { kind: 'organisation.created', version: 1, data: after }, before: null, after, idempotency: null, result: null,
    rows: [{ ...ORGANISATION, values: [slug, name] }, ...rows, ADMINISTRATOR],
  })
}
