/** Every operation of notifications over REST, once. */
import { expect } from 'vitest'
import type { CallRest } from './rest.ts'

export async function walkNotifications(call: CallRest): Promise<void> {
  const at = '/api/projects/website'
  expect((await call(`POST ${at}/watch`, { body: { item_id: 'T-12' } })).body.interest).toMatchObject({ item_key: 'T-12', thread_id: null, level: 'watching' })
  expect((await call(`POST ${at}/mute`, { body: {} })).body.interest).toMatchObject({ item_key: null, level: 'muted' })
  expect((await call('GET /api/notifications/interests')).body).toHaveLength(2)
  expect((await call(`POST ${at}/unwatch`, { body: {} })).body.interest.level).toBeNull()
  expect((await call('GET /api/notifications/settings')).body).toMatchObject({ low: 'off', high: 'immediate' })
  expect((await call('PATCH /api/notifications/settings', { body: { normal: 'digest_hourly' } })).body.settings.normal).toBe('digest_hourly')
  expect((await call('GET /api/notifications?unread=true')).body).toMatchObject({ notifications: [], unread_count: 0, total_count: 0 })
  expect((await call('POST /api/notifications/read', { body: { all: true } })).body.unread_count).toBe(0)
  expect((await call('POST /api/notifications/read', { body: { ids: ['ntf_01a2008b71a07f2ebe4265f046903171'] } })).status).toBe(404)
}
