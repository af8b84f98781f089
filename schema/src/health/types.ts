import { builder } from '../builder.ts'
import type { HealthReport, HealthTarget } from '../context.ts'

const ServerMode = builder.enumType('ServerMode', {
  description: 'What the server can do now.',
  values: {
    NORMAL: { description: 'Everything.' },
    READ_ONLY: { description: 'The primary database is away: queries are answered from its replica, which may be behind, and changes are refused with `READ_ONLY`. It passes by itself.' },
  },
})

const HealthTargetKind = builder.enumType('HealthTargetKind', {
  description: 'What a probed system is to the server.',
  values: {
    DATABASE: { description: 'The primary database.' },
    DATABASE_REPLICA: { description: 'Answers queries while the primary is away.' },
    REDIS: { description: 'Shares events, limits and presence between processes.' },
    MAIL: { description: 'Delivers e-mails.' },
    MODEL_PROVIDER: { description: 'Serves language models.' },
    ISSUE_TRACKER: { description: 'Holds issues.' },
    DESIGN_PROVIDER: { description: 'Holds designs.' },
  },
})

const HealthStatus = builder.enumType('HealthTargetStatus', {
  description: 'How a system answered.',
  values: {
    OK: { description: 'It is well.' },
    FAILING: { description: '`message` says what is wrong.' },
    NOT_CONFIGURED: { description: 'The server does not use one.' },
  },
})

const CircuitStateEnum = builder.enumType('CircuitState', {
  description: 'Whether a system that fails is still asked.',
  values: {
    CLOSED: { value: 'closed', description: 'It is.' },
    OPEN: { value: 'open', description: 'It failed too often in a row, and is left alone for a while.' },
    HALF_OPEN: { value: 'half-open', description: 'A few calls are let through on trial.' },
  } as const,
})

const Breaker = builder.objectRef<NonNullable<HealthTarget['breaker']>>('HealthBreaker').implement({
  description: 'The circuit breaker of a system.',
  fields: (t) => ({
    state: t.expose('state', { type: CircuitStateEnum, description: 'Whether it is still asked.' }),
    failures: t.exposeInt('failures', { description: 'In a row, since it last answered well.' }),
  }),
})

const Target = builder.objectRef<HealthTarget>('HealthTarget').implement({
  description: 'One system that the server needs or uses.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Names it: `database`, or the host of a system elsewhere.' }),
    kind: t.expose('kind', { type: HealthTargetKind, description: 'What it is to the server.' }),
    status: t.expose('status', { type: HealthStatus, description: 'How it answered.' }),
    latencyMs: t.exposeInt('latencyMs', { nullable: true, description: 'Milliseconds until it answered; null when it did not, or was not asked.' }),
    checkedAt: t.expose('checkedAt', { type: 'DateTime', nullable: true, description: 'When it was asked: an answer counts for some seconds. Null when it is not configured.' }),
    message: t.exposeString('message', { nullable: true, description: 'What is wrong; null when nothing is.' }),
    breaker: t.expose('breaker', { type: Breaker, nullable: true, description: 'Null when it is not configured.' }),
  }),
})

const Health = builder.objectRef<HealthReport>('Health').implement({
  description: 'The state of the server and of what it needs.',
  fields: (t) => ({
    status: t.exposeString('status', { description: '`ok`; `degraded` when something fails that the server can do without for a while; `down`.' }),
    version: t.exposeString('version', { description: 'Version of the server.' }),
    mode: t.expose('mode', { type: ServerMode, description: 'What the server can do now.' }),
    database: t.exposeString('database', { description: '`ok`, or what is wrong.' }),
    redis: t.exposeString('redis', { description: '`ok`, `not configured`, or what is wrong.' }),
    migrations: t.exposeString('migrations', { description: '`ok`, or which migrations are missing.' }),
    targets: t.expose('targets', { type: [Target], description: 'Every system that was asked, and those that are not configured.' }),
  }),
})

builder.queryField('health', (t) => t.field({ type: Health, description: 'The state of the server and of what it needs. Needs no key.', resolve: (_root, _args, ctx) => ctx.health() }))
