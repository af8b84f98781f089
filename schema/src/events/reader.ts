/**
 * Follows streams of the event log: every event once and in order, or an explicit gap.
 *
 * The log is the truth; an announcement only wakes. A stream that somebody follows has one reader in this process: woken
 * by an announcement, or by the tail that asks once a second, it reads what comes after the last sequence it read, and
 * hands it to every follower that stands there. A follower that stands elsewhere reads for itself until it has caught up.
 *
 * Sequences are gapless and visible in order, because the counter is raised in the transaction of the write: what was
 * read after sequence n begins with n + 1, unless history was cut there.
 */
import type { EventChannel } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { DomainError } from '../shared/errors.ts'
import { createTicker } from '../shared/ticker.ts'
import { Follower } from './follower.ts'
import type { Followed } from './follower.ts'
import type { Kinds } from './kinds.ts'

export interface StoredEvent {
  readonly sequence: number
  readonly kind: string
  readonly version: number
  readonly actor: string
  readonly origin: string
  readonly requestId: string
  readonly createdAt: string
  readonly data: unknown
}

/** What a follower gets: an event, the loss of some, or, with neither, the place where it begins. */
export interface EventMessage {
  /** Where the follower stands with it: following from here on continues after it. */
  readonly sequence: number
  readonly event: StoredEvent | null
  /** Set when history up to this sequence is gone. */
  readonly gap: number | null
}

export interface FollowOptions {
  /** Which events. Default: all. */
  readonly kinds?: Kinds | null
}

export interface EventReader {
  /**
   * Events after `position`; `newest` is what the caller read as the stream's last sequence. It must be ended: by
   * `return`, by the end of a loop over it, or by `fail`.
   */
  follow(streamId: string, position: number, newest: number, options?: FollowOptions): Follower
  /** How many streams are followed, and by how many. */
  count(): { streams: number; followers: number }
  /** Ends every follower with `SERVICE_UNAVAILABLE`. */
  close(): void
}

export interface EventReaderOptions {
  readonly db: Database
  readonly channel: EventChannel
  /** How often streams are asked for news that nobody announced. Default: 1000. */
  readonly tailMs?: number
}

const LIVE_BATCH = 200

/** Columns of an event, as {@link StoredEvent} names them. */
export const EVENT_COLUMNS = 'sequence, kind, version, actor_id AS actor, origin, request_id AS "requestId", created_at AS "createdAt", data'

interface Page {
  sequence: number
  cut_at: number
  events: StoredEvent[] | null
}

const AFTER = (filter: string): string => `SELECT s.sequence, s.cut_at, (SELECT json_agg(e ORDER BY e.sequence) FROM (
    SELECT ${EVENT_COLUMNS} FROM runner_events WHERE stream_id = s.id AND sequence > $2::int${filter} ORDER BY sequence LIMIT $3::int) e) AS events
   FROM event_streams s WHERE s.id = $1::uuid`
const ALL_AFTER = statement<Page>('events:after', AFTER(''))
const SOME_AFTER = statement<Page>('events:after:kinds', AFTER(' AND kind LIKE ANY($4::text[])'))
const HEADS = statement<{ id: string; sequence: number }>('events:heads', 'SELECT id, sequence FROM event_streams WHERE id = ANY($1::uuid[])')

/** One reader's view of a stream. */
class Stream implements Followed {
  readonly id: string
  readonly followers = new Set<Follower>()
  head: number
  readonly #db: Database
  #announced: number
  #reading = false
  #place: EventMessage | undefined
  readonly #onEmpty: (stream: Stream) => void

  constructor(db: Database, id: string, head: number, onEmpty: (stream: Stream) => void) {
    this.#db = db
    this.#onEmpty = onEmpty
    this.id = id
    this.head = head
    this.#announced = head
  }

  /** There are events up to `sequence`. */
  wake(sequence: number): void {
    this.#announced = Math.max(this.#announced, sequence)
    if (this.#announced > this.head) void this.read()
  }

  /** Reads once, and on as long as more is announced. */
  async read(): Promise<void> {
    if (this.#reading) return
    this.#reading = true
    try {
      for (let moved = true; moved && this.followers.size > 0; moved &&= this.#announced > this.head) {
        const before = this.head
        const { messages, cutAt } = await this.#readAfter(before, LIVE_BATCH, null)
        // Who stands before a cut finds it by reading for itself.
        const from = Math.max(before, cutAt)
        this.head = messages.at(-1)?.sequence ?? from
        moved = this.head > before
        if (moved) for (const follower of this.followers) follower.hand(messages, from)
      }
    } catch {
      // the database is away: the tail tries again
    } finally {
      this.#reading = false
    }
  }

  async readPage(position: number, limit: number, kinds: Kinds | null): Promise<{ messages: EventMessage[]; end: number }> {
    const { messages, cutAt, newest } = await this.#readAfter(position, limit, kinds)
    const end = messages.length < limit ? newest : messages.at(-1)!.sequence
    if (cutAt > position) messages.unshift({ sequence: cutAt, event: null, gap: cutAt })
    return { messages, end }
  }

  left(follower: Follower): void {
    if (this.followers.delete(follower) && this.followers.size === 0) this.#onEmpty(this)
  }

  placeAt(sequence: number): EventMessage {
    if (this.#place?.sequence !== sequence) this.#place = { sequence, event: null, gap: null }
    return this.#place
  }

  async #readAfter(position: number, limit: number, kinds: Kinds | null): Promise<{ messages: EventMessage[]; cutAt: number; newest: number }> {
    const values = [this.id, position, limit]
    const [page] = await (kinds === null ? this.#db.query(ALL_AFTER, values) : this.#db.query(SOME_AFTER, [...values, kinds.like]))
    if (page === undefined) throw new DomainError('NOT_FOUND', 'The project is gone, and with it its events.')
    const messages = (page.events ?? []).map((event): EventMessage => ({ sequence: event.sequence, event, gap: null }))
    return { messages, cutAt: page.cut_at, newest: page.sequence }
  }
}

export function createEventReader({ db, channel, tailMs = 1_000 }: EventReaderOptions): EventReader {
  const streams = new Map<string, Stream>()
  let stopListening = (): void => {}
  const tail = createTicker(tailMs, async () => {
    for (const { id, sequence } of await db.query(HEADS, [[...streams.keys()]])) streams.get(id)?.wake(sequence)
  })

  function open(id: string, newest: number): Stream {
    if (streams.size === 0) {
      stopListening = channel.subscribe((streamId, sequence) => streams.get(streamId)?.wake(sequence))
      tail.start()
    }
    const stream = new Stream(db, id, newest, close)
    streams.set(id, stream)
    return stream
  }

  function close({ id }: Stream): void {
    streams.delete(id)
    if (streams.size > 0) return
    stopListening()
    void tail.stop()
  }

  return {
    follow(streamId, position, newest, { kinds = null } = {}) {
      const known = streams.get(streamId)
      const stream = known ?? open(streamId, newest)
      const follower = new Follower(stream, position, kinds)
      stream.followers.add(follower)
      // What was announced between the caller's reading and now, nobody heard.
      if (known) stream.wake(newest)
      else void stream.read()
      return follower
    },
    count() {
      let followers = 0
      for (const stream of streams.values()) followers += stream.followers.size
      return { streams: streams.size, followers }
    },
    close() {
      const error = new DomainError('SERVICE_UNAVAILABLE', 'The server stops. Subscribe again, with the last sequence that arrived.')
      for (const stream of streams.values()) for (const follower of stream.followers) follower.fail(error)
    },
  }
}
