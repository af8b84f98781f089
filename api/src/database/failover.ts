/**
 * A primary database and its replica as one pool.
 *
 * | mode        | a connection is    | what changes it                                                                        |
 * |-------------|--------------------|----------------------------------------------------------------------------------------|
 * | `normal`    | the primary's      | it cannot be had, is lost, or the watch gets no answer, and a probe fails: `read-only` |
 * | `read-only` | the replica's      | the watch, once a second, gets an answer from a primary that takes writes: `normal`    |
 *
 * The replica may be behind: nothing is decided on what it says. Its sessions refuse writes, also when somebody makes it a primary
 * meanwhile, and `onPrimary` keeps what was begun as a write away from it: a write ends on the primary or fails.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { createTicker } from '@buildrunner/schema/shared/ticker'
import type { Pool, PoolClient } from 'pg'
import type { Logger } from 'pino'
import { createPool } from './pool.ts'
import { isUnavailable } from './unavailable.ts'

export type DatabaseMode = 'normal' | 'read-only'

export interface FailoverOptions {
  readonly primary: Pool
  readonly primaryUrl: string
  readonly replicaUrl: string
  /** Connections to the replica at most. */
  readonly max: number
  readonly logger: Pick<Logger, 'warn' | 'info'>
}

export interface Failover {
  /** Connects to whichever database answers. Its other members are the primary's. */
  readonly pool: Pool
  readonly replica: Pool
  readonly mode: DatabaseMode
  /** Runs `work`, whose connections are the primary's or none. */
  onPrimary<Result>(work: () => Result): Result
  /** Asks the primary, and answers the mode that follows from it. */
  check(): Promise<DatabaseMode>
  /** Begins to watch the primary. */
  start(): void
  /** Of the replica and the watch; the primary is the caller's. */
  close(): Promise<void>
}

const WATCH_MS = 1_000
/** A primary that takes longer counts as away. */
const PROBE_MS = 2_000

type Connected = (error: Error | undefined, client: PoolClient | undefined, release: PoolClient['release']) => void

export function createFailover({ primary, primaryUrl, replicaUrl, max, logger }: FailoverOptions): Failover {
  const replica = createPool(replicaUrl, { max, readOnly: true })
  const watch = createPool(primaryUrl, { max: 1, connectionTimeoutMillis: PROBE_MS, query_timeout: PROBE_MS, idleTimeoutMillis: 0 })
  const pinned = new AsyncLocalStorage<true>()
  const open = trackSockets(primary)
  const ticker = createTicker(WATCH_MS, async () => void (await check()))
  let mode: DatabaseMode = 'normal'
  let probing: Promise<boolean> | undefined

  async function ask(): Promise<boolean> {
    try {
      const { rows } = await watch.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby')
      return rows[0]?.standby === false
    } catch {
      return false
    }
  }

  /** Whoever asks while it is asked gets the same answer. */
  const takesWrites = (): Promise<boolean> => (probing ??= ask().finally(() => (probing = undefined)))

  async function check(): Promise<DatabaseMode> {
    // one failure may be the watch's own connection, lost while it was idle
    enter((await takesWrites()) || (await takesWrites()) ? 'normal' : 'read-only')
    return mode
  }

  function enter(next: DatabaseMode): void {
    if (mode === next) return
    mode = next
    if (next === 'normal') return logger.info('The primary database is back: changes are taken again')
    logger.warn('The primary database is away: queries are answered from the replica, changes are refused')
    // what waits for an answer that may never come is told now
    for (const socket of open) socket.destroy()
  }

  async function connect(): Promise<PoolClient> {
    if (pinned.getStore() === true) return primary.connect()
    if (mode === 'normal') {
      try {
        return await primary.connect()
      } catch (error) {
        if (!isUnavailable(error) || (await check()) === 'normal') throw error
      }
    }
    return replica.connect()
  }

  for (const pool of [replica, watch]) pool.on('error', () => {}) // whoever needs the connection finds out
  primary.on('error', () => void check())
  const pool = Object.assign(Object.create(primary) as Pool, {
    // pg's own `query` asks by callback, everybody else by promise
    connect(done?: Connected) {
      const connecting = connect()
      if (done === undefined) return connecting
      connecting.then((client) => done(undefined, client, client.release.bind(client)), (error: Error) => done(error, undefined, () => {}))
    },
  })
  return {
    pool, replica, check,
    get mode() {
      return mode
    },
    onPrimary: (work) => pinned.run(true, work),
    start: () => ticker.start(),
    async close() {
      await ticker.stop()
      await Promise.all([replica.end(), watch.end()])
    },
  }
}

interface Destroyable { destroy(): void }

/** The sockets of a pool's connections; `pg` leaves them out of its type declarations. */
function trackSockets(pool: Pool): ReadonlySet<Destroyable> {
  const sockets = new Set<Destroyable>()
  const socketOf = (client: PoolClient): Destroyable => (client as unknown as { connection: { stream: Destroyable } }).connection.stream
  pool.on('connect', (client) => sockets.add(socketOf(client)))
  pool.on('remove', (client) => sockets.delete(socketOf(client)))
  return sockets
}
