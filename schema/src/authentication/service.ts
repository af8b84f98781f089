/** Signing in and out. */
import type { Context } from '../context.ts'
import { insertSession } from '../identity/sessions.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { SignInError } from '../shared/errors.ts'
import { newUuid } from '../shared/ids.ts'
import { newToken } from '../shared/tokens.ts'
import { attempt } from './attempts.ts'
import { VALID_MS, issueLink, peekLink, readToken, useLink } from './links.ts'
import { normaliseEmail, personal, personByEmail, personById, requireSelf } from './people.ts'
import type { Person } from './people.ts'
import { record } from './record.ts'
import { authentication } from './store.ts'
import { spendCode } from './two-factor.ts'
import { verifyPassword } from './verify-password.ts'

/** Either somebody is signed in, or a second factor is asked for. */
export interface SignedIn {
  /** Shown once; null while a second factor is to follow. */
  readonly token: string | null
  readonly sessionId: string | null
  readonly expiresAt: Date | null
  readonly challenge: { readonly token: string; readonly expiresAt: Date } | null
}

const wrongPassword = (): SignInError => new SignInError('INVALID_CREDENTIALS', 'The e-mail address or the password is wrong, or the address was not verified yet.')
const wrongCode = (): SignInError => new SignInError('CODE_INVALID', 'The code is wrong, was used before, or the sign-in began too long ago. Take the newest code.', ['code'])

const EXPIRED = statement('session:expired', 'DELETE FROM sessions WHERE user_id = $1::uuid AND expires_at <= $2::timestamptz')

async function openSession(ctx: Context, tx: Database, person: Person, { mfa, failuresBefore }: { mfa: boolean; failuresBefore: number }): Promise<SignedIn> {
  const now = ctx.clock.now()
  const { token, hash } = newToken('bs')
  const id = newUuid(now.getTime())
  const expiresAt = new Date(now.getTime() + ctx.operator.signIn.sessionHours * 3_600_000)
  await tx.query(EXPIRED, [person.id, now])
  await insertSession(tx, { id, userId: person.id, organisationId: person.organisation_id, tokenHash: hash, mfa, impersonationId: null, expiresAt, createdAt: now, address: ctx.address, userAgent: ctx.origin })
  await record(tx, ctx, { action: 'session.signIn', actorId: person.id, userId: person.id, organisationId: person.organisation_id, target: { type: 'session', id }, email: person.email, details: { mfa, failuresBefore } })
  return { token, sessionId: id, expiresAt, challenge: null }
}

/** The first step; the only one where no second factor is enabled. @throws SignInError INVALID_CREDENTIALS, ACCOUNT_LOCKED */
export async function signIn(ctx: Context, input: { email: string; password: string }): Promise<SignedIn> {
  const email = normaliseEmail(input.email).slice(0, 254)
  const person = await personByEmail(personal(ctx), email)
  const fits = await verifyPassword(person, input.password)
  const challenges = person?.two_factor === true
  return attempt(ctx, {
    email, person, settles: !challenges, refusal: wrongPassword, prove: () => fits,
    succeed: (tx, failuresBefore) => (challenges ? challenge(ctx, tx, person) : openSession(ctx, tx, person as Person, { mfa: false, failuresBefore })),
  })
}

async function challenge(ctx: Context, tx: Database, person: Person): Promise<SignedIn> {
  const auth = await authentication()
  const now = ctx.clock.now()
  const token = await issueLink(tx, auth.store(tx), { purpose: 'second-factor', userId: person.id, value: {}, now })
  return { token: null, sessionId: null, expiresAt: null, challenge: { token, expiresAt: new Date(now.getTime() + VALID_MS['second-factor']) } }
}

/** The second step: a code of the authenticator app, or a recovery code. @throws SignInError CODE_INVALID, ACCOUNT_LOCKED */
export async function completeSignIn(ctx: Context, input: { challenge: string; code: string }): Promise<SignedIn> {
  const link = readToken('second-factor', input.challenge)
  const now = ctx.clock.now()
  const person = link === null || (await peekLink(personal(ctx), link, now)) === null ? null : await personById(personal(ctx), link.userId)
  if (link === null || person === null) throw wrongCode()
  const auth = await authentication()
  return attempt(ctx, {
    email: person.email, person, refusal: wrongCode,
    prove: async (tx) => (await spendCode(ctx, tx, person.id, input.code)) && (await useLink(tx, auth.store(tx), link, now)) !== null,
    succeed: (tx, failuresBefore) => openSession(ctx, tx, person, { mfa: true, failuresBefore }),
  })
}

const DELETE = statement('session:delete', 'DELETE FROM sessions WHERE id = $1::uuid')

export async function signOut(ctx: Context): Promise<{ sessionId: string }> {
  const { person, sessionId } = await requireSelf(ctx)
  await personal(ctx).transaction(async (tx) => {
    await tx.query(DELETE, [sessionId])
    await record(tx, ctx, { action: 'session.signOut', actorId: person.id, userId: person.id, organisationId: person.organisation_id, target: { type: 'session', id: sessionId } })
  })
  ctx.credentials.forget(sessionId)
  return { sessionId }
}
