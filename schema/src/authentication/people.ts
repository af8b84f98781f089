/** People as signing in sees them. */
import type { Language } from '@buildrunner/sdk/languages'
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { SignInError, ValidationError } from '../shared/errors.ts'
import { requireActor } from '../shared/permissions.ts'
import { languageFor } from '../text/text.ts'
import type { Reader } from './mails.ts'

export interface Person {
  readonly id: string
  readonly email: string
  readonly name: string
  /** What they chose to be written to in; null: nobody knows. */
  readonly language: Language | null
  readonly email_verified: boolean
  /** Null: no password yet. */
  readonly password: string | null
  /** Whether a second factor is asked for. */
  readonly two_factor: boolean
  /** Where the last session worked, else the oldest membership; null: a member of none. */
  readonly organisation_id: string | null
}

const SELECT = `SELECT u.id, u.email, u.name, u.language, u.email_verified, a.password, (f.confirmed_at IS NOT NULL) AS two_factor,
    (SELECT m.organisation_id FROM members m LEFT JOIN sessions s ON s.user_id = m.user_id AND s.organisation_id = m.organisation_id AND s.impersonation_id IS NULL
     WHERE m.user_id = u.id GROUP BY m.organisation_id, m.created_at ORDER BY max(s.created_at) DESC NULLS LAST, m.created_at, m.organisation_id LIMIT 1) AS organisation_id
  FROM users u LEFT JOIN accounts a ON a.provider_id = 'credential' AND a.user_id = u.id LEFT JOIN two_factors f ON f.user_id = u.id`
const BY_EMAIL = statement<Person>('person:by-email', `${SELECT} WHERE u.email = $1::text`)
const BY_ID = statement<Person>('person:by-id', `${SELECT} WHERE u.id = $1::uuid`)

export const personByEmail = async (db: Database, email: string): Promise<Person | null> => (await db.query(BY_EMAIL, [email]))[0] ?? null
export const personById = async (db: Database, id: string): Promise<Person | null> => (await db.query(BY_ID, [id]))[0] ?? null

const SET_LANGUAGE = statement('person:set-language', 'UPDATE users SET language = $2::text WHERE id = $1::uuid')

export const setLanguage = async (tx: Database, userId: string, language: Language): Promise<void> => void (await tx.query(SET_LANGUAGE, [userId, language]))

/** Whom a mail is to: in their own language, else that of the request that causes it. */
export const readerOf = ({ language }: Context, person: Pick<Person, 'email' | 'name' | 'language'>): Reader => ({ email: person.email, name: person.name, language: languageFor(person.language, language) })

/** As it is stored and compared. */
export const normaliseEmail = (email: string): string => email.trim().toLowerCase()

/** One `@` with something on both sides, nothing that a mail header could mistake: whether it is real, the mail shows. */
const EMAIL = /^[^\s@<>",;:()[\]\\]{1,64}@[^\s@<>",;:()[\]\\]{1,190}$/

/** @throws ValidationError */
export function readEmail(email: string, path: readonly string[] = ['email']): string {
  const normal = normaliseEmail(email)
  if (!EMAIL.test(normal)) throw new ValidationError('This is no e-mail address. It reads like ada@example.com.', path)
  return normal
}

const MAX_NAME = 100

/** @throws ValidationError */
export function readName(name: string, path: readonly string[]): string {
  const trimmed = name.trim().replace(/\s+/g, ' ')
  // control characters would reach the header of a mail
  if (trimmed === '' || [...trimmed].length > MAX_NAME || /\p{Cc}/u.test(trimmed)) throw new ValidationError(`A name has 1 to ${MAX_NAME} characters.`, path)
  return trimmed
}

/** The database for what concerns a person alone, whichever of their organisations the session works in. */
export const personal = (ctx: Context): Database => ctx.across('person').db

/**
 * The person who asks for something that concerns them alone.
 *
 * @throws UnauthenticatedError without a key or session, SignInError (SESSION_REQUIRED) with an API key and for whoever acts as somebody else.
 */
export async function requireSelf(ctx: Context): Promise<{ person: Person; sessionId: string }> {
  const { userId, sessionId, impersonator } = requireActor(ctx)
  if (sessionId === null) throw new SignInError('SESSION_REQUIRED', 'An API key cannot do this. Sign in: br login --email you@example.com.')
  if (impersonator !== null) throw new SignInError('SESSION_REQUIRED', 'Whoever acts as somebody else cannot do this. End the impersonation first.')
  const person = await personById(personal(ctx), userId)
  if (person === null) throw new SignInError('SESSION_REQUIRED', 'The person of this session is gone. Sign in again.')
  return { person, sessionId }
}
