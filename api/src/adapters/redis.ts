/** Redis between several server processes: announces news of a stream, so that readers elsewhere need not wait. */
import type { EventPublisher } from '@buildrunner/schema/context'
import type { Logger } from 'pino'
import { createClient } from 'redis'
import { StartupError } from '../exit-codes.ts'

export interface RedisConnection extends EventPublisher {
  ping(): Promise<void>
  close(): Promise<void>
}

const CONNECT_MS = 5_000
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
  // before the first connection one failure is final; afterwards it tries for ever, at most two seconds apart
  const reconnectStrategy = (retries: number): number | false => (connected ? Math.min(50 * 2 ** retries, 2_000) : false)
  const client = createClient({ url, socket: { connectTimeout: CONNECT_MS, reconnectStrategy }, disableOfflineQueue: true })
  client.on('error', (error: Error) => logger.warn({ err: error }, 'redis'))
  try {
    await client.connect()
    connected = true
  } catch (error) {
    client.destroy()
    throw new StartupError('redisUnreachable', `Redis at ${hostOf(url)} does not answer: ${(error as Error).message || 'connection refused'}.`, 'Start it, correct REDIS_URL, or unset REDIS_URL to let this process serve alone.', { cause: error })
  }
  return {
    publish(streamId, sequence) {
      client.publish(CHANNEL + streamId, String(sequence)).catch((error: unknown) => logger.debug({ err: error }, 'not announced; readers find it in the log'))
    },
    async ping() {
      await client.ping()
    },
    async close() {
      if (client.isReady) await client.close()
      else client.destroy()
    },
  }
}
