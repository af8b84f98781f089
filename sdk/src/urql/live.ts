/** Live queries: one subscription to each project that a live query shows, for as long as one does. */
import type { Operation } from '@urql/core'
import type { Config } from '../config.ts'
import { BuildRunnerError } from '../errors.ts'
import { subscribe } from '../subscription.ts'
import type { Subscription } from '../subscription.ts'

/** How things stand with the events of a project that a live query shows. */
export interface Connection {
  /** The project that calls mean when they name none. */
  projectId: string
  /** `connecting` also while a connection that was lost is made again; `closed` when the server refused it. */
  state: 'connecting' | 'live' | 'closed'
  /** Why it is closed. */
  error?: BuildRunnerError | undefined
}

/** Of each event only that it was: the queries read what became of it. */
const CHANGES = 'subscription buildrunner_live($projectId: ID!, $since: Int) { projectEvents(projectId: $projectId, since: $since) { sequence } }'

interface Feed {
  readonly events: Subscription<unknown>
  readonly queries: Set<number>
}

export interface LiveOptions {
  /** Something happened in the project, or may have happened before the subscription stood. */
  onChange: (projectId: string) => void
  onConnection?: ((connection: Connection) => void) | undefined
}

export class Live {
  readonly #config: Config
  readonly #options: LiveOptions
  readonly #feeds = new Map<string, Feed>()

  constructor(config: Config, options: LiveOptions) {
    this.#config = config
    this.#options = options
  }

  join({ key, context, variables }: Operation): void {
    const projectId = (variables as { projectId?: unknown } | undefined)?.projectId
    if (!context.live || typeof projectId !== 'string') return
    const feed = this.#feeds.get(projectId) ?? this.#open(projectId)
    feed.queries.add(key)
  }

  leave(key: number): void {
    for (const [projectId, { events, queries }] of this.#feeds) {
      if (!queries.delete(key) || queries.size > 0) continue
      this.#feeds.delete(projectId)
      events.close()
    }
  }

  #open(projectId: string): Feed {
    const onState = (state: 'connecting' | 'open'): void => {
      if (this.#feeds.get(projectId) === feed) this.#tell({ projectId, state: state === 'open' ? 'live' : state })
    }
    const events = subscribe(this.#config, { query: CHANGES }, { projectId }, { onState })
    const feed: Feed = { events, queries: new Set() }
    this.#feeds.set(projectId, feed)
    void this.#follow(projectId, feed)
    return feed
  }

  async #follow(projectId: string, feed: Feed): Promise<void> {
    let error: BuildRunnerError | undefined
    try {
      for await (const _event of feed.events) this.#options.onChange(projectId)
    } catch (cause) {
      if (!(cause instanceof BuildRunnerError)) throw cause
      error = cause
    }
    if (this.#feeds.get(projectId) !== feed) return
    // The next live query tries again.
    this.#feeds.delete(projectId)
    this.#tell({ projectId, state: 'closed', error })
  }

  #tell(connection: Connection): void {
    this.#options.onConnection?.(connection)
  }
}
