/**
 * Proving who one is, counted by e-mail address: so many failures in a row lock it for a while, whether or not an account has
 * that address. The count is in the database, so it holds over restarts and processes.
 *
 * What was proved counts only under a lock on the address, and only if that is not locked by then: of guesses made at the same
 * time no more count than of guesses made one after another.
 */
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { SignInError } from '../shared/errors.ts'
import type { OperatorPolicy } from '../shared/operator-policy.ts'
import { personal } from './people.ts'
import type { Person } from './people.ts'
import { record } from './record.ts'

export interface Failures {
  readonly failures: number
  readonly lockedUntil: Date | null
  /** Failures that no audit record tells of yet. */
  readonly unreported: number
  readonly reportedAt: Date
}

/** An attack leaves a record of an address once in this time, and when it locks it. */
const REPORT_MS = 60_000

export const isLocked = (state: Failures | null, now: Date): boolean => state?.lockedUntil != null && state.lockedUntil > now

/** The state after a further failure; `report` is true when an audit record is due. Failures while locked do not prolong the lock. */
export function afterFailure(state: Failures | null, now: Date, { maxFailures, lockMinutes }: OperatorPolicy['signIn']): { state: Failures; report: boolean } {
  const locked = isLocked(state, now)
  // a lock that has ended begins a new row of failures
  const failures = locked ? (state as Failures).failures : (state === null || state.lockedUntil !== null ? 0 : state.failures) + 1
  const locks = !locked && failures >= maxFailures
  const lockedUntil = locks ? new Date(now.getTime() + lockMinutes * 60_000) : locked ? (state as Failures).lockedUntil : null
  const report = locks || state === null || now.getTime() - state.reportedAt.getTime() >= REPORT_MS
  return { state: { failures, lockedUntil, unreported: report ? 0 : state.unreported + 1, reportedAt: report ? now : state.reportedAt }, report }
}

interface FailureRow {
  failures: number
  locked_until: Date | null
  unreported: number
  reported_at: Date
}

const LOCK = statement('attempt:lock', 'SELECT pg_advisory_xact_lock(hashtextextended($1::text, 4))')
const READ = statement<FailureRow>('attempt:read', 'SELECT failures, locked_until, unreported, reported_at FROM sign_in_failures WHERE email = $1::text')
const WRITE = statement(
  'attempt:write',
  `INSERT INTO sign_in_failures (email, failures, locked_until, last_failed_at, unreported, reported_at) VALUES ($1::text, $2::int, $3::timestamptz, $4::timestamptz, $5::int, $6::timestamptz)
   ON CONFLICT (email) DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until, last_failed_at = excluded.last_failed_at, unreported = excluded.unreported, reported_at = excluded.reported_at`,
)
const CLEAR = statement('attempt:clear', 'DELETE FROM sign_in_failures WHERE email = $1::text')
const PURGE = statement('attempt:purge', "DELETE FROM sign_in_failures WHERE last_failed_at < $1::timestamptz - interval '1 day' AND unreported = 0")
/** Failures whose attack went away before a record told of them. */
const LEFT_OVER = statement<{ email: string; unreported: number; user_id: string | null; organisation_id: string | null }>(
  'attempt:left-over',
  `WITH due AS (SELECT email, unreported FROM sign_in_failures WHERE unreported > 0 AND reported_at <= $1::timestamptz - interval '1 minute' LIMIT 20 FOR UPDATE SKIP LOCKED),
     told AS (UPDATE sign_in_failures f SET unreported = 0, reported_at = $1::timestamptz FROM due WHERE f.email = due.email)
   SELECT due.email, due.unreported, u.id AS user_id, (SELECT m.organisation_id FROM members m WHERE m.user_id = u.id ORDER BY m.created_at, m.organisation_id LIMIT 1) AS organisation_id
   FROM due LEFT JOIN users u ON u.email = due.email`,
)

async function readFailures(db: Database, email: string): Promise<Failures | null> {
  const [row] = await db.query(READ, [email])
  return row === undefined ? null : { failures: row.failures, lockedUntil: row.locked_until, unreported: row.unreported, reportedAt: row.reported_at }
}

async function reportLeftOver(tx: Database, ctx: Context, now: Date): Promise<void> {
  for (const { email, unreported, user_id, organisation_id } of await tx.query(LEFT_OVER, [now])) {
    await record(tx, { ...ctx, address: null }, { action: 'session.signInFailed', actorId: null, userId: user_id, organisationId: organisation_id, email, details: { attempts: unreported, locked: false } })
  }
  await tx.query(PURGE, [now])
}

async function noteFailure(tx: Database, ctx: Context, subject: Subject, before: Failures | null): Promise<Failures> {
  const now = ctx.clock.now()
  const { state, report } = afterFailure(before, now, ctx.operator.signIn)
  await tx.query(WRITE, [subject.email, state.failures, state.lockedUntil, now, state.unreported, state.reportedAt])
  if (report) {
    const details = { attempts: (before?.unreported ?? 0) + 1, locked: isLocked(state, now) }
    await record(tx, ctx, { action: 'session.signInFailed', actorId: null, userId: subject.person?.id ?? null, organisationId: subject.person?.organisation_id ?? null, email: subject.email, details })
  }
  return state
}

export interface Subject {
  readonly email: string
  /** Null: nobody has this address. */
  readonly person: Person | null
}

export interface Attempt<Result> extends Subject {
  /** Whether the proof holds; may use something up. */
  readonly prove: (tx: Database) => Promise<boolean> | boolean
  /** What a proof brings about, in the same transaction. */
  readonly succeed: (tx: Database, failuresBefore: number) => Promise<Result>
  /** False where a further proof is to follow: the failures stay. Default: true. */
  readonly settles?: boolean
  /** What a wrong proof is told. */
  readonly refusal: () => SignInError
}

/** @throws SignInError ACCOUNT_LOCKED, or `refusal`. */
export async function attempt<Result>(ctx: Context, { email, person, prove, succeed, settles = true, refusal }: Attempt<Result>): Promise<Result> {
  const now = ctx.clock.now()
  const outcome = await personal(ctx).transaction(async (tx) => {
    await tx.query(LOCK, [email])
    const before = await readFailures(tx, email)
    const holds = !isLocked(before, now) && (await prove(tx))
    if (holds && settles) await tx.query(CLEAR, [email])
    const answer = holds ? { holds, result: await succeed(tx, before?.failures ?? 0) } as const : { holds, failures: await noteFailure(tx, ctx, { email, person }, before) } as const
    await reportLeftOver(tx, ctx, now)
    return answer
  })
  if (outcome.holds) return outcome.result
  const { lockedUntil } = outcome.failures
  if (lockedUntil === null) throw refusal()
  throw new SignInError('ACCOUNT_LOCKED', `Signing in failed too often. Try again after ${lockedUntil.toISOString()}, or set a new password by mail.`, null, lockedUntil)
}
