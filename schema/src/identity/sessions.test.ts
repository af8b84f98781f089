import { beforeAll, describe, expect, test } from 'vitest'
import { newUuid } from '../shared/ids.ts'
import { may, requirePermission } from '../shared/permissions.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { newToken } from '../shared/tokens.ts'
import { createSessionVerifier, insertSession } from './sessions.ts'
import type { NewSession } from './sessions.ts'

const START = Date.parse('2026-11-21T20:00:00Z')
const clockAt = (start: number) => {
  let time = start
  return { now: () => new Date(time), advance: (ms: number) => void (time += ms) }
}

let workspace: TestWorkspace
beforeAll(async () => {
  workspace = await createTestWorkspace()
})

async function open(row: Partial<NewSession> = {}): Promise<{ token: string; id: string }> {
  const { token, hash } = newToken('bs')
  const session: NewSession = {
    id: newUuid(), userId: workspace.actor.userId, organisationId: workspace.actor.organisationId, tokenHash: hash, mfa: false, impersonationId: null,
    expiresAt: new Date(START + 3_600_000), createdAt: new Date(START), address: null, userAgent: null, ...row,
  }
  await insertSession(workspace.services.db, session)
  return { token, id: session.id }
}

const reads = (): number => workspace.takeStatements().filter((text) => text.startsWith('SELECT s.id')).length

test('a token has 256 random bits, and the row keeps its SHA-256 only', () => {
  const { token, hash } = newToken('bs')
  expect(token).toMatch(/^bs_[A-Za-z0-9_-]{43}$/)
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
})

describe('verifying', () => {
  test('gives the person with what their role may do, and reads once a second however many ask', async () => {
    const clock = clockAt(START)
    const sessions = createSessionVerifier(workspace.services.db, clock)
    const { token, id } = await open()
    reads()
    const actors = await Promise.all([1, 2, 3].map(() => sessions.verify(token)))
    expect(actors[0]).toMatchObject({ sessionId: id, apiKeyId: null, organisationRole: 'TenantAdmin', restriction: null, impersonator: null })
    expect(reads()).toBe(1)
    clock.advance(999)
    await sessions.verify(token)
    expect(reads()).toBe(0)
    clock.advance(1)
    await sessions.verify(token)
    expect(reads()).toBe(1)
  })

  test.each(['bs_short', 'br_abcdefgh_x', `bs_${'a'.repeat(43)}`])('knows nobody by %s', async (token) => {
    expect(await createSessionVerifier(workspace.services.db, clockAt(START)).verify(token)).toBeNull()
  })

  test('ends when the session expires', async () => {
    const clock = clockAt(START)
    const sessions = createSessionVerifier(workspace.services.db, clock)
    const { token } = await open({ expiresAt: new Date(START + 2_000) })
    expect(await sessions.verify(token)).not.toBeNull()
    clock.advance(2_000)
    expect(await sessions.verify(token)).toBeNull()
  })

  test('ends within a second of a revocation, in every process', async () => {
    const clock = clockAt(START)
    const [here, elsewhere] = [createSessionVerifier(workspace.services.db, clock), createSessionVerifier(workspace.services.db, clock)]
    const { token, id } = await open()
    for (const process of [here, elsewhere]) expect(await process.verify(token)).not.toBeNull()
    await workspace.pool.query('DELETE FROM sessions WHERE id = $1', [id])
    clock.advance(1_000)
    for (const process of [here, elsewhere]) expect(await process.verify(token)).toBeNull()
  })

  test('notes the use once a minute', async () => {
    const clock = clockAt(START)
    const sessions = createSessionVerifier(workspace.services.db, clock)
    const { token, id } = await open()
    const lastUse = async (): Promise<number> => (await workspace.pool.query('SELECT last_used_at FROM sessions WHERE id = $1', [id])).rows[0].last_used_at?.getTime() - START
    await sessions.verify(token)
    await expect.poll(lastUse).toBe(0)
    workspace.takeStatements()
    clock.advance(59_000)
    await sessions.verify(token)
    clock.advance(1_000)
    await sessions.verify(token)
    await expect.poll(lastUse).toBe(60_000)
    expect(workspace.takeStatements().filter((text) => text.startsWith('UPDATE sessions')).length).toBe(1)
  })
})

describe('a session that may only do what concerns the person', () => {
  const refusal = async (token: string): Promise<unknown> => {
    const actor = await createSessionVerifier(workspace.services.db, clockAt(START)).verify(token)
    expect(may(actor!, 'projects.read')).toBe(false)
    expect(actor).toMatchObject({ organisationId: '00000000-0000-0000-0000-000000000000', platformRole: null, defaultRole: null })
    try {
      return requirePermission({ ...workspace.services, actor }, 'projects.read')
    } catch (error) {
      return error
    }
  }

  test('has no organisation', async () => {
    expect(await refusal((await open({ organisationId: null })).token)).toMatchObject({ code: 'ORGANISATION_REQUIRED', permission: 'projects.read' })
  })

  test('has no second factor where the organisation asks for one', async () => {
    const [weak, strong] = [await open(), await open({ mfa: true })]
    await workspace.pool.query('UPDATE organisations SET require_mfa = true')
    expect(await refusal(weak.token)).toMatchObject({ code: 'MFA_REQUIRED' })
    expect(await createSessionVerifier(workspace.services.db, clockAt(START)).verify(strong.token)).toMatchObject({ restriction: null })
    await workspace.pool.query('UPDATE organisations SET require_mfa = false')
  })
})

test('a session that impersonates names who acts, and ends with the impersonation', async () => {
  const clock = clockAt(START)
  const sessions = createSessionVerifier(workspace.services.db, clock)
  const impersonationId = newUuid()
  const { actor: { userId: adminId } } = await workspace.stranger()
  await workspace.pool.query("UPDATE users SET platform_role = 'SupportAgent' WHERE id = $1", [adminId])
  await workspace.pool.query('INSERT INTO impersonations (id, organisation_id, admin_id, user_id, reason, started_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
    impersonationId, workspace.actor.organisationId, adminId, workspace.actor.userId, 'Ticket 7', new Date(START), new Date(START + 60_000),
  ])
  const { token } = await open({ impersonationId })
  expect(await sessions.verify(token)).toMatchObject({ userId: workspace.actor.userId, impersonator: { userId: adminId, name: 'Eve', impersonationId, reason: 'Ticket 7', endsAt: new Date(START + 60_000) } })
  clock.advance(60_000)
  expect(await sessions.verify(token)).toBeNull()
})

test('watching tells once when the session is gone, or may no longer do what it could', async () => {
  const clock = { now: () => new Date(START) }
  const sessions = createSessionVerifier(workspace.services.db, clock)
  const { token, id } = await open()
  const actor = (await sessions.verify(token))!
  const lapse = (): Promise<void> => new Promise((resolve) => sessions.watch(actor, (now) => now.organisationRole === 'TenantAdmin', () => resolve()))
  const changed = lapse()
  await workspace.pool.query("UPDATE members SET role = 'Member' WHERE user_id = $1", [actor.userId])
  await changed
  await workspace.pool.query("UPDATE members SET role = 'TenantAdmin' WHERE user_id = $1", [actor.userId])
  const gone = lapse()
  await workspace.pool.query('DELETE FROM sessions WHERE id = $1', [id])
  await gone
})
