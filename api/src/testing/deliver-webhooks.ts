/** A process that delivers what is queued, for tests that kill it: `DATABASE_URL`, `VAULT` (the key, base64), `AHEAD_MS` (of its clock). */
import { createDeliveryWorker } from '@buildrunner/schema/deliveries/worker'
import { createServices } from '@buildrunner/schema/services'
import { createVault } from '@buildrunner/schema/shared/vault'
import { parseAllowedTargets } from '@buildrunner/schema/webhooks/addresses'
import pg from 'pg'
import { createWebhooks } from '../webhooks.ts'

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] })
const services = createServices({
  pool, clock: { now: () => new Date(Date.now() + Number(process.env['AHEAD_MS'])) }, vault: createVault(Buffer.from(process.env['VAULT'] ?? '', 'base64')), webhookTargets: parseAllowedTargets('127.0.0.0/8'),
  health: () => Promise.reject(new Error('not part of this')),
})
const webhook = createWebhooks(services, 'test')
await createDeliveryWorker({
  db: services.db, clock: services.clock, channels: { webhook, email: webhook }, backoff: { minMs: 1_000, maxMs: 1_000, factor: 1, jitter: true, maxAttempts: 1 },
  onError(error) {
    throw error
  },
}).run()
await pool.end()
