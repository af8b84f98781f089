/**
 * What has a rate of its own, by address: signing up, signing in, asking for a new password. A mutation says so with
 * `extensions: { rate: 'signIn' }`; each time it stands in a document is an attempt. Attempts are few and must be counted exactly,
 * so each waits for the store. While Redis is away, each process counts by itself.
 */
import type { OperatorPolicy } from '@buildrunner/schema/shared/operator-policy'
import type { RateName } from '@buildrunner/schema/shared/field-permissions'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import type { RedisClientType } from 'redis'

export interface Attempts {
  /** Null when it is allowed; else when the next is. */
  take(rate: RateName, address: string, count: number): Promise<Date | null>
}

export function createAttempts(rates: OperatorPolicy['rates'], redis?: RedisClientType): Attempts {
  const limiters = new Map((['signUp', 'signIn', 'passwordReset'] as const).map((name) => [name, limiterOf(name, rates[name], redis)]))
  return {
    async take(rate, address, count) {
      try {
        await (limiters.get(rate) as RateLimiterAbstract).consume(address, count)
        return null
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return new Date(Date.now() + refused.msBeforeNext)
        throw refused
      }
    },
  }
}

function limiterOf(name: RateName, { limit, seconds }: OperatorPolicy['rates'][RateName], redis: RedisClientType | undefined): RateLimiterAbstract {
  const options = { keyPrefix: `buildrunner:rate:${name}`, points: limit, duration: seconds }
  if (redis === undefined) return new RateLimiterMemory(options)
  // who is over the limit is refused from memory until the window ends
  return new RateLimiterRedis({ ...options, storeClient: redis, useRedisPackage: true, rejectIfRedisNotReady: true, inMemoryBlockOnConsumed: limit + 1, insuranceLimiter: new RateLimiterMemory(options) })
}
