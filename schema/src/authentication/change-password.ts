/** New passwords: by a mailed link, or from a session. */
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { dropLinks, issueLink, peekLink, readToken, useLink } from './links.ts'
import { linkTo, noticeMail, resetMail } from './mails.ts'
import { normaliseEmail, personal, personByEmail, personById, readerOf, requireSelf } from './people.ts'
import { record } from './record.ts'
import { refuseLink, requireGoodPassword } from './sign-up.ts'
import { authentication } from './store.ts'
import type { AuthStore } from './store.ts'
import { withPassword } from './two-factor.ts'

/** Mails a link to a verified person. Whether there is one, only the mail tells; the record is the same. */
export async function requestPasswordReset(ctx: Context, input: { email: string }): Promise<void> {
  const email = normaliseEmail(input.email)
  const auth = await authentication()
  const mail = await personal(ctx).transaction(async (tx) => {
    const person = await personByEmail(tx, email)
    await record(tx, ctx, { action: 'password.requestReset', actorId: null, userId: person?.id ?? null, email: email.slice(0, 254) })
    if (person?.email_verified !== true) return null
    const token = await issueLink(tx, auth.store(tx), { purpose: 'reset', userId: person.id, value: {}, now: ctx.clock.now() })
    const reader = readerOf(ctx, person)
    return resetMail(reader, linkTo(ctx.publicUrl(), 'reset', token, reader.language))
  })
  if (mail !== null) ctx.mail.send(mail)
}

const REVOKE = statement<{ id: string }>('session:revoke-others', 'DELETE FROM sessions WHERE user_id = $1::uuid AND id IS DISTINCT FROM $2::uuid RETURNING id')
const UNLOCK = statement('attempt:unlock', 'DELETE FROM sign_in_failures WHERE email = $1::text')

/** Ends the sessions of a person, of whoever acts as them too. @param keep the one that stays; null: none @returns their UUIDs */
export async function endSessions(db: Database, userId: string, keep: string | null): Promise<string[]> {
  return (await db.query(REVOKE, [userId, keep])).map(({ id }) => id)
}

async function putPassword(store: AuthStore, userId: string, password: string): Promise<void> {
  if ((await store.findCredentialAccount(userId)) === null) await store.createAccount({ userId, providerId: 'credential', accountId: userId, password })
  else await store.updatePassword(userId, password)
}

export interface PasswordChanged {
  readonly sessionsEnded: number
}

/** Ends all sessions and any lock. @throws SignInError (LINK_INVALID), ValidationError for a weak password: then the link still holds */
export async function resetPassword(ctx: Context, { token, newPassword }: { token: string; newPassword: string }): Promise<PasswordChanged> {
  const link = readToken('reset', token)
  const now = ctx.clock.now()
  const person = link !== null && (await peekLink(personal(ctx), link, now)) !== null ? await personById(personal(ctx), link.userId) : null
  if (link === null || person === null) return refuseLink(ctx, 'reset', link)
  await requireGoodPassword(ctx, newPassword, person, { path: ['newPassword'], userId: person.id })
  const auth = await authentication()
  const password = await auth.hash(newPassword)
  const ended = await personal(ctx).transaction(async (tx) => {
    const store = auth.store(tx)
    if ((await useLink(tx, store, link, now)) === null) return null
    await putPassword(store, person.id, password)
    await dropLinks(tx, 'second-factor', person.id)
    await tx.query(UNLOCK, [person.email])
    const sessions = await endSessions(tx, person.id, null)
    await record(tx, ctx, { action: 'password.reset', actorId: person.id, userId: person.id, details: { sessions: sessions.length } })
    return sessions
  })
  if (ended === null) return refuseLink(ctx, 'reset', link)
  for (const id of ended) ctx.credentials.forget(id)
  ctx.mail.send(noticeMail(readerOf(ctx, person), 'passwordReset'))
  return { sessionsEnded: ended.length }
}

/** Ends all other sessions. @throws SignInError INVALID_CREDENTIALS, ACCOUNT_LOCKED; ValidationError for a weak password */
export async function changePassword(ctx: Context, input: { currentPassword: string; newPassword: string }): Promise<PasswordChanged> {
  const { person, sessionId } = await requireSelf(ctx)
  await requireGoodPassword(ctx, input.newPassword, person, { path: ['newPassword'], userId: person.id })
  const auth = await authentication()
  const password = await auth.hash(input.newPassword)
  const ended = await withPassword(ctx, person, input.currentPassword, async (tx) => {
    await putPassword(auth.store(tx), person.id, password)
    await dropLinks(tx, 'reset', person.id)
    const sessions = await endSessions(tx, person.id, sessionId)
    await record(tx, ctx, { action: 'password.change', actorId: person.id, userId: person.id, details: { sessions: sessions.length } })
    return sessions
  })
  for (const id of ended) ctx.credentials.forget(id)
  ctx.mail.send(noticeMail(readerOf(ctx, person), 'passwordChanged'))
  return { sessionsEnded: ended.length }
}
