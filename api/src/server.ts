/** HTTP: GraphQL by Yoga, the REST facade over it, the playground and metrics. */
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EnvelopArmor } from '@escape.tech/graphql-armor'
import type { Context } from '@buildrunner/schema/context'
import type { AuditSigner } from '@buildrunner/schema/audit/signing'
import { createEventChannel } from '@buildrunner/schema/events/channel'
import { createServices } from '@buildrunner/schema/services'
import type { Mailer } from '@buildrunner/schema/shared/mail'
import type { OperatorPolicy } from '@buildrunner/schema/shared/operator-policy'
import type { Vault } from '@buildrunner/schema/shared/vault'
import type { AllowedTargets } from '@buildrunner/schema/webhooks/addresses'
import { schema } from '@buildrunner/schema'
import type { GraphQLError } from 'graphql'
import { createYoga } from 'graphql-yoga'
import type { Plugin } from 'graphql-yoga'
import type pg from 'pg'
import type { Logger } from 'pino'
import { createRedisPresence } from './adapters/redis-presence.ts'
import { connectRedis } from './adapters/redis.ts'
import type { SmtpMailer } from './adapters/smtp.ts'
import { createAddressReader } from './client-address.ts'
import type { TrustedProxies } from './client-address.ts'
import { startAudit } from './audit.ts'
import { actorOf, createContextFactory, requestIdOf } from './context.ts'
import type { RequestHead, ServerContext } from './context.ts'
import type { Failover } from './database/failover.ts'
import type { MigrationStatus } from './database/migrations.ts'
import { createHealth } from './health/health.ts'
import type { ProbedSystems } from './health/health.ts'
import { measureHealth } from './health/metrics.ts'
import { limitBody } from './limit-body.ts'
import { createAttempts } from './limits/attempts.ts'
import { RATE_LIMIT_HEADERS } from './limits/headers.ts'
import { createPoints } from './limits/points.ts'
import { shareThrough } from './limits/share.ts'
import { createMailbox, isMailbox } from './mailbox.ts'
import { startNotifications } from './notifications.ts'
import type { Mailbox } from './mailbox.ts'
import { accountPage } from './pages/account.ts'
import { mailedLink } from './pages/mailed-link.ts'
import { unsubscribePage } from './pages/unsubscribe.ts'
import { renderPlayground } from './playground.ts'
import { useCompiledExecution } from './plugins/use-compiled-execution.ts'
import { useCsrfPrevention } from './plugins/use-csrf-prevention.ts'
import { MODE_HEADER, createDegradedMode } from './plugins/use-degraded-mode.ts'
import { createErrorMask } from './plugins/use-error-masking.ts'
import { createMetrics } from './plugins/use-metrics.ts'
import { IMPERSONATION_HEADER, createImpersonationBanners } from './plugins/use-impersonation.ts'
import { WARNINGS_HEADER, createPolicyWarnings } from './plugins/use-policy-warnings.ts'
import { createRateLimits } from './plugins/use-rate-limits.ts'
import { useRequestId } from './plugins/use-request-id.ts'
import { useSharedExecution } from './plugins/use-shared-execution.ts'
import { createTrustedDocuments, mayExecuteText, useTrustedDocuments } from './plugins/use-trusted-documents.ts'
import type { TrustedDocumentsMode } from './plugins/use-trusted-documents.ts'
import { createPlaces } from './realtime/places.ts'
import { createSockets } from './realtime/sockets.ts'
import { createRestFacade } from './rest/index.ts'
import { useRest } from './rest/use-rest.ts'
import { createSite } from './site/site.ts'
import type { Site } from './site/site.ts'

export interface ServerOptions {
  readonly pool: pg.Pool
  /** What `pool` connects to when the primary is away. Default: nothing. */
  readonly failover?: Failover | undefined
  /** Absent: this process serves alone. */
  readonly redisUrl?: string | undefined
  /** Default: what governance/policy.yml of a fresh checkout says. */
  readonly operator?: OperatorPolicy
  /** Default: none. */
  readonly trustedProxies?: TrustedProxies
  readonly logger: Logger
  readonly version: string
  readonly migrations: () => Promise<MigrationStatus>
  /** Default: `optional`. */
  readonly trustedDocuments?: TrustedDocumentsMode
  /** Signs checkpoints of the audit log. Absent: records wait for another process to give them their place. */
  readonly auditSigner?: AuditSigner | undefined
  /** Default: a mail-box of its own, shown at /mailbox. */
  readonly mail?: Mailer | Mailbox
  /** Outside systems that the health check asks. Default: none. */
  readonly probed?: ProbedSystems
  /** What the database keeps encrypted. Default: under a key that dies with the process. */
  readonly vault?: Vault
  /** Where webhooks may lead to beside the public internet. Default: nowhere. */
  readonly webhookTargets?: AllowedTargets | undefined
  /** Address of this server in mails. Default: where it listens. */
  readonly publicUrl?: string | undefined
  /** True: makes notifications, and delivers mails and webhooks. Default: other processes do. */
  readonly notifies?: boolean
  /** The folder of the releases' manifests. Default: none, only the current catalogue is known. */
  readonly releases?: string
  /** The folder of documentation and console. Default: none, `/` leads to the playground. */
  readonly site?: string
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

function createGraphQL(options: ServerOptions, contextOf: (context: ServerContext) => Promise<Context>, plugins: Plugin[], degraded: Plugin) {
  return createYoga<ServerContext, Context>({
    schema,
    context: contextOf,
    logging: false,
    landingPage: false,
    // limitBody counts what arrives; Yoga's own count would pipe each body through a stream for it
    maxRequestBodySize: false,
    graphqlEndpoint: '/graphql',
    graphiql: {},
    renderGraphiQL: renderPlayground as never,
    maskedErrors: { maskError: createErrorMask(options.logger), errorMessage: 'Something went wrong on our side.' },
    // bearer keys, never cookies: any origin may ask, with a key of its own
    cors: { origin: '*', credentials: false, maxAge: 86_400, exposedHeaders: [...RATE_LIMIT_HEADERS, IMPERSONATION_HEADER, MODE_HEADER, WARNINGS_HEADER, 'x-request-id'] },
    plugins: [useRequestId(), useCsrfPrevention(), ...(armor.protect().plugins as Plugin[]), ...plugins, useCompiledExecution(), useSharedExecution(), degraded, useRest()],
  })
}

async function answer(res: ServerResponse, status: number, type: string, body: string): Promise<void> {
  res.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}

function createRoutes(metrics: { contentType: string; metrics(): Promise<string> }): ReadonlyMap<string, Route> {
  return new Map<string, Route>([
    ['/metrics', async (_req, res) => answer(res, 200, metrics.contentType, await metrics.metrics())],
  ])
}

/** Without documentation and console, the playground is what there is to look at. */
const withoutSite: Site = {
  hasConsole: () => false,
  answer: async (_req, res, path) => path === '/' && (res.writeHead(302, { location: '/graphql' }).end(), true),
}

const isSmtp = (mail: ServerOptions['mail']): mail is SmtpMailer => mail !== undefined && 'verify' in mail

/** Where it listens, for links that this machine opens. */
function addressOfServer(server: Server): string {
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

/**
 * Builds the HTTP server; it does not listen yet.
 *
 * @throws StartupError `redisUnreachable` when REDIS_URL is given and does not answer.
 */
export async function createHttpServer(options: ServerOptions): Promise<HttpServer> {
  const { pool, logger } = options
  const redis = options.redisUrl === undefined ? null : await connectRedis(options.redisUrl, logger)
  const channel = redis ?? createEventChannel()
  const health = createHealth({ ...options, redis, mail: isSmtp(options.mail) ? options.mail : undefined, systems: options.probed })
  const mail = options.mail ?? createMailbox()
  const publicUrl = (): string => options.publicUrl ?? addressOfServer(server)
  const services = createServices({ pool, health, operator: options.operator, mail, publicUrl, ...(options.vault && { vault: options.vault }), ...(options.webhookTargets && { webhookTargets: options.webhookTargets }),
    events: channel, ...(redis && { presence: await createRedisPresence({ redis, logger }) }) })
  const addressOf = createAddressReader(options.trustedProxies)
  const metrics = createMetrics(pool)
  const documents = createTrustedDocuments({ schema, mode: options.trustedDocuments, releases: options.releases })
  const guessed = (req: RequestHead): GraphQLError | null => limits.countGuess(addressOf(req))
  const maySendText = async ({ req }: ServerContext) => mayExecuteText(await actorOf(req.headers.authorization, services.credentials, () => guessed(req)))
  const points = createPoints({ share: redis === null ? undefined : shareThrough(redis.client) })
  const banners = createImpersonationBanners()
  const warnings = createPolicyWarnings()
  const degraded = createDegradedMode(options.failover)
  const limits = createRateLimits({ schema, operator: services.operator, points, attempts: createAttempts(services.operator.rates, redis?.client) })
  const yoga = createGraphQL(options, createContextFactory(services, addressOf, guessed), [useTrustedDocuments(documents, maySendText), metrics.plugin, limits.plugin, banners.plugin, warnings.plugin], degraded.plugin)
  const routes = createRoutes(metrics.registry)
  const rest = createRestFacade({ yoga, logger, version: options.version, headersOf: (req) => ({ ...limits.headersOf(req), ...banners.headersOf(req), ...warnings.headersOf(req), ...degraded.headers() }) })

  const site = options.site === undefined ? withoutSite : createSite({ folder: options.site, publicUrl })
  const server = createServer((req, res) => {
    if (!limitBody(req, res)) return
    const path = (req.url ?? '/').split('?', 1)[0] as string
    if (isMailbox(mail) && mail.handles(path)) return mail.answer(req, res)
    const isRead = req.method === 'GET' || req.method === 'HEAD'
    const graphql = async (): Promise<void> => void (await yoga(req, res, { req } as never))
    const route = (isRead ? mailedLink({ hasConsole: site.hasConsole, publicUrl }, path) : undefined) ?? accountPage(yoga, path) ?? unsubscribePage(services, path, addressOf) ?? (isRead ? routes.get(path) : undefined)
    const fromSite = async (): Promise<void> => void ((await site.answer(req, res, path)) || (await graphql()))
    const handled = route !== undefined ? route(req, res) : rest.handles(path) ? rest.handle(req, res) : isRead && path !== '/graphql' ? fromSite() : graphql()
    Promise.resolve(handled).catch((error: unknown) => {
      logger.error({ err: error, requestId: requestIdOf(req) }, 'request failed')
      if (res.headersSent) res.destroy()
      else void answer(res, 500, 'application/json', JSON.stringify({ errors: [{ message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL', requestId: requestIdOf(req) } }] }))
    })
  })
  const places = createPlaces(services.operator.realtime)
  const sockets = createSockets({ yoga, credentials: services.credentials, guessed, documents, mask: createErrorMask(logger), logger, limits: services.operator.realtime, places, addressOf })
  server.on('upgrade', (req, socket, head) => sockets.upgrade(req, socket, head))
  measureHealth(metrics, health)
  metrics.gauge('buildrunner_websockets', 'Open WebSockets.', () => sockets.count())
  metrics.gauge('buildrunner_event_subscribers', 'Subscriptions to events, over WebSocket and server-sent events.', () => services.log.count().followers)
  metrics.gauge('buildrunner_presence_devices', 'Devices that are present and send their heartbeats to this process.', () => services.presence.count().devices)
  metrics.gauge('buildrunner_presence_subscribers', 'Subscriptions to presence, over WebSocket and server-sent events.', () => services.presence.count().followers)
  const notifications = options.notifies === true ? startNotifications({ services, channel, version: options.version, metrics, logger, server }) : undefined
  const audit = startAudit({ services, signer: options.auditSigner, metrics, logger, server })
  return {
    server,
    async close() {
      // sockets first: closed with 1001 they resume elsewhere; then what follows the log over server-sent events
      await sockets.close()
      services.log.close()
      services.presence.close()
      await new Promise<void>((resolve) => {
        if (!server.listening) return resolve()
        server.close(() => resolve())
        server.closeIdleConnections()
      })
      await services.keyUses.flush()
      await services.refusals.close()
      await notifications?.stop()
      await audit.stop()
      points.close()
      metrics.close()
      await redis?.close()
    },
  }
}
