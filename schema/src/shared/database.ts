/**
 * Statements over the `pg` pool that Prisma's adapter shares: for what is read hot and for the write path.
 * A statement has a name, so that Postgres parses and plans it once for each connection.
 */
import pg from 'pg'
import { ORGANISATION_SETTING, SCOPE } from './row-level-security.ts'

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
  /** Runs several statements in one transaction (read committed): all of `work`'s `db`, and nothing when it throws. */
  transaction<Result>(work: (db: Database) => Promise<Result>): Promise<Result>
}

const asText = { getTypeParser: () => (value: string) => value }

type Queryable = Pick<pg.ClientBase, 'query'>

/** What `pg` leaves out of its type declarations. */
interface Wire {
  bind(config: { statement: string; values: unknown[] }): void
  execute(config: object): void
}
interface QueryInternals {
  prepare(connection: Wire): void
  handleCommandComplete(message: unknown, connection: Wire): void
}
const WireQuery = pg.Query as unknown as new (config: object) => QueryInternals

/**
 * A statement that is sent together with SCOPE, in one write and with one Sync after both. Until a Sync, Postgres runs what it
 * is sent in one transaction: the setting is gone with the answer, whatever the answer is.
 */
class ScopedQuery extends WireQuery {
  private scoped = false
  private readonly organisationId: string

  constructor(organisationId: string, config: object) {
    super(config)
    this.organisationId = organisationId
  }

  requiresPreparation(): boolean {
    return true // the simple protocol has no Bind to go before
  }

  override prepare(connection: Wire): void {
    connection.bind({ statement: SCOPE.name, values: [this.organisationId] })
    connection.execute({})
    super.prepare(connection)
  }

  override handleCommandComplete(message: unknown, connection: Wire): void {
    if (this.scoped) super.handleCommandComplete(message, connection)
    this.scoped = true
  }
}

type Send = (query: object, done: (error: Error | undefined, result: unknown) => void) => void

/** A pool, or a connection, as one organisation sees it. Its connections were made by `confineConnection`. */
export function confined(over: Queryable, organisationId: string): Queryable {
  const send = over.query.bind(over) as unknown as Send
  const query = (config: object): Promise<unknown> =>
    new Promise((resolve, reject) => send(new ScopedQuery(organisationId, config), (error, result) => (error ? reject(error) : resolve(result))))
  return { query } as unknown as Queryable
}

const over = (connection: Queryable, transaction: Database['transaction']): Database => ({
  async query<Row>({ name, text }: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
    const result = await connection.query({ name, text, values: values as unknown[] })
    return result.rows as Row[]
  },
  async queryText<Row extends readonly (string | null)[]>({ name, text }: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
    // the text form of `types` is in pg's documentation and missing from its type declarations
    const config = { name, text, values: values as unknown[], rowMode: 'array', types: asText }
    const result = await connection.query(config as pg.QueryArrayConfig)
    return result.rows as unknown as Row[]
  },
  transaction,
})

/** A transaction in a transaction is part of it. */
function within(client: pg.PoolClient): Database {
  const db: Database = over(client, (work) => work(db))
  return db
}

const transactions = (pool: pg.Pool, begin: string): Database['transaction'] => async (work) => {
  const client = await pool.connect()
  let broken = false
  // a connection that is lost between two statements fails the next one; without a listener it would end the process
  const lost = (): void => void (broken = true)
  client.on('error', lost)
  try {
    await client.query(begin)
    const result = await work(within(client))
    await client.query('COMMIT')
    return result
  } catch (error) {
    // a connection that cannot even roll back is not given to anybody else
    await client.query('ROLLBACK').catch(() => (broken = true))
    throw error
  } finally {
    client.off('error', lost)
    client.release(broken)
  }
}

/** The rows of every organisation. */
export const createDatabase = (pool: pg.Pool): Database => over(pool, transactions(pool, 'BEGIN'))

/** The rows of one organisation: Postgres hides, and refuses, those of every other one. The pool's connections were made by `confineConnection`. */
export const createConfinedDatabase = (pool: pg.Pool, organisationId: string): Database =>
  over(confined(pool, organisationId), transactions(pool, `BEGIN; SET LOCAL ${ORGANISATION_SETTING} = ${pg.escapeLiteral(organisationId)}`))

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
