/**
 * Follows the event log behind the writes and hands every event of a project's or an organisation's stream to its consumers, once
 * and in order.
 *
 * The place in a stream is a row of `dispatch_cursors`; it moves in the transaction in which the consumers wrote what they made of
 * the events. A process that dies before the commit has done nothing, after it everything. Several processes run a dispatcher: a
 * stream is worked by whoever has locked its cursor, and the others pass by.
 *
 * Announcements wake it; once a second it looks by itself for what nobody announced.
 */
import type { Clock, EventChannel } from '../context.ts'
import { EVENT_COLUMNS } from '../events/reader.ts'
import type { StoredEvent } from '../events/reader.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { createTicker } from '../shared/ticker.ts'

/** Events of one stream that follow each other. */
export interface EventBatch {
  readonly streamId: string
  readonly organisationId: string
  /** Null: the stream is the organisation's. */
  readonly projectId: string | null
  readonly events: readonly StoredEvent[]
  readonly now: Date
}

/** A stream and the number of its newest event, to be announced. */
export interface StreamNews {
  readonly id: string
  readonly sequence: number
}

/**
 * Makes something of events: whatever it writes through `db` is committed together with the dispatcher's place, or not at all. One
 * that throws holds its stream back until it no longer does.
 *
 * @returns streams that it wrote events into
 */
export type EventConsumer = (db: Database, batch: EventBatch) => Promise<readonly StreamNews[]>

export interface DispatcherOptions {
  readonly db: Database
  readonly channel: EventChannel
  readonly clock: Clock
  readonly consumers: readonly EventConsumer[]
  /** Told of every run that failed; the next one tries again. */
  readonly onError: (error: unknown) => void
  /** Called after a commit: consumers may have queued deliveries. */
  readonly onDispatched?: () => void
  /** Default: 200. */
  readonly batchSize?: number
}

export interface Dispatcher {
  start(): void
  /** Resolves when the run that is under way has ended. */
  stop(): Promise<void>
  /** Dispatches what there is now, in every stream that nobody else works on. @throws what a consumer throws, after the other streams */
  run(): Promise<void>
}

const TAIL_MS = 1_000
/** Announcements of so long are worked together: writes come in bursts. */
const GATHER_MS = 50

/** Streams with something to do. The streams of members are not dispatched: what is in them was made here. */
const WORK = statement<{ id: string }>(
  'dispatch:work',
  `SELECT s.id FROM (SELECT id FROM organisations UNION ALL SELECT id FROM projects) o JOIN event_streams s ON s.id = o.id
   LEFT JOIN dispatch_cursors c ON c.stream_id = s.id WHERE s.sequence > coalesce(c.sequence, 0)`,
)
/** A new stream begins at its beginning. */
const BEGIN = statement(
  'dispatch:begin',
  `INSERT INTO dispatch_cursors (stream_id, organisation_id, sequence) SELECT s.id, s.organisation_id, 0 FROM event_streams s
   WHERE s.id = $1::uuid AND (s.id = s.organisation_id OR EXISTS (SELECT FROM projects p WHERE p.id = s.id)) ON CONFLICT DO NOTHING`,
)
const LOCK = statement<{ organisation_id: string; sequence: number }>('dispatch:lock', 'SELECT organisation_id, sequence FROM dispatch_cursors WHERE stream_id = $1::uuid FOR UPDATE SKIP LOCKED')
const READ = statement<StoredEvent>('dispatch:read', `SELECT ${EVENT_COLUMNS} FROM runner_events WHERE stream_id = $1::uuid AND sequence > $2::int ORDER BY sequence LIMIT $3::int`)
const MOVE = statement('dispatch:move', 'UPDATE dispatch_cursors SET sequence = $2::int WHERE stream_id = $1::uuid')

const BACKLOG = statement<{ count: number }>(
  'dispatch:backlog',
  `SELECT coalesce(sum(s.sequence - coalesce(c.sequence, 0)), 0)::int AS count FROM (SELECT id FROM organisations UNION ALL SELECT id FROM projects) o JOIN event_streams s ON s.id = o.id
   LEFT JOIN dispatch_cursors c ON c.stream_id = s.id WHERE s.sequence > coalesce(c.sequence, 0)`,
)

/** How many events wait for the dispatchers of all processes. */
export const dispatchBacklog = async (db: Database): Promise<number> => (await db.query(BACKLOG, []))[0]?.count ?? 0

export function createDispatcher({ db, channel, clock, consumers, onError, onDispatched = () => {}, batchSize = 200 }: DispatcherOptions): Dispatcher {
  const announced = new Set<string>()
  let gathering: NodeJS.Timeout | undefined
  let unsubscribe = (): void => {}
  let current: Promise<void> = Promise.resolve()
  const ticker = createTicker(TAIL_MS, () => inTurn(run))

  /** One run at a time in this process. */
  const inTurn = (work: () => Promise<void>): Promise<void> => (current = current.then(work).catch(onError))

  async function batchOf(tx: Database, streamId: string): Promise<EventBatch | null> {
    const [cursor] = await tx.query(LOCK, [streamId])
    if (cursor === undefined) return null
    // a cursor is behind a cut of the history where nobody dispatched for that long: what is left follows
    const events = await tx.query(READ, [streamId, cursor.sequence, batchSize])
    return { streamId, organisationId: cursor.organisation_id, projectId: streamId === cursor.organisation_id ? null : streamId, events, now: clock.now() }
  }

  /** @returns whether there may be more in this stream */
  async function advance(streamId: string): Promise<boolean> {
    const news: StreamNews[] = []
    const count = await db.transaction(async (tx) => {
      const batch = await batchOf(tx, streamId)
      const last = batch?.events.at(-1)
      if (batch === null || last === undefined) return 0
      for (const consume of consumers) news.push(...(await consume(tx, batch)))
      await tx.query(MOVE, [streamId, last.sequence])
      return batch.events.length
    })
    for (const { id, sequence } of news) channel.publish(id, sequence)
    if (count > 0) onDispatched()
    return count === batchSize
  }

  /** A batch of every stream in turn, until all have had their last; one that fails leaves the others be. */
  async function dispatch(ids: readonly string[]): Promise<void> {
    const failures: unknown[] = []
    for (let open = ids; open.length > 0; ) {
      const more: string[] = []
      for (const id of open) if (await advance(id).catch((error: unknown) => void failures.push(error))) more.push(id)
      open = more
    }
    if (failures.length > 0) throw failures[0]
  }

  async function run(): Promise<void> {
    const work = await db.query(WORK, [])
    for (const { id } of work) await db.query(BEGIN, [id])
    await dispatch(work.map(({ id }) => id))
  }

  function gathered(): void {
    gathering = undefined
    const ids = [...announced]
    announced.clear()
    void inTurn(() => dispatch(ids))
  }

  return {
    start() {
      ticker.start()
      unsubscribe = channel.subscribe((streamId) => {
        announced.add(streamId)
        gathering ??= setTimeout(gathered, GATHER_MS).unref()
      })
    },
    async stop() {
      unsubscribe()
      clearTimeout(gathering)
      await ticker.stop()
      await current
    },
    run,
  }
}
