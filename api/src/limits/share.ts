/** The store that processes share their points in. */
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { RedisClientType } from 'redis'
import { WINDOW_SECONDS } from './points.ts'
import type { Share } from './points.ts'

export function shareThrough(redis: RedisClientType): Share {
  // it only adds up: how many points there are is decided where they are taken
  const sum = new RateLimiterRedis({ storeClient: redis, useRedisPackage: true, rejectIfRedisNotReady: true, keyPrefix: 'buildrunner:points', points: 1, duration: WINDOW_SECONDS })
  return async (key, points) => {
    const { consumedPoints, msBeforeNext } = await sum.penalty(key, points)
    return { points: consumedPoints, msBeforeReset: msBeforeNext }
  }
}
