import { builder } from '../builder.ts'
import type { HealthReport } from '../context.ts'

const Health = builder.objectRef<HealthReport>('Health').implement({
  description: 'The state of the server and of what it needs.',
  fields: (t) => ({
    status: t.exposeString('status', { description: '`ok`, `degraded` or `down`.' }),
    version: t.exposeString('version', { description: 'Version of the server.' }),
    database: t.exposeString('database', { description: '`ok`, or what is wrong.' }),
    redis: t.exposeString('redis', { description: '`ok`, `not configured`, or what is wrong.' }),
    migrations: t.exposeString('migrations', { description: '`ok`, or which migrations are missing.' }),
  }),
})

builder.queryField('health', (t) => t.field({ type: Health, description: 'The state of the server and of what it needs. Needs no key.', resolve: (_root, _args, ctx) => ctx.health() }))
