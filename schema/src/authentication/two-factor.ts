/** Second factors: a code of an authenticator app, or one of the recovery codes that were shown once. */
import { hash, randomBytes } from 'node:crypto'
import type { Context } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { AlreadyExistsError, SignInError } from '../shared/errors.ts'
import { attempt } from './attempts.ts'
import { noticeMail } from './mails.ts'
import { personal, readerOf, requireSelf } from './people.ts'
import type { Person } from './people.ts'
import { record } from './record.ts'
import { SECRET_BYTES, acceptedStep, base32, otpauthUri } from './totp.ts'
import { verifyPassword } from './verify-password.ts'

const RECOVERY_CODES = 10
/** 80 random bits: the hash of one cannot be turned back by trying. */
const RECOVERY_BYTES = 10

/** `ABCD-EFGH-IJKL-MNOP` */
const newRecoveryCode = (): string => (base32(randomBytes(RECOVERY_BYTES)).match(/.{4}/g) as string[]).join('-')
const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
/** Case, spaces and dashes are for reading. */
const hashRecoveryCode = (code: string): string => hash('sha256', code.toUpperCase().replace(/[^A-Z2-7]/g, ''))

interface TwoFactorRow {
  secret: string
  last_step: number
  confirmed_at: Date | null
}

const READ = statement<TwoFactorRow>('two-factor:read', 'SELECT secret, last_step, confirmed_at FROM two_factors WHERE user_id = $1::uuid')
const SPEND_STEP = statement<{ user_id: string }>('two-factor:step', 'UPDATE two_factors SET last_step = $2::int WHERE user_id = $1::uuid AND last_step < $2::int RETURNING user_id')
const SPEND_RECOVERY = statement<{ user_id: string }>(
  'two-factor:recovery',
  'UPDATE two_factors SET recovery_hashes = array_remove(recovery_hashes, $2::text) WHERE user_id = $1::uuid AND $2::text = ANY(recovery_hashes) AND confirmed_at IS NOT NULL RETURNING user_id',
)
const PUT = statement(
  'two-factor:put',
  `INSERT INTO two_factors (user_id, secret, recovery_hashes, created_at) VALUES ($1::uuid, $2::text, $3::text[], $4::timestamptz)
   ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, recovery_hashes = excluded.recovery_hashes, created_at = excluded.created_at, last_step = 0 WHERE two_factors.confirmed_at IS NULL`,
)
const CONFIRM = statement('two-factor:confirm', 'UPDATE two_factors SET confirmed_at = $2::timestamptz WHERE user_id = $1::uuid')
const MARK_SESSION = statement('two-factor:session', 'UPDATE sessions SET mfa = true WHERE id = $1::uuid')
const REMOVE = statement('two-factor:remove', 'DELETE FROM two_factors WHERE user_id = $1::uuid')
const PUT_RECOVERY = statement('two-factor:codes', 'UPDATE two_factors SET recovery_hashes = $2::text[] WHERE user_id = $1::uuid')

async function spendTotp(ctx: Context, db: Database, userId: string, row: TwoFactorRow, code: string): Promise<boolean> {
  const step = acceptedStep(Buffer.from(ctx.vault.open(row.secret, userId), 'base64'), code, ctx.clock.now(), row.last_step)
  return step !== null && (await db.query(SPEND_STEP, [userId, step])).length === 1
}

/** Uses a code up; false when it is wrong or was used before. */
export async function spendCode(ctx: Context, db: Database, userId: string, code: string): Promise<boolean> {
  const trimmed = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(trimmed)) return (await db.query(SPEND_RECOVERY, [userId, hashRecoveryCode(trimmed)])).length === 1
  const [row] = await db.query(READ, [userId])
  return row?.confirmed_at != null && spendTotp(ctx, db, userId, row, trimmed)
}

/** Asks for the password again: a session alone, perhaps a stolen one, changes nothing here. */
export async function withPassword<Result>(ctx: Context, person: Person, password: string, succeed: (tx: Database) => Promise<Result>): Promise<Result> {
  const fits = await verifyPassword(person, password)
  return attempt(ctx, { email: person.email, person, prove: () => fits, succeed, refusal: () => new SignInError('INVALID_CREDENTIALS', 'The password is wrong.', ['password']) })
}

export interface NewTwoFactor {
  readonly otpauthUri: string
  /** base32, for typing. */
  readonly secret: string
  /** Shown once. */
  readonly recoveryCodes: readonly string[]
}

/** Makes a second factor. It is asked for once a first code was confirmed. @throws AlreadyExistsError where one is asked for already */
export async function enableTwoFactor(ctx: Context, { password }: { password: string }): Promise<NewTwoFactor> {
  const { person } = await requireSelf(ctx)
  if (person.two_factor) throw new AlreadyExistsError('A second factor is enabled already. Disable it first to set up another one.')
  const secret = randomBytes(SECRET_BYTES)
  const recoveryCodes = newRecoveryCodes()
  await withPassword(ctx, person, password, async (tx) => {
    await tx.query(PUT, [person.id, ctx.vault.seal(secret.toString('base64'), person.id), recoveryCodes.map(hashRecoveryCode), ctx.clock.now()])
    await record(tx, ctx, { action: 'twoFactor.enable', actorId: person.id, userId: person.id })
  })
  return { otpauthUri: otpauthUri(secret, person.email), secret: base32(secret), recoveryCodes }
}

const wrongCode = (): SignInError => new SignInError('CODE_INVALID', 'The code is wrong or was used before. Wait for the next one.', ['code'])

/** From now on a code is asked for; this session has shown one. @throws SignInError (CODE_INVALID) */
export async function confirmTwoFactor(ctx: Context, { code }: { code: string }): Promise<void> {
  const { person, sessionId } = await requireSelf(ctx)
  const confirmed = await personal(ctx).transaction(async (tx) => {
    const [row] = await tx.query(READ, [person.id])
    if (row === undefined || row.confirmed_at !== null || !(await spendTotp(ctx, tx, person.id, row, code.replace(/\s/g, '')))) return false
    await tx.query(CONFIRM, [person.id, ctx.clock.now()])
    await tx.query(MARK_SESSION, [sessionId])
    await record(tx, ctx, { action: 'twoFactor.confirm', actorId: person.id, userId: person.id })
    return true
  })
  if (!confirmed) throw wrongCode()
  ctx.credentials.forget(sessionId)
  ctx.mail.send(noticeMail(readerOf(ctx, person), 'secondFactorOn'))
}

/** Takes password and code, or a recovery code. @throws SignInError INVALID_CREDENTIALS, CODE_INVALID, ACCOUNT_LOCKED */
export async function disableTwoFactor(ctx: Context, { password, code }: { password: string; code: string }): Promise<void> {
  const { person } = await requireSelf(ctx)
  const fits = await verifyPassword(person, password)
  await attempt(ctx, {
    email: person.email, person, refusal: () => (fits ? wrongCode() : new SignInError('INVALID_CREDENTIALS', 'The password is wrong.', ['password'])),
    prove: async (tx) => fits && spendCode(ctx, tx, person.id, code),
    async succeed(tx) {
      await tx.query(REMOVE, [person.id])
      await record(tx, ctx, { action: 'twoFactor.disable', actorId: person.id, userId: person.id })
    },
  })
  ctx.mail.send(noticeMail(readerOf(ctx, person), 'secondFactorOff'))
}

/** The former ones no longer count. @throws SignInError CODE_INVALID where no second factor is enabled */
export async function regenerateRecoveryCodes(ctx: Context, { password }: { password: string }): Promise<readonly string[]> {
  const { person } = await requireSelf(ctx)
  if (!person.two_factor) throw new SignInError('CODE_INVALID', 'No second factor is enabled. Enable one first.')
  const codes = newRecoveryCodes()
  await withPassword(ctx, person, password, async (tx) => {
    await tx.query(PUT_RECOVERY, [person.id, codes.map(hashRecoveryCode)])
    await record(tx, ctx, { action: 'twoFactor.recoveryCodes', actorId: person.id, userId: person.id })
  })
  return codes
}
