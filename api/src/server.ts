/** HTTP: GraphQL by Yoga, the playground, health and metrics. */
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { EnvelopArmor } from '@escape.tech/graphql-armor'
import type { Context, HealthReport } from '@buildrunner/schema/context'
import { createServices } from '@buildrunner/schema/services'
import { schema } from '@buildrunner/schema'
import type { GraphQLError } from 'graphql'
import { createYoga } from 'graphql-yoga'
import type { Plugin } from 'graphql-yoga'
import type pg from 'pg'
import type { Logger } from 'pino'
import { connectRedis } from './adapters/redis.ts'
import { createContextFactory, requestIdOf } from './context.ts'
import type { ServerContext } from './context.ts'
import type { MigrationStatus } from './database/migrations.ts'
import { createHealth } from './health.ts'
import { limitBody } from './limit-body.ts'
import { renderPlayground } from './playground.ts'
import { useCompiledExecution } from './plugins/use-compiled-execution.ts'
import { useCsrfPrevention } from './plugins/use-csrf-prevention.ts'
import { createErrorMask } from './plugins/use-error-masking.ts'
import { createMetrics } from './plugins/use-metrics.ts'
import { useRequestId } from './plugins/use-request-id.ts'
import { createSockets } from './realtime/sockets.ts'

export interface ServerOptions {
  readonly pool: pg.Pool
  /** Absent: this process serves alone. */
  readonly redisUrl?: string | undefined
  readonly logger: Logger
  readonly version: string
  readonly migrations: () => Promise<MigrationStatus>
}

export interface HttpServer {
  readonly server: Server
  /** Stops accepting, lets running requests finish, closes what this module opened. The pool stays the caller's. */
  close(): Promise<void>
}

type Route = (req: IncomingMessage, res: ServerResponse) => Promise<void>

const onReject = [
  (_context: unknown, error: GraphQLError) => {
    error.extensions['code'] = 'LIMIT_EXCEEDED'
  },
]

/** What a document may be, before anything is executed. */
const armor = new EnvelopArmor({
  maxDepth: { enabled: true, n: 20, flattenFragments: true, ignoreIntrospection: false, onReject },
  maxAliases: { enabled: true, n: 30, onReject },
  maxTokens: { enabled: true, n: 3_000, onReject },
  maxDirectives: { enabled: true, n: 50, onReject },
  costLimit: { enabled: false },
  blockFieldSuggestion: { enabled: false },
})

function createGraphQL(options: ServerOptions, contextOf: (context: ServerContext) => Promise<Context>, plugins: Plugin[]) {
  return createYoga<ServerContext, Context>({
    schema,
    context: contextOf,
    logging: false,
    landingPage: false,
    graphqlEndpoint: '/graphql',
    graphiql: {},
    renderGraphiQL: renderPlayground as never,
    maskedErrors: { maskError: createErrorMask(options.logger), errorMessage: 'Something went wrong on our side.' },
    // bearer keys, never cookies: any origin may ask, with a key of its own
    cors: { origin: '*', credentials: false, maxAge: 86_400 },
    plugins: [useRequestId(), useCsrfPrevention(), ...(armor.protect().plugins as Plugin[]), ...plugins, useCompiledExecution()],
  })
}

async function answer(res: ServerResponse, status: number, type: string, body: string): Promise<void> {
  res.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}

function createRoutes(health: () => Promise<HealthReport>, metrics: { contentType: string; metrics(): Promise<string> }): ReadonlyMap<string, Route> {
  return new Map<string, Route>([
    ['/api/health', async (_req, res) => {
      const report = await health()
      return answer(res, report.status === 'down' ? 503 : 200, 'application/json', JSON.stringify(report))
    }],
    ['/metrics', async (_req, res) => answer(res, 200, metrics.contentType, await metrics.metrics())],
    ['/', async (_req, res) => {
      res.writeHead(302, { location: '/graphql' }).end()
    }],
  ])
}

/**
 * Builds the HTTP server; it does not listen yet.
 *
 * @throws StartupError `redisUnreachable` when REDIS_URL is given and does not answer.
 */
export async function createHttpServer(options: ServerOptions): Promise<HttpServer> {
  const { pool, logger } = options
  const redis = options.redisUrl === undefined ? null : await connectRedis(options.redisUrl, logger)
  const health = createHealth(options, redis)
  const services = createServices({ pool, health, ...(redis && { events: redis }) })
  const metrics = createMetrics(pool)
  const yoga = createGraphQL(options, createContextFactory(services), [metrics.plugin])
  const routes = createRoutes(health, metrics.registry)

  const server = createServer((req, res) => {
    limitBody(req, res)
    const path = (req.url ?? '/').split('?', 1)[0] as string
    const route = req.method === 'GET' || req.method === 'HEAD' ? routes.get(path) : undefined
    const handled = route === undefined ? yoga(req, res, { req } as never) : route(req, res)
    Promise.resolve(handled).catch((error: unknown) => {
      logger.error({ err: error, requestId: requestIdOf(req) }, 'request failed')
      if (res.headersSent) res.destroy()
      else void answer(res, 500, 'application/json', JSON.stringify({ errors: [{ message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL', requestId: requestIdOf(req) } }] }))
    })
  })
  const sockets = createSockets({ yoga, keys: services.keys, mask: createErrorMask(logger), logger })
  server.on('upgrade', (req, socket, head) => sockets.upgrade(req, socket, head))
  return {
    server,
    async close() {
      // sockets first: closed with 1001 they resume elsewhere; then what follows the log over server-sent events
      await sockets.close()
      services.log.close()
      await new Promise<void>((resolve) => {
        if (!server.listening) return resolve()
        server.close(() => resolve())
        server.closeIdleConnections()
      })
      metrics.close()
      await redis?.close()
    },
  }
}
