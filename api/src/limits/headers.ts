/** Rate limits as HTTP header fields: draft-ietf-httpapi-ratelimit-headers-10. */
import type { RateLimit } from '@buildrunner/schema/context'
import { WINDOW_SECONDS } from './points.ts'

/** Names that scripts of other origins may read. */
export const RATE_LIMIT_HEADERS = ['ratelimit', 'ratelimit-policy', 'retry-after'] as const

const secondsUntil = (time: Date): number => Math.max(0, Math.ceil((time.getTime() - Date.now()) / 1_000))

export const rateLimitHeaders = ({ limit, remaining, resetAt }: RateLimit): Record<string, string> => ({
  ratelimit: `"points";r=${remaining};t=${secondsUntil(resetAt)}`,
  'ratelimit-policy': `"points";q=${limit};w=${WINDOW_SECONDS}`,
})

/** Whole seconds, at least one: who comes at once is refused again. */
export const retryAfter = (resetAt: Date): string => String(Math.max(1, secondsUntil(resetAt)))
