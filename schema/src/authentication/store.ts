/**
 * better-auth behind our services: people, their accounts and what was mailed to them. Its HTTP handler is not mounted, and it
 * knows nothing of our sessions; it is loaded with the first request that needs it.
 */
import { randomBytes } from 'node:crypto'
import type { BetterAuthOptions, InternalAdapter } from 'better-auth'
import type { Database } from '../shared/database.ts'
import { newUuid } from '../shared/ids.ts'

/** Reads and writes in the transaction of the database that it was made for. */
export type AuthStore = InternalAdapter

export interface Auth {
  store(db: Database): AuthStore
  /** scrypt (N 16384, r 16, p 1, 64 bytes) with 16 random bytes of salt, on a thread of its own. */
  hash(password: string): Promise<string>
  verify(input: { hash: string; password: string }): Promise<boolean>
}

const dates = { createdAt: 'created_at', updatedAt: 'updated_at' }

const OPTIONS = {
  // signs better-auth's own cookies and tokens, of which there are none
  secret: randomBytes(32).toString('base64'),
  baseURL: 'http://localhost',
  telemetry: { enabled: false },
  logger: { disabled: true },
  emailAndPassword: { enabled: true },
  advanced: { database: { generateId: () => newUuid(), validateSchema: false } },
  user: { modelName: 'users', fields: { ...dates, emailVerified: 'email_verified' } },
  account: { modelName: 'accounts', fields: { ...dates, userId: 'user_id', accountId: 'account_id', providerId: 'provider_id' } },
  verification: { modelName: 'verifications', fields: { ...dates, expiresAt: 'expires_at' }, disableCleanup: true },
} satisfies BetterAuthOptions

async function load(): Promise<Auth> {
  const [{ betterAuth }, { createInternalAdapter }, { databaseAdapter }] = await Promise.all([import('better-auth/minimal'), import('better-auth/db'), import('./adapter.ts')])
  const none = { query: () => Promise.reject(new Error('outside of a transaction')) } as unknown as Database
  const { options, logger, generateId, password } = await betterAuth({ ...OPTIONS, database: databaseAdapter(none) }).$context
  return {
    store: (db) => createInternalAdapter(databaseAdapter(db)(options), { options, logger, generateId, hooks: [] }),
    hash: password.hash,
    verify: password.verify,
  }
}

let loaded: Promise<Auth> | undefined

export const authentication = (): Promise<Auth> => (loaded ??= load())
