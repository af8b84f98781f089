import { beforeAll, describe, expect, test } from 'vitest'
import { createServices } from '../services.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { createKeyVerifier, newApiKey } from './keys.ts'

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

const clockAt = (start: string) => {
  let time = Date.parse(start)
  return { now: () => new Date(time), advance: (ms: number) => void (time += ms) }
}

test('a new key has a prefix that finds it, and a bcrypt hash', async () => {
  const { key, prefix, hash } = await newApiKey()
  expect(key).toMatch(/^br_[a-z0-9]{8}_[A-Za-z0-9_-]{32}$/)
  expect(key.split('_')[1]).toBe(prefix)
  expect(hash).toMatch(/^\$2[aby]\$10\$/)
  expect(hash).not.toContain(key)
})

test('keys are hashed at that cost unless the services are made with another one', () => {
  const options = { pool: workspace.pool, health: () => Promise.reject(new Error('not part of this test')) }
  expect(createServices(options).keyHashCost).toBe(10)
  expect(workspace.services.keyHashCost).toBe(4)
})

describe('verifying', () => {
  test('reads the row once a second, and compares the hash once', async () => {
    const clock = clockAt('2026-11-21T20:00:00Z')
    const keys = createKeyVerifier(workspace.services.db, clock)
    const reads = (): number => workspace.takeStatements().filter((text) => text.startsWith('SELECT')).length
    workspace.takeStatements()
    expect(await keys.verify(workspace.apiKey)).toEqual(workspace.actor)
    expect(reads()).toBe(1)
    for (let index = 0; index < 5; index++) expect(await keys.verify(workspace.apiKey)).toEqual(workspace.actor)
    expect(reads()).toBe(0)
    clock.advance(1_000)
    await keys.verify(workspace.apiKey)
    expect(reads()).toBe(1)
  })

  test('a hundred requests at once read the row once; after something of its organisation changed they do not take what was read before', async () => {
    const clock = clockAt('2026-11-21T20:00:00Z')
    const keys = createKeyVerifier(workspace.services.db, clock)
    await keys.verify(workspace.apiKey)
    clock.advance(1_000)
    workspace.takeStatements()
    const all = Array.from({ length: 100 }, () => keys.verify(workspace.apiKey))
    keys.forget(workspace.actor.organisationId)
    const later = keys.verify(workspace.apiKey)
    expect(new Set(await Promise.all(all)).size).toBe(1)
    expect(await later).toEqual(workspace.actor)
    expect(await keys.verify(workspace.apiKey)).toBe(await later)
    expect(workspace.takeStatements().filter((text) => text.startsWith('SELECT'))).toHaveLength(2)
  })

  test('reads the row again when something of its organisation changed here', async () => {
    const keys = createKeyVerifier(workspace.services.db, clockAt('2026-11-21T20:00:00Z'))
    const { actor, apiKey } = await workspace.stranger()
    expect((await keys.verify(apiKey))?.defaultRole).toBe('Viewer')
    await workspace.pool.query("UPDATE organisations SET default_role = 'QA' WHERE id = $1", [actor.organisationId])
    keys.forget(workspace.actor.organisationId)
    expect((await keys.verify(apiKey))?.defaultRole).toBe('Viewer')
    keys.forget(actor.organisationId)
    expect((await keys.verify(apiKey))?.defaultRole).toBe('QA')
  })

  test.each([
    ['no key', 'hello'],
    ['another secret', null],
    ['an unknown prefix', `br_zzzzzzzz_${'a'.repeat(32)}`],
  ])('refuses %s', async (_name, key) => {
    const keys = createKeyVerifier(workspace.services.db, clockAt('2026-11-21T20:00:00Z'))
    expect(await keys.verify(key ?? workspace.apiKey.slice(0, -4) + 'AAAA')).toBeNull()
  })

  test('a disabled, an expired and a replaced key are refused a second later at most', async () => {
    const clock = clockAt('2026-11-21T20:00:00Z')
    const { actor, apiKey } = await workspace.stranger()
    const keys = createKeyVerifier(workspace.services.db, clock)
    const set = (sql: string) => workspace.pool.query(`UPDATE api_keys SET ${sql} WHERE organisation_id = $1`, [actor.organisationId])
    for (const [off, on] of [
      ['enabled = false', 'enabled = true'],
      ["expires_at = '2026-11-21T20:00:00Z'", 'expires_at = NULL'],
    ] as const) {
      expect(await keys.verify(apiKey)).toEqual(actor)
      await set(off)
      clock.advance(1_000)
      expect(await keys.verify(apiKey)).toBeNull()
      await set(on)
      clock.advance(1_000)
    }
    expect(await keys.verify(apiKey)).toEqual(actor)
    await set(`key_hash = '${(await newApiKey(workspace.services.keyHashCost)).hash}'`)
    clock.advance(1_000)
    expect(await keys.verify(apiKey)).toBeNull()
  })

  test('notes the use of a key, at most once a minute', async () => {
    const clock = clockAt('2026-11-22T08:00:00Z')
    const { actor, apiKey } = await workspace.stranger()
    const keys = createKeyVerifier(workspace.services.db, clock)
    const lastUse = async () => (await workspace.pool.query('SELECT last_used_at FROM api_keys WHERE organisation_id = $1', [actor.organisationId])).rows[0].last_used_at?.toISOString()
    await keys.verify(apiKey)
    await expect.poll(lastUse).toBe('2026-11-22T08:00:00.000Z')
    clock.advance(30_000)
    await keys.verify(apiKey)
    clock.advance(40_000)
    await keys.verify(apiKey)
    await expect.poll(lastUse).toBe('2026-11-22T08:01:10.000Z')
  })
})
