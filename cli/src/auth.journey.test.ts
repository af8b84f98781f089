/** Signing up, in and out with `br`, against the server as `npm start` runs it. */
import { expect, test } from 'vitest'
import { useJourney } from './testing/journey.ts'
import { openMailedLink, PASSWORD } from './testing/people.ts'

const journey = useJourney({ signIn: false })

test('a person signs up, opens the mailed link, signs in with a password from a pipe, changes it, and signs out again', async () => {
  const { cli, server, cwd } = journey
  const there = ['--base-url', server.baseUrl]
  expect(await cli.run(['auth', 'sign-up', '--email', 'ada@example.com', '--name', 'Ada', '--organisation', 'Engines', ...there], { cwd, input: PASSWORD })).toMatchObject({ code: 0, stdout: expect.stringContaining('ada@example.com') as string })
  expect(await cli.run(['login', '--email', 'ada@example.com', ...there], { cwd, input: PASSWORD })).toMatchObject({ code: 5 })
  await openMailedLink(server)
  expect(await cli.run(['login', '--email', 'ada@example.com', ...there], { cwd, input: PASSWORD })).toMatchObject({ code: 0, stdout: expect.stringContaining('Ada of Engines') as string })
  expect(await cli.run(['whoami'], { cwd })).toMatchObject({ code: 0, stdout: expect.stringContaining('TENANT_ADMIN') as string })
  expect((await cli.run(['auth', 'sessions'], { cwd })).stdout).toMatch(/^\* {2}ses_[0-9a-f]{32}/)
  const [, slug = ''] = /"slug": ?"(engines[^"]*)"/.exec((await cli.run(['api', '{ currentSession { organisations { slug } } }'], { cwd })).stdout) ?? []
  expect(await cli.run(['auth', 'switch', slug], { cwd })).toMatchObject({ code: 0, stdout: '✓ you work in Engines\n' })
  expect(await cli.run(['auth', 'switch', 'elsewhere'], { cwd })).toMatchObject({ code: 6, stdout: '' })
  expect(await cli.run(['auth', 'password'], { cwd, input: `${PASSWORD}four quite different words\n` })).toMatchObject({ code: 0 })
  expect(await cli.run(['login', '--email', 'ada@example.com', ...there], { cwd, input: PASSWORD })).toMatchObject({ code: 5 })
  expect(await cli.run(['logout'], { cwd })).toMatchObject({ code: 0 })
  expect((await cli.run(['whoami', ...there], { cwd })).code).toBe(5)
})
