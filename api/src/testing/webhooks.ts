/** Every operation of webhooks over REST, once. */
import { expect } from 'vitest'
import type { CallRest } from './rest.ts'

export async function walkWebhooks(call: CallRest): Promise<void> {
  const made = await call('POST /api/projects/website/webhooks', { body: { url: 'https://hooks.example.com/in', kinds: ['comment.*'] } })
  expect([made.status, made.headers.get('location')]).toEqual([201, `/api/webhooks/${made.body.webhook.id}`])
  expect(made.body.secret).toMatch(/^whsec_/)
  const path = `/api/webhooks/${made.body.webhook.id}`
  expect((await call(`GET ${path}`)).body).toEqual(made.body.webhook)
  expect((await call('GET /api/projects/website/webhooks')).body).toMatchObject({ webhooks: [{ url: 'https://hooks.example.com/in', old_secret_until: null }], total_count: 1 })
  expect((await call(`PATCH ${path}`, { body: { kinds: null } })).body.webhook.kinds).toEqual([])
  expect((await call(`POST ${path}/rotate-secret`, { body: { grace_seconds: 60 } })).body.secret).not.toBe(made.body.secret)
  const { delivery } = (await call(`POST ${path}/test`)).body
  expect((await call(`GET ${path}/deliveries`)).body.deliveries.map((one: { id: string }) => one.id)).toContain(delivery.id)
  expect((await call(`POST /api/deliveries/${delivery.id}/replay`)).body.delivery.id).toBe(delivery.id)
  expect((await call(`POST ${path}/deliveries/replay`, { body: { since: '2026-01-01T00:00:00Z' } })).body.count).toBeGreaterThanOrEqual(0)
  expect((await call(`DELETE ${path}`)).body.webhook_id).toBe(made.body.webhook.id)
  expect((await call(`GET ${path}`)).status).toBe(404)
}
