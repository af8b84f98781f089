/**
 * Follows streams of the event log: every event once and in order, or an explicit gap.
 *
 * The log is the truth; an announcement only wakes. A stream that somebody follows has one reader in this process: woken
 * by an announcement, or by the tail that asks once a second, it reads what comes after the last sequence it read, and
 * hands it to every follower that stands there. A follower that stands elsewhere (it asked for older events, or is slow
 * and its queue is full) reads for itself, a page at a time, until it has caught up: so a slow one costs no memory.
 *
 * Sequences are gapless and visible in order, because the counter is raised in the transaction of the write: what was
 * read after sequence n begins with n + 1, unless history was cut there.
 */
import type { EventChannel } from '../context.ts'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'
import { DomainError } from '../shared/errors.ts'
import { createTicker } from '../shared/ticker.ts'

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

export interface EventReader {
  /**
   * Events after `position`; `newest` is what the caller read as the stream's last sequence. It must be ended: by
   * `return`, by the end of a loop over it, or by `fail`; `onEnd` is then called, once.
   */
  follow(streamId: string, position: number, newest: number, onEnd?: () => void): Follower
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
const PAGE = 50
/** Events a follower may have waiting. They are shared with the others, so that this bounds a stream and not each follower. */
const QUEUE = 200

/** Columns of an event, as {@link StoredEvent} names them. */
export const EVENT_COLUMNS = 'sequence, kind, version, actor_id AS actor, origin, request_id AS "requestId", created_at AS "createdAt", data'

interface Page {
  sequence: number
  cut_at: number
  events: StoredEvent[] | null
}

const AFTER = statement<Page>(
  'events:after',
  `SELECT s.sequence, s.cut_at, (SELECT json_agg(e ORDER BY e.sequence) FROM (
    SELECT ${EVENT_COLUMNS} FROM runner_events WHERE stream_id = s.id AND sequence > $2::int ORDER BY sequence LIMIT $3::int) e) AS events
   FROM event_streams s WHERE s.id = $1::uuid`,
)
const HEADS = statement<{ id: string; sequence: number }>('events:heads', 'SELECT id, sequence FROM event_streams WHERE id = ANY($1::uuid[])')

async function readAfter(db: Database, streamId: string, position: number, limit: number): Promise<{ messages: EventMessage[]; cutAt: number }> {
  const [page] = await db.query(AFTER, [streamId, position, limit])
  if (page === undefined) throw new DomainError('NOT_FOUND', 'The project is gone, and with it its events.')
  const messages: EventMessage[] = []
  for (const event of page.events ?? []) messages.push({ sequence: event.sequence, event, gap: null })
  return { messages, cutAt: page.cut_at }
}

/** One reader's view of a stream. */
class Stream {
  readonly id: string
  readonly followers = new Set<Follower>()
  /** The last sequence that followers were handed, or told to read for themselves. */
  head: number
  readonly #db: Database
  #announced: number
  #reading = false

  constructor(db: Database, id: string, head: number) {
    this.#db = db
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
        const { messages, cutAt } = await readAfter(this.#db, this.id, before, LIVE_BATCH)
        // Who stands before a cut finds it by reading for itself.
        const from = Math.max(before, cutAt)
        this.head = messages.at(-1)?.sequence ?? from
        moved = this.head > before
        for (const follower of this.followers) follower.hand(messages, from)
      }
    } catch {
      // the database is away: the tail tries again
    } finally {
      this.#reading = false
    }
  }
}

export class Follower implements AsyncIterableIterator<EventMessage> {
  readonly #db: Database
  readonly #stream: Stream
  readonly #onEnd: () => void
  readonly #messages: AsyncGenerator<EventMessage, void, undefined>
  #queue: EventMessage[] = []
  /** The last sequence that was queued. */
  #tail: number
  #wake = (): void => {}
  #ended = false
  #failure: Error | undefined

  constructor(db: Database, stream: Stream, position: number, onEnd: () => void) {
    this.#db = db
    this.#stream = stream
    this.#tail = position
    this.#onEnd = onEnd
    this.#messages = this.#follow()
  }

  /** Takes events that come right after `from`; too many, or after a gap, are left to be read again. */
  hand(messages: readonly EventMessage[], from: number): void {
    if (this.#tail >= from) {
      const fresh = messages.filter(({ sequence }) => sequence > this.#tail)
      if (this.#queue.length + fresh.length <= QUEUE) {
        this.#queue.push(...fresh)
        this.#tail = fresh.at(-1)?.sequence ?? this.#tail
      }
    }
    this.#wake()
  }

  /** Ends it with an error, once. */
  fail(error: Error): void {
    this.#failure ??= error
    this.#end()
  }

  next(): Promise<IteratorResult<EventMessage, void>> {
    return this.#messages.next()
  }

  /** Also while somebody waits for `next`, which a generator alone would not notice. */
  return(): Promise<IteratorResult<EventMessage, void>> {
    this.#end()
    return this.#messages.return()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async *#follow(): AsyncGenerator<EventMessage, void, undefined> {
    try {
      yield { sequence: this.#tail, event: null, gap: null }
      while (!this.#ended) {
        const message = this.#queue.shift()
        if (message !== undefined) yield message
        else if (this.#tail >= this.#stream.head || !(await this.#catchUp())) await new Promise<void>((resolve) => (this.#wake = resolve))
      }
      if (this.#failure !== undefined) throw this.#failure
    } finally {
      this.#end()
    }
  }

  /** Reads a page for itself; false when there is nothing new in it. */
  async #catchUp(): Promise<boolean> {
    const before = this.#tail
    const { messages, cutAt } = await readAfter(this.#db, this.#stream.id, before, PAGE)
    if (cutAt > before) messages.unshift({ sequence: cutAt, event: null, gap: cutAt })
    // What was handed over meanwhile was left out: it did not follow on `before`.
    this.#queue.push(...messages)
    this.#tail = messages.at(-1)?.sequence ?? before
    return this.#tail > before || this.#ended
  }

  #end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#onEnd()
    this.#wake()
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
    const stream = new Stream(db, id, newest)
    streams.set(id, stream)
    return stream
  }

  function leave(stream: Stream, follower: Follower): void {
    stream.followers.delete(follower)
    if (stream.followers.size > 0) return
    streams.delete(stream.id)
    if (streams.size > 0) return
    stopListening()
    tail.stop()
  }

  return {
    follow(streamId, position, newest, onEnd) {
      const known = streams.get(streamId)
      const stream = known ?? open(streamId, newest)
      const follower: Follower = new Follower(db, stream, position, () => {
        leave(stream, follower)
        onEnd?.()
      })
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
