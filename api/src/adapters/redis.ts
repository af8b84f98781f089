/** Redis between several server processes: announces news of a stream, so that readers elsewhere need not wait. */
import type { EventChannel } from '@buildrunner/schema/context'
import { createEventChannel } from '@buildrunner/schema/events/channel'
import type { Logger } from 'pino'
import { DEFAULT_SYNC_BACKOFF, backoffMs } from '@buildrunner/sdk/resilience'
import { createClient } from 'redis'
import type { RedisClientType } from 'redis'
import { StartupError } from '../exit-codes.ts'

export interface RedisConnection extends EventChannel {
  /** For what counts in Redis itself. Its commands fail at once while Redis is away. */
  readonly client: RedisClientType
  /** Hears what is published on the channels that begin with `prefix`: the rest of the channel's name, and the message. */
  listen(prefix: string, listener: (name: string, message: string) => void): Promise<void>
  ping(): Promise<void>
  close(): Promise<void>
}

const CONNECT_MS = 5_000
/** Sooner than others are asked again: while it is away, limits and presence are each process's own. */
const RECONNECT = { ...DEFAULT_SYNC_BACKOFF, minMs: 50, maxMs: 2_000 }
const CHANNEL = 'buildrunner:stream:'

const hostOf = (url: string): string => {
  try {
    return new URL(url).host
  } catch {
    return 'the given address'
  }
}

/** @throws StartupError when Redis does not answer within five seconds. Later outages are survived: the log is the truth. */
export async function connectRedis(url: string, logger: Logger): Promise<RedisConnection> {
  let connected = false
  // before the first connection one failure is final; afterwards it tries for ever
  const reconnectStrategy = (retries: number): number | false => (connected ? backoffMs(retries + 1, RECONNECT, Math.random()) : false)
  const client = createClient({ url, socket: { connectTimeout: CONNECT_MS, reconnectStrategy }, disableOfflineQueue: true })
  // a connection that listens can do nothing else
  const listening = client.duplicate()
  const local = createEventChannel()
  const listen: RedisConnection['listen'] = (prefix, listener) => listening.pSubscribe(`${prefix}*`, (message, channel) => listener(channel.slice(prefix.length), message))
  for (const each of [client, listening]) each.on('error', (error: Error) => logger.warn({ err: error }, 'redis'))
  try {
    await Promise.all([client.connect(), listening.connect()])
    connected = true
    await listen(CHANNEL, (streamId, sequence) => local.publish(streamId, Number(sequence)))
  } catch (error) {
    client.destroy()
    listening.destroy()
    throw new StartupError('redisUnreachable', `Redis at ${hostOf(url)} does not answer: ${(error as Error).message || 'connection refused'}.`, 'Start it, correct REDIS_URL, or unset REDIS_URL to let this process serve alone.', { cause: error })
  }
  return {
    client: client as unknown as RedisClientType,
    listen,
    // what this process announces reaches it at once, and again through Redis: nothing new the second time
    publish(streamId, sequence) {
      local.publish(streamId, sequence)
      client.publish(CHANNEL + streamId, String(sequence)).catch((error: unknown) => logger.debug({ err: error }, 'not announced; readers find it in the log'))
    },
    subscribe: local.subscribe,
    async ping() {
      await client.ping()
    },
    async close() {
      for (const each of [listening, client]) {
        if (each.isReady) await each.close()
        else each.destroy()
      }
    },
  }
}
