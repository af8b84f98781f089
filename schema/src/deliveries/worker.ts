/**
 * Delivers what is queued. Every process runs a worker: rows are taken under a lease, so that several share the work. A channel
 * has its own slots, and a target one delivery at a time in each process: neither a slow target nor a slow channel keeps others back.
 */
import { waitAfter } from '@buildrunner/sdk/resilience'
import type { BackoffPolicy } from '@buildrunner/sdk/resilience'
import type { Clock } from '../context.ts'
import type { Database } from '../shared/database.ts'
import { createTicker } from '../shared/ticker.ts'
import { CHANNELS, claim, dead, delivered, failed } from './queue.ts'
import type { ChannelName, Delivery, Failure } from './queue.ts'

export type Outcome =
  | { readonly kind: 'delivered'; readonly status?: number | undefined }
  | ({ readonly kind: 'failed' } & Failure & {
      /** What the other side asked for: it is not tried again before. Milliseconds. */
      readonly retryAfterMs?: number | undefined
      /** True: trying again changes nothing. */
      readonly final?: boolean | undefined
    })

/** A way out of the server. */
export interface Channel {
  /**
   * One attempt. What it throws counts as a failure.
   *
   * @param signal aborts when the attempt has had its time; what is not given up then is counted as failed all the same
   */
  deliver(delivery: Delivery, signal: AbortSignal): Promise<Outcome>
  /** Milliseconds until the next attempt after so many; null after the last. Default: what the operator's numbers say. */
  waitAfter?(attempts: number, random: number): number | null
}

export interface DeliveryWorkerOptions {
  readonly db: Database
  readonly clock: Clock
  readonly channels: Readonly<Record<ChannelName, Channel>>
  readonly backoff: BackoffPolicy
  /** Told of what the database did not do; a delivery is tried again when its lease ends. */
  readonly onError: (error: unknown) => void
  /** Deliveries at a time, for each channel. Default: 8. */
  readonly concurrency?: number
  /** How long an attempt may take. Default: 15 seconds. */
  readonly timeoutMs?: number
  /** From 0 to 1, for the jitter. Default: `Math.random`. */
  readonly random?: () => number
}

export interface DeliveryWorker {
  /** Begins to look for deliveries, every second. */
  start(): void
  /** There is something new: looks at once. */
  wake(): void
  /** Takes nothing more, and resolves when what was taken is done: within `timeoutMs`. */
  stop(): Promise<void>
  /** Resolves when nothing is due any more. */
  run(): Promise<void>
}

const TICK_MS = 1_000
/** A lease outlasts the attempt, so that what is being delivered is not delivered by somebody else as well. */
const LEASE_MARGIN_MS = 15_000
const MAX_ERROR = 500

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR)

/** One attempt, bounded in time whatever the channel does. */
async function attempt(channel: Channel, delivery: Delivery, timeoutMs: number): Promise<Outcome> {
  const timeout = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => {
      timeout.abort()
      resolve({ kind: 'failed', error: `no answer within ${timeoutMs / 1_000} seconds` })
    }, timeoutMs)
  })
  try {
    return await Promise.race([late, channel.deliver(delivery, timeout.signal)])
  } catch (error) {
    return { kind: 'failed', error: messageOf(error) }
  } finally {
    clearTimeout(timer)
  }
}

/** What a channel is doing. */
interface Lane {
  /** Takes what there is room for. */
  fill(): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

export function createDeliveryWorker(options: DeliveryWorkerOptions): DeliveryWorker {
  const { db, clock, channels, backoff, onError, concurrency = 8, timeoutMs = 15_000, random = Math.random } = options
  let stopped = false
  const lanes = CHANNELS.map(createLane)
  const ticker = createTicker(TICK_MS, async () => void (await Promise.all(lanes.map((lane) => lane.fill()))))

  function waitOf(delivery: Delivery, attempts: number): number | null {
    const channel = channels[delivery.channel]
    return channel.waitAfter === undefined ? waitAfter(attempts, backoff, random()) : channel.waitAfter(attempts, random())
  }

  async function finish(delivery: Delivery, outcome: Outcome): Promise<void> {
    const now = clock.now()
    if (outcome.kind === 'delivered') return void (await delivered(db, delivery, now, outcome.status))
    const wait = outcome.final === true ? null : waitOf(delivery, delivery.attempts)
    if (wait === null) return void (await dead(db, delivery, outcome))
    await failed(db, delivery, outcome, new Date(now.getTime() + Math.max(wait, outcome.retryAfterMs ?? 0)))
  }

  async function deliver(delivery: Delivery): Promise<void> {
    // taken once too often: it ends the process that tries it, or keeps losing its lease
    const outcome: Outcome = delivery.attempts > 1 && waitOf(delivery, delivery.attempts - 1) === null
      ? { kind: 'failed', error: 'given up: the last attempt never ended', final: true }
      : await attempt(channels[delivery.channel], delivery, timeoutMs)
    await finish(delivery, outcome)
  }

  function createLane(channel: ChannelName): Lane {
    const running = new Map<string, Promise<void>>()
    let filling: Promise<void> | undefined
    let again = false

    function begin(delivery: Delivery): void {
      const work = deliver(delivery).catch(onError).then(() => {
        running.delete(delivery.targetId)
        void fill()
      })
      running.set(delivery.targetId, work)
    }

    async function take(): Promise<void> {
      do {
        again = false
        const limit = concurrency - running.size
        if (stopped || limit === 0) return // whoever ends makes room, and looks again
        const now = clock.now()
        const leaseUntil = new Date(now.getTime() + timeoutMs + LEASE_MARGIN_MS)
        for (const delivery of await claim(db, { channel, limit, busy: [...running.keys()], now, leaseUntil })) begin(delivery)
      } while (again)
    }

    /** Whoever asks while it looks makes it look once more. */
    function fill(): Promise<void> {
      again = true
      filling ??= take().catch(onError).finally(() => {
        filling = undefined
        if (again) void fill()
      })
      return filling
    }

    return {
      fill,
      async idle() {
        while (filling !== undefined || running.size > 0) await Promise.all([filling, ...running.values()])
      },
    }
  }

  return {
    start: () => ticker.start(),
    wake() {
      for (const lane of lanes) void lane.fill()
    },
    async stop() {
      stopped = true
      await ticker.stop()
      await Promise.all(lanes.map((lane) => lane.idle()))
    },
    async run() {
      await Promise.all(lanes.map((lane) => lane.fill()))
      await Promise.all(lanes.map((lane) => lane.idle()))
    },
  }
}
