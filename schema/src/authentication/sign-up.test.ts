import { beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { PASSWORD, adjustableClock, mutate, people, tokenIn } from './testing/people.ts'
import { authentication } from './store.ts'

let workspace: TestWorkspace
let auth: ReturnType<typeof people>
const clock = adjustableClock()
beforeAll(async () => {
  workspace = await createTestWorkspace({ clock })
  auth = people(workspace)
})

const records = async (action: string): Promise<any[]> => (await workspace.pool.query('SELECT * FROM audit_records WHERE action = $1 ORDER BY created_at, id', [action])).rows
const verify = (token: string) => mutate(workspace, 'verifyEmail', { input: { token }, select: 'email' })

test('a person signs up, verifies the address by the mailed link, and signs in to the organisation they named', async () => {
  expect(await auth.signUp(' Grace@Example.com ', { organisationName: 'Größe & Söhne' })).toMatchObject({ __typename: 'SignUpPayload' })
  expect((await auth.signIn('grace@example.com')).code).toBe('INVALID_CREDENTIALS')
  expect((await workspace.pool.query("SELECT count(*)::int FROM organisations WHERE name LIKE 'Gr%'")).rows[0].count).toBe(0)
  const [mail] = workspace.takeMails()
  expect(mail).toMatchObject({ to: 'grace@example.com', subject: 'Verify your e-mail address' })
  expect(mail!.text).toContain('http://buildrunner.test/auth/verify-email?token=')
  expect(await verify(tokenIn(mail!.text))).toMatchObject({ __typename: 'VerifyEmailPayload', email: 'grace@example.com' })
  const { token } = await auth.signIn('GRACE@example.com')
  const ctx = await auth.as(token)
  expect(ctx.actor).toMatchObject({ organisationRole: 'TenantAdmin', restriction: null })
  const { data } = await workspace.run<any>('{ viewer { organisation { name slug } } }', {}, ctx)
  expect(data.viewer.organisation).toMatchObject({ name: 'Größe & Söhne', slug: expect.stringMatching(/^grosse-sohne-[0-9a-f]{6}$|^gro-e-sohne-[0-9a-f]{6}$/) })
})

test('nothing secret is stored: not the password, not the token of a link or a session', async () => {
  const { token } = await auth.session('secret@example.com')
  await auth.signUp('pending@example.com')
  const link = tokenIn(workspace.takeMails().at(-1)!.text)
  const tables = ['users', 'accounts', 'verifications', 'sessions', 'audit_records', 'runner_events']
  const stored = (await Promise.all(tables.map(async (table) => JSON.stringify((await workspace.pool.query(`SELECT * FROM ${table}`)).rows)))).join()
  for (const secret of [PASSWORD, token, token.slice(3), link, link.slice(22)]) expect(stored).not.toContain(secret)
  expect(stored).toContain('pending@example.com')
})

describe('a link', () => {
  test('works once; replaying it is refused and leaves a record', async () => {
    await auth.signUp('once@example.com')
    const token = tokenIn(workspace.takeMails()[0]!.text)
    const answers = await Promise.all([verify(token), verify(token), verify(token)])
    expect(answers.filter(({ code }) => code === undefined)).toHaveLength(1)
    expect(answers.filter(({ code }) => code === 'LINK_INVALID')).toHaveLength(2)
    const refused = (await records('link.refused')).filter(({ personal }) => personal.includes('once@'))
    expect(refused).toHaveLength(2)
    expect(refused[0]).toMatchObject({ actor_id: null, target_type: 'user', organisation_id: '00000000-0000-0000-0000-000000000000', details: '{"purpose":"verify"}' })
  })

  test('expires after a day, and can be had again', async () => {
    await auth.signUp('late@example.com')
    const expired = tokenIn(workspace.takeMails()[0]!.text)
    clock.advance(24 * 3_600_000)
    expect((await verify(expired)).code).toBe('LINK_INVALID')
    await mutate(workspace, 'resendVerification', { input: { email: 'Late@example.com' } })
    const again = tokenIn(workspace.takeMails()[0]!.text)
    expect((await verify(again)).code).toBeUndefined()
    clock.advance(-24 * 3_600_000)
  })

  test.each(['', 'x', 'A'.repeat(64), 'é'.repeat(64)])('%j is none', async (token) => {
    expect((await verify(token)).code).toBe('LINK_INVALID')
  })

  test('activates the sign-up that it was mailed for: nobody slips in a password of their own', async () => {
    await auth.signUp('victim@example.com', { name: 'Victim' })
    const own = tokenIn(workspace.takeMails()[0]!.text)
    await auth.signUp('victim@example.com', { password: 'an attackers own choice', name: 'Attacker' })
    const other = tokenIn(workspace.takeMails()[0]!.text)
    expect((await verify(own)).code).toBeUndefined()
    expect((await verify(other)).code).toBe('LINK_INVALID')
    expect((await auth.signIn('victim@example.com', 'an attackers own choice')).code).toBe('INVALID_CREDENTIALS')
    expect((await auth.signIn('victim@example.com')).token).toMatch(/^bs_/)
  })
})

test('two sign-ups of one address at the same moment are one person', async () => {
  const answers = await Promise.all(Array.from({ length: 4 }, () => auth.signUp('twice@example.com')))
  expect(answers.map(({ __typename }) => __typename)).toEqual(Array(4).fill('SignUpPayload'))
  expect((await workspace.pool.query("SELECT count(*)::int FROM users WHERE email = 'twice@example.com'")).rows[0].count).toBe(1)
  workspace.takeMails()
})

describe('whether an address has an account', () => {
  test('is told by neither answer nor work, only by the mail', async () => {
    await auth.verified('known@example.com')
    const scrypt = await authentication()
    const work = async (email: string): Promise<object> => {
      const [hash, verifyHash] = [vi.spyOn(scrypt, 'hash'), vi.spyOn(scrypt, 'verify')]
      workspace.takeMails()
      const answers = [
        { ...(await auth.signUp(email)), email: undefined },
        await auth.signIn(email, 'wrong wrong wrong'),
        { ...(await mutate(workspace, 'requestPasswordReset', { input: { email } })) },
        { ...(await mutate(workspace, 'resendVerification', { input: { email } })) },
      ]
      const done = { answers, hashes: hash.mock.calls.length, comparisons: verifyHash.mock.calls.length }
      vi.restoreAllMocks()
      return done
    }
    await auth.signIn('warm-up@example.com') // makes the hash of nobody's password
    const [known, unknown] = [await work('known@example.com'), await work('nobody@example.com')]
    expect(known).toEqual(unknown)
    expect(known).toMatchObject({ hashes: 1, comparisons: 1 })
  })

  test('is told to its owner', async () => {
    workspace.takeMails()
    await auth.signUp('known@example.com', { password: 'somebody elses password', name: 'Other' })
    expect(workspace.takeMails()).toMatchObject([{ to: 'known@example.com', subject: 'You have an account already' }])
    expect((await auth.signIn('known@example.com')).token).toMatch(/^bs_/)
  })
})

describe('what is given', () => {
  test.each([
    [{ email: 'ada' }, ['email']], [{ email: 'a@b\r\nBcc: c@d' }, ['email']], [{ name: ' ' }, ['name']], [{ name: 'x'.repeat(101) }, ['name']],
    [{ organisationName: '' }, ['organisationName']], [{ password: 'short' }, ['password']], [{ password: 'password1234' }, ['password']],
  ])('%j is refused where it is wrong', async (wrong, path) => {
    expect(await auth.signUp('wrong@example.com', wrong)).toMatchObject({ code: 'VALIDATION_FAILED', path })
    expect(workspace.takeMails()).toEqual([])
  })

  test('a weak password leaves a record', async () => {
    const refused = (await records('password.refused')).filter(({ personal }) => personal.includes('wrong@example.com'))
    expect(refused).toHaveLength(2)
    expect(JSON.stringify(refused)).not.toContain('password1234')
  })
})
