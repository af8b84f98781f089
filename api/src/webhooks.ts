/** Webhooks as this server sends them: the channel of the queue, over HTTP. */
import type { Services } from '@buildrunner/schema/context'
import type { Channel } from '@buildrunner/schema/deliveries/worker'
import { createWebhookChannel } from '@buildrunner/schema/webhooks/channel'
import { createWebhookSender } from './adapters/webhook-sender.ts'

/** @param version of the server, as receivers see it in `User-Agent` */
export const createWebhooks = ({ db, clock, vault, events, publicUrl, webhookTargets }: Services, version: string): Channel =>
  createWebhookChannel({ db, clock, vault, events, publicUrl, sender: createWebhookSender({ allowed: webhookTargets }), userAgent: `BuildRunner/${version}` })
