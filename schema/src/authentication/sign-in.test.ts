import { generate } from 'otplib'
import { beforeAll, describe, expect, test } from 'vitest'
import { createCredentialVerifier } from '../identity/credentials.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { PASSWORD, adjustableClock, mutate, people, tokenIn } from './testing/people.ts'

let workspace: TestWorkspace
let auth: ReturnType<typeof people>
const clock = adjustableClock()
beforeAll(async () => {
  workspace = await createTestWorkspace({ clock })
  auth = people(workspace)
})

const LOCK_MS = 15 * 60_000
const records = async (action: string, who: string): Promise<any[]> =>
  (await workspace.pool.query('SELECT r.* FROM audit_records r WHERE action = $1 AND personal LIKE $2 ORDER BY created_at, id', [action, `%${who}%`])).rows
const codeFor = (secret: string): Promise<string> => generate({ secret, epoch: clock.now().getTime() / 1_000 })
const STEP_MS = 30_000

describe('failing to sign in', () => {
  test.each(['locked@example.com', 'unknown@example.com'])('locks %s after five failures, for the right password too, and ends by itself', async (email) => {
    if (email.startsWith('locked')) await auth.verified(email, { organisationName: 'Locked' })
    const wrong = (): Promise<any> => auth.signIn(email, 'wrong wrong wrong')
    for (let failure = 1; failure < 5; failure++) expect((await wrong()).code).toBe('INVALID_CREDENTIALS')
    expect((await wrong()).code).toBe('ACCOUNT_LOCKED')
    expect((await auth.signIn(email)).code).toBe('ACCOUNT_LOCKED')
    clock.advance(LOCK_MS)
    expect((await auth.signIn(email)).code).toBe(email.startsWith('locked') ? undefined : 'INVALID_CREDENTIALS')
  })

  test('leaves aggregated records: in the chain of the organisation, or of the platform for nobody', async () => {
    const [known, unknown] = [await records('session.signInFailed', 'locked@'), await records('session.signInFailed', 'unknown@')]
    expect(known.map(({ details }) => JSON.parse(details))).toEqual([{ attempts: 1, locked: false }, { attempts: 4, locked: true }, { attempts: 1, locked: false }].slice(0, known.length))
    expect(known.length).toBeGreaterThanOrEqual(2)
    expect(new Set(known.map(({ organisation_id }) => organisation_id)).size).toBe(1)
    expect(known[0].organisation_id).not.toMatch(/^0{8}/)
    expect(known[0]).toMatchObject({ actor_id: null, target_type: 'user' })
    expect(unknown[0]).toMatchObject({ actor_id: null, target_id: null, organisation_id: '00000000-0000-0000-0000-000000000000' })
  })

  test('guesses made at the same time count one after another', async () => {
    await auth.verified('parallel@example.com')
    const answers = await Promise.all(Array.from({ length: 12 }, () => auth.signIn('parallel@example.com', 'wrong wrong wrong')))
    expect(answers.filter(({ code }) => code === 'INVALID_CREDENTIALS')).toHaveLength(4)
    expect(answers.filter(({ code }) => code === 'ACCOUNT_LOCKED')).toHaveLength(8)
    clock.advance(LOCK_MS)
  })

  test('success ends a row of failures', async () => {
    await auth.verified('row@example.com')
    for (let round = 0; round < 3; round++) {
      for (let failure = 0; failure < 4; failure++) await auth.signIn('row@example.com', 'wrong wrong wrong')
      expect((await auth.signIn('row@example.com')).token).toMatch(/^bs_/)
    }
  })
})

describe('a second factor', () => {
  let secret: string
  let recoveryCodes: string[]
  let token: string

  test('is enabled with the password, and confirmed with a first code', async () => {
    token = (await auth.session('totp@example.com', { organisationName: 'Totp' })).token
    const ctx = await auth.as(token)
    expect((await mutate(workspace, 'enableTwoFactor', { input: { password: 'wrong wrong wrong' }, ctx })).code).toBe('INVALID_CREDENTIALS')
    const made = await mutate(workspace, 'enableTwoFactor', { input: { password: PASSWORD }, select: 'otpauthUri secret recoveryCodes', ctx })
    ;({ secret, recoveryCodes } = made as any)
    expect(recoveryCodes).toHaveLength(10)
    expect((await auth.signIn('totp@example.com')).token).toMatch(/^bs_/)
    expect((await mutate(workspace, 'confirmTwoFactor', { input: { code: '000000' }, ctx })).code).toBe('CODE_INVALID')
    expect((await mutate(workspace, 'confirmTwoFactor', { input: { code: await codeFor(secret) }, ctx })).code).toBeUndefined()
    expect(JSON.stringify((await workspace.pool.query('SELECT * FROM two_factors')).rows)).not.toContain(secret)
  })

  test('is asked for, and a code works once', async () => {
    clock.advance(STEP_MS)
    const first = await auth.signIn('totp@example.com')
    expect(first).toMatchObject({ token: null, challenge: { token: expect.any(String) } })
    const code = await codeFor(secret)
    expect((await auth.complete(first.challenge.token, '000000')).code).toBe('CODE_INVALID')
    const done = await auth.complete(first.challenge.token, code)
    expect(done.token).toMatch(/^bs_/)
    const again = await auth.signIn('totp@example.com')
    expect((await auth.complete(again.challenge.token, code)).code).toBe('CODE_INVALID')
    clock.advance(STEP_MS)
    expect((await auth.complete(first.challenge.token, await codeFor(secret))).code).toBe('CODE_INVALID')
    expect((await auth.complete(again.challenge.token, await codeFor(secret))).token).toMatch(/^bs_/)
  })

  test('can be a recovery code, once, however it is typed', async () => {
    const typed = recoveryCodes[0]!.toLowerCase().replaceAll('-', ' ')
    const challenge = async (): Promise<string> => (await auth.signIn('totp@example.com')).challenge.token
    expect((await auth.complete(await challenge(), typed)).token).toMatch(/^bs_/)
    expect((await auth.complete(await challenge(), typed)).code).toBe('CODE_INVALID')
    const ctx = await auth.as(token)
    const { recoveryCodes: fresh } = await mutate(workspace, 'regenerateRecoveryCodes', { input: { password: PASSWORD }, select: 'recoveryCodes', ctx })
    expect((await auth.complete(await challenge(), recoveryCodes[1]!)).code).toBe('CODE_INVALID')
    expect((await auth.complete(await challenge(), fresh[1])).token).toMatch(/^bs_/)
  })

  test('guessing it locks, as guessing the password does', async () => {
    for (let guess = 1; guess <= 5; guess++) {
      const { challenge } = await auth.signIn('totp@example.com')
      expect((await auth.complete(challenge.token, '000000')).code).toBe(guess < 5 ? 'CODE_INVALID' : 'ACCOUNT_LOCKED')
    }
    expect((await auth.signIn('totp@example.com')).code).toBe('ACCOUNT_LOCKED')
    clock.advance(LOCK_MS)
  })

  test('is what an organisation may ask for: without it a session reaches the person alone', async () => {
    await workspace.pool.query("UPDATE organisations SET require_mfa = true WHERE name = 'Totp'")
    await workspace.pool.query(`UPDATE two_factors SET confirmed_at = NULL`)
    const weak = await auth.as((await auth.signIn('totp@example.com')).token)
    const { errors } = await workspace.run<any>('{ projects(first: 1) { nodes { id } } }', {}, weak)
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'MFA_REQUIRED' })
    expect((await mutate(workspace, 'createProject', { input: { name: 'x' }, ctx: weak })).code).toBe('MFA_REQUIRED')
    const { data } = await workspace.run<any>('{ currentSession { restriction twoFactorEnabled organisations { name requiresSecondFactor current } } }', {}, weak)
    expect(data.currentSession).toEqual({ restriction: 'MFA_REQUIRED', twoFactorEnabled: false, organisations: [{ name: 'Totp', requiresSecondFactor: true, current: true }] })
    const { secret: fresh } = await mutate(workspace, 'enableTwoFactor', { input: { password: PASSWORD }, select: 'secret', ctx: weak })
    await mutate(workspace, 'confirmTwoFactor', { input: { code: await codeFor(fresh) }, ctx: weak })
    clock.advance(STEP_MS)
    const { challenge } = await auth.signIn('totp@example.com')
    const strong = await auth.as((await auth.complete(challenge.token, await codeFor(fresh))).token)
    expect(strong.actor).toMatchObject({ restriction: null, organisationRole: 'TenantAdmin' })
    clock.advance(STEP_MS)
    expect((await mutate(workspace, 'disableTwoFactor', { input: { password: PASSWORD, code: '000000' }, ctx: strong })).code).toBe('CODE_INVALID')
    expect((await mutate(workspace, 'disableTwoFactor', { input: { password: PASSWORD, code: await codeFor(fresh) }, ctx: strong })).code).toBeUndefined()
  })
})

describe('sessions', () => {
  const listed = async (token: string): Promise<any[]> => (await workspace.run<any>('{ sessions(first: 10) { totalCount nodes { id current client address secondFactor } } }', {}, await auth.as(token))).data.sessions.nodes

  test('are listed, and ended one by one or all others at once, in other processes too', async () => {
    const { token } = await auth.session('list@example.com')
    const [second, third] = [(await auth.signIn('list@example.com')).token, (await auth.signIn('list@example.com')).token]
    const elsewhere = createCredentialVerifier(workspace.services.db, clock)
    for (const each of [token, second, third]) expect(await elsewhere.verify(each)).not.toBeNull()
    const sessions = await listed(token)
    expect(sessions.map(({ current }) => current)).toEqual([false, false, true])
    expect(sessions[0]).toMatchObject({ client: 'test', address: '127.0.0.1', secondFactor: false })
    expect((await mutate(workspace, 'revokeSession', { input: { sessionId: sessions[0].id }, select: 'sessionIds', ctx: await auth.as(token) })).sessionIds).toEqual([sessions[0].id])
    expect((await auth.as(third)).actor).toBeNull()
    clock.advance(1_000)
    expect(await elsewhere.verify(third)).toBeNull()
    expect((await mutate(workspace, 'revokeOtherSessions', { select: 'sessionIds', ctx: await auth.as(token) })).sessionIds).toEqual([sessions[1].id])
    expect((await auth.as(second)).actor).toBeNull()
    expect(await listed(token)).toHaveLength(1)
  })

  test("another person's is not there", async () => {
    const mine = await auth.session('mine@example.com')
    const theirs = await auth.session('theirs@example.com')
    const [{ id }] = (await listed(theirs.token)) as [{ id: string }]
    expect((await mutate(workspace, 'revokeSession', { input: { sessionId: id }, ctx: mine.ctx })).code).toBe('NOT_FOUND')
    expect((await workspace.run<any>('query ($id: ID!) { node(id: $id) { id } }', { id }, mine.ctx)).data.node).toBeNull()
    expect((await workspace.run<any>('query ($id: ID!) { node(id: $id) { id } }', { id }, theirs.ctx)).data.node).toEqual({ id })
  })

  test('end by signing out, and by themselves', async () => {
    const { token, ctx } = await auth.session('out@example.com')
    await mutate(workspace, 'signOut', { ctx })
    expect((await auth.as(token)).actor).toBeNull()
    const { token: second } = await auth.signIn('out@example.com')
    clock.advance(7 * 24 * 3_600_000)
    expect((await auth.as(second)).actor).toBeNull()
    clock.advance(-7 * 24 * 3_600_000)
  })

  test('work in one organisation at a time, and go over to another that the person is a member of', async () => {
    const { token, ctx } = await auth.session('switch@example.com', { organisationName: 'First' })
    expect((await mutate(workspace, 'switchOrganisation', { input: { organisationId: 'acme' }, ctx })).code).toBe('NOT_FOUND')
    await workspace.pool.query("INSERT INTO members (organisation_id, user_id, role) VALUES ($1, $2, 'Member')", [workspace.actor.organisationId, ctx.actor!.userId])
    const answer = await mutate(workspace, 'switchOrganisation', { input: { organisationId: 'acme' }, select: 'session { organisations { slug current } }', ctx })
    expect(answer.session.organisations.filter(({ current }: any) => current)).toEqual([{ slug: 'acme', current: true }])
    expect((await auth.as(token)).actor).toMatchObject({ organisationId: workspace.actor.organisationId, organisationRole: 'Member' })
    await workspace.pool.query('DELETE FROM members WHERE organisation_id = $1 AND user_id = $2', [workspace.actor.organisationId, ctx.actor!.userId])
    clock.advance(1_000)
    expect((await auth.as(token)).actor).toMatchObject({ restriction: 'ORGANISATION_REQUIRED' })
  })

  test.each([['signOut', undefined], ['revokeOtherSessions', undefined], ['changePassword', { currentPassword: PASSWORD, newPassword: PASSWORD }], ['enableTwoFactor', { password: PASSWORD }]])('an API key cannot %s', async (name, input) => {
    expect((await mutate(workspace, name, { ...(input && { input }), ctx: workspace.context() })).code).toBe('SESSION_REQUIRED')
    expect((await mutate(workspace, name, { ...(input && { input }), ctx: workspace.context(null) })).code).toBe('UNAUTHENTICATED')
  })
})

describe('a new password', () => {
  const NEW = 'vier ganz andere Worte'

  test('by a mailed link ends all sessions and any lock; the link works once, and a weak password does not use it up', async () => {
    const { token } = await auth.session('reset@example.com')
    for (let failure = 0; failure < 5; failure++) await auth.signIn('reset@example.com', 'wrong wrong wrong')
    workspace.takeMails()
    await mutate(workspace, 'requestPasswordReset', { input: { email: 'Reset@example.com' } })
    const link = tokenIn(workspace.takeMails()[0]!.text)
    const reset = (newPassword: string): Promise<any> => mutate(workspace, 'resetPassword', { input: { token: link, newPassword }, select: 'sessionsEnded' })
    expect(await reset('reset@example.com')).toMatchObject({ code: 'VALIDATION_FAILED', path: ['newPassword'] })
    expect((await reset(NEW)).sessionsEnded).toBe(1)
    expect((await reset(NEW)).code).toBe('LINK_INVALID')
    expect((await auth.as(token)).actor).toBeNull()
    expect((await auth.signIn('reset@example.com')).code).toBe('INVALID_CREDENTIALS')
    expect((await auth.signIn('reset@example.com', NEW)).token).toMatch(/^bs_/)
    expect(workspace.takeMails()).toMatchObject([{ subject: 'Your password was changed, and all your sessions ended' }])
  })

  test('from a session ends the others', async () => {
    const { token, ctx } = await auth.session('change@example.com')
    const { token: other } = await auth.signIn('change@example.com')
    expect((await mutate(workspace, 'changePassword', { input: { currentPassword: 'wrong wrong wrong', newPassword: NEW }, ctx })).code).toBe('INVALID_CREDENTIALS')
    expect((await mutate(workspace, 'changePassword', { input: { currentPassword: PASSWORD, newPassword: NEW }, select: 'sessionsEnded', ctx })).sessionsEnded).toBe(1)
    expect((await auth.as(other)).actor).toBeNull()
    expect((await auth.as(token)).actor).not.toBeNull()
    expect((await auth.signIn('change@example.com', NEW)).token).toMatch(/^bs_/)
  })

  test('whoever acts as somebody else cannot set one', async () => {
    const { ctx } = await auth.session('acted@example.com')
    const impersonator = { userId: workspace.actor.userId, name: 'Ada', actsAs: 'Grace', impersonationId: workspace.actor.userId, reason: 'Ticket', endsAt: clock.now() }
    const acting = { ...ctx, actor: { ...ctx.actor!, impersonator } }
    expect((await mutate(workspace, 'changePassword', { input: { currentPassword: PASSWORD, newPassword: NEW }, ctx: acting })).code).toBe('SESSION_REQUIRED')
  })
})
