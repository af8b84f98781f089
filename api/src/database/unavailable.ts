/** Tells that a database is away from a statement that is wrong. */
import { isPostgresError } from '@buildrunner/schema/shared/database'

/** Postgres and network codes that mean: the database is away, not: the request is wrong. */
const UNAVAILABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', '57P01', '57P02', '57P03', '53300', '08006', '08001'])
const WORDS = /Connection terminated|timeout exceeded when trying to connect|Query read timeout/

export const isUnavailable = (error: unknown): boolean =>
  error instanceof Error && (UNAVAILABLE.has((error as { code?: string }).code ?? '') || WORDS.test(error.message))

/** The database answers, and takes no changes: `read_only_sql_transaction`. */
export const isReadOnly = (error: unknown): boolean => isPostgresError(error) && error.code === '25006'
