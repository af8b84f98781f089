/** Signing up. Nobody learns whether an address has an account: the answer and the work are the same, the mail tells its owner. */
import type { Language } from '@buildrunner/sdk/languages'
import type { Context } from '../context.ts'
import { breaksUnique } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { SignInError, ValidationError } from '../shared/errors.ts'
import { readLanguage } from '../shared/languages.ts'
import type { Mail } from '../shared/mail.ts'
import { textFor } from '../text/text.ts'
import { foundOwnOrganisation } from './founding.ts'
import { issueLink, newestLink, readToken, useLink } from './links.ts'
import type { Link, Purpose } from './links.ts'
import { knownAddressMail, linkTo, verificationMail } from './mails.ts'
import { passwordFault } from './passwords.ts'
import type { PasswordOwner } from './passwords.ts'
import { normaliseEmail, personal, personByEmail, personById, readEmail, readName, readerOf, setLanguage } from './people.ts'
import type { Person } from './people.ts'
import { record } from './record.ts'
import { authentication } from './store.ts'
import type { AuthStore } from './store.ts'

export interface SignUpInput {
  readonly email: string
  readonly password: string
  readonly name: string
  /** Makes an organisation of that name as soon as the address is verified. */
  readonly organisationName?: string | null
  /** What to be written to in: a language tag. Absent: what the request asks to be answered in. */
  readonly language?: string | null
}

/** What a verification link brings about: what was given with the sign-up it was mailed for. */
interface PendingSignUp {
  readonly name: string
  /** scrypt. */
  readonly password: string
  readonly organisation: string | null
  /** What was asked for with the sign-up; null: nothing. */
  readonly language: Language | null
}

/** @throws ValidationError, after a record of it, for a password that is too short or guessed first: it says so in the language of the request. */
export async function requireGoodPassword(ctx: Context, password: string, owner: PasswordOwner, { path, userId }: { path: readonly string[]; userId: string | null }): Promise<void> {
  const fault = passwordFault(password, owner, ctx.operator.signIn.passwordMinLength, textFor(ctx.language))
  if (fault === null) return
  await record(personal(ctx), ctx, { action: 'password.refused', actorId: userId, userId, email: owner.email })
  throw new ValidationError(fault, path)
}

/** @throws SignInError (LINK_INVALID), after a record of it where the link was once somebody's. */
export async function refuseLink(ctx: Context, purpose: Purpose, link: Link | null): Promise<never> {
  const person = link === null ? null : await personById(personal(ctx), link.userId)
  if (person !== null) await record(personal(ctx), ctx, { action: 'link.refused', actorId: null, userId: person.id, email: person.email, details: { purpose } })
  throw new SignInError('LINK_INVALID', 'The link was used before, has expired or is incomplete. Ask for a new one.', ['token'])
}

async function mailVerification(ctx: Context, tx: Database, store: AuthStore, person: Pick<Person, 'id' | 'email'>, pending: PendingSignUp): Promise<Mail> {
  const token = await issueLink(tx, store, { purpose: 'verify', userId: person.id, value: pending, now: ctx.clock.now() })
  const reader = readerOf(ctx, { email: person.email, name: pending.name, language: pending.language })
  return verificationMail(reader, linkTo(ctx.publicUrl(), 'verify', token, reader.language))
}

/**
 * Each link activates the sign-up that it was mailed for, password included: whoever signs up again with somebody's address cannot
 * change what the owner's own link does.
 */
export async function signUp(ctx: Context, input: SignUpInput): Promise<void> {
  const email = readEmail(input.email)
  const name = readName(input.name, ['name'])
  const organisation = input.organisationName == null ? null : readName(input.organisationName, ['organisationName'])
  const language = input.language == null ? ctx.language : readLanguage(input.language)
  await requireGoodPassword(ctx, input.password, { email, name }, { path: ['password'], userId: null })
  const auth = await authentication()
  const pending: PendingSignUp = { name, organisation, language, password: await auth.hash(input.password) }
  const write = (): Promise<Mail> =>
    personal(ctx).transaction(async (tx) => {
      const store = auth.store(tx)
      const known = await personByEmail(tx, email)
      const person = known ?? (await store.createUser({ email, name, emailVerified: false }, { method: 'email-password' }))
      await record(tx, ctx, { action: 'person.signUp', actorId: null, userId: person.id, email, details: { known: known?.email_verified === true } })
      return known?.email_verified === true ? knownAddressMail(readerOf(ctx, known), ctx.publicUrl()) : mailVerification(ctx, tx, store, person, pending)
    })
  // signed up twice at the same moment: the second finds what the first made
  ctx.mail.send(await write().catch((error: unknown) => (breaksUnique(error, 'users_email_key') ? write() : Promise.reject(error as Error))))
}

/** Mails the newest link of a sign-up again. Whether there is one, only the mail tells. */
export async function resendVerification(ctx: Context, input: { email: string }): Promise<void> {
  const email = normaliseEmail(input.email)
  const auth = await authentication()
  const mail = await personal(ctx).transaction(async (tx) => {
    const person = await personByEmail(tx, email)
    if (person === null) return null
    if (person.email_verified) return knownAddressMail(readerOf(ctx, person), ctx.publicUrl())
    const pending = await newestLink<PendingSignUp>(tx, 'verify', person.id)
    return pending === null ? null : mailVerification(ctx, tx, auth.store(tx), person, pending)
  })
  if (mail !== null) ctx.mail.send(mail)
}

/** @throws SignInError (LINK_INVALID) for a link that was used, has expired or is none. */
export async function verifyEmail(ctx: Context, { token }: { token: string }): Promise<{ email: string }> {
  const link = readToken('verify', token)
  const auth = await authentication()
  const person = link && (await personal(ctx).transaction(async (tx) => {
    const store = auth.store(tx)
    const pending = await useLink<PendingSignUp>(tx, store, link, ctx.clock.now())
    if (pending === null) return null
    const user = await store.updateUser(link.userId, { emailVerified: true, name: pending.name })
    if (pending.language !== null) await setLanguage(tx, link.userId, pending.language)
    await store.createAccount({ userId: link.userId, providerId: 'credential', accountId: link.userId, password: pending.password })
    await record(tx, ctx, { action: 'person.verify', actorId: link.userId, userId: link.userId, email: user.email })
    if (pending.organisation !== null) await foundOwnOrganisation(ctx, tx, link.userId, pending.organisation)
    return { email: user.email as string }
  }))
  return person ?? refuseLink(ctx, 'verify', link)
}
