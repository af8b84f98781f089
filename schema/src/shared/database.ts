/**
 * Statements over the `pg` pool that Prisma's adapter shares: for what is read hot and for the write path.
 * A statement has a name, so that Postgres parses and plans it once for each connection.
 */
import type pg from 'pg'

export interface Statement<Row> {
  readonly name: string
  readonly text: string
  /** Carries the row type only; never set. */
  readonly row?: Row
}

export const statement = <Row>(name: string, text: string): Statement<Row> => ({ name, text })

export interface Database {
  /** Runs one statement in one round trip, in a transaction of its own. */
  query<Row>(statement: Statement<Row>, values: readonly unknown[]): Promise<Row[]>
  /** The same, with each row as the array of its columns in Postgres' own text form: the cheapest way to read many. */
  queryText<Row extends readonly (string | null)[]>(statement: Statement<Row>, values: readonly unknown[]): Promise<Row[]>
}

const asText = { getTypeParser: () => (value: string) => value }

export const createDatabase = (pool: pg.Pool): Database => ({
  async query<Row>({ name, text }: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
    const result = await pool.query({ name, text, values: values as unknown[] })
    return result.rows as Row[]
  },
  async queryText<Row extends readonly (string | null)[]>({ name, text }: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
    // the text form of `types` is in pg's documentation and missing from its type declarations
    const config = { name, text, values: values as unknown[], rowMode: 'array', types: asText }
    const result = await pool.query(config as pg.QueryArrayConfig)
    return result.rows as unknown as Row[]
  },
})

/** The fields of a Postgres error that callers decide on. */
export interface PostgresError extends Error {
  code: string
  constraint?: string
}

export const isPostgresError = (error: unknown): error is PostgresError =>
  error instanceof Error && typeof (error as Partial<PostgresError>).code === 'string' && 'severity' in error

/** True when `error` says that a row would have broken the unique constraint of that name. */
export const breaksUnique = (error: unknown, constraint: string): boolean =>
  isPostgresError(error) && error.code === '23505' && error.constraint === constraint
