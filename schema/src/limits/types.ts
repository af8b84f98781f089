import { builder } from '../builder.ts'
import type { RateLimit } from '../context.ts'

const RateLimitType = builder.objectRef<RateLimit>('RateLimit').implement({
  description: 'What may still be asked for. Points are the cost of operations: a field of the answer is about one.',
  fields: (t) => ({
    limit: t.exposeInt('limit', { description: 'Points of one minute, for this key, session or address.' }),
    cost: t.exposeInt('cost', { description: 'What this operation cost.' }),
    remaining: t.exposeInt('remaining', { description: 'Points that are left after it.' }),
    resetAt: t.expose('resetAt', { type: 'DateTime', description: 'When all of them are there again.' }),
  }),
})

builder.queryField('rateLimit', (t) =>
  t.field({ type: RateLimitType, nullable: true, description: 'What may still be asked for. Needs no key. Null where nothing is limited.', resolve: (_root, _args, ctx) => ctx.rateLimit ?? null }),
)
