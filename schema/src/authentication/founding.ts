/** The organisation that somebody named when signing up: they are its first administrator. */
import { PLATFORM } from '../audit/entry.ts'
import type { Context } from '../context.ts'
import { ADMINISTRATOR } from '../identity/standing.ts'
import { foundOrganisation } from '../organisations/found.ts'
import type { Database } from '../shared/database.ts'
import { newUuid } from '../shared/ids.ts'

/** Readable, and unique by the end of its id: names may be alike. */
function slugOf(name: string, id: string): string {
  const words = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 40)
  return `${words || 'organisation'}-${id.slice(-6)}`
}

/** Makes it in the transaction of `tx`. @returns its UUID */
export async function foundOwnOrganisation(ctx: Context, tx: Database, userId: string, name: string): Promise<string> {
  const organisationId = newUuid()
  const actor = { userId, organisationId, apiKeyId: null, sessionId: PLATFORM, projectId: null, scopes: new Set(['*']), impersonator: null, restriction: null, ...ADMINISTRATOR }
  await foundOrganisation({ ...ctx, db: tx, actor }, { slug: slugOf(name, organisationId), name })
  return organisationId
}
