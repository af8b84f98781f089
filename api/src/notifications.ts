/** Notifications and deliveries in the life of a server: made behind the writes while it listens, and measured. */
import type { Server } from 'node:http'
import type { EventChannel, Services } from '@buildrunner/schema/context'
import { createDeliveryWorker } from '@buildrunner/schema/deliveries/worker'
import { createEmailChannel } from '@buildrunner/schema/notifications/channel'
import { expireApprovals } from '@buildrunner/schema/governance/expire'
import { noticeExpiringKeys, queueDigests } from '@buildrunner/schema/notifications/chores'
import { createDispatcher, dispatchBacklog } from '@buildrunner/schema/notifications/dispatcher'
import { notify } from '@buildrunner/schema/notifications/notify'
import { createTicker } from '@buildrunner/schema/shared/ticker'
import { webhookConsumer } from '@buildrunner/schema/webhooks/consumer'
import type { Logger } from 'pino'
import type { Metrics } from './plugins/use-metrics.ts'
import { createWebhooks } from './webhooks.ts'

export interface NotificationsOptions {
  readonly services: Services
  /** Announcements, of this process and of others. */
  readonly channel: EventChannel
  readonly version: string
  readonly metrics: Pick<Metrics, 'gauge'>
  readonly logger: Pick<Logger, 'error'>
  readonly server: Pick<Server, 'once'>
}

const CHORES_MS = 60_000

/** Works from when the server listens, until it is stopped; then what was begun is brought to its end. */
export function startNotifications({ services, channel, version, metrics, logger, server }: NotificationsOptions): { stop(): Promise<void> } {
  const { db, clock, operator } = services
  const failed = (what: string) => (error: unknown): void => logger.error({ err: error }, what)
  const worker = createDeliveryWorker({
    db, clock, backoff: operator.deliveries, channels: { email: createEmailChannel(services), webhook: createWebhooks(services, version) }, onError: failed('deliveries could not be taken or finished; trying again'),
  })
  const dispatcher = createDispatcher({
    db, channel, clock, consumers: [notify, webhookConsumer], onError: failed('events could not be dispatched; trying again'), onDispatched: () => worker.wake(),
  })
  const chores = createTicker(CHORES_MS, async () => {
    const now = clock.now()
    if ((await queueDigests(db, now)) > 0) worker.wake()
    for (const { id, sequence } of [...(await noticeExpiringKeys(db, now)), ...(await expireApprovals(db, now))]) channel.publish(id, sequence)
  })
  // a database that does not answer must not keep the other figures back
  metrics.gauge('buildrunner_dispatch_pending', 'Events that no notification or webhook was made of yet.', () => dispatchBacklog(db).catch(() => Number.NaN))
  server.once('listening', () => {
    dispatcher.start()
    worker.start()
    chores.start()
  })
  return {
    async stop() {
      await Promise.all([chores.stop(), dispatcher.stop()])
      await worker.stop()
    },
  }
}
