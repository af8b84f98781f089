/** API keys with `br keys`, against the server as `npm start` runs it. */
import { expect, test } from 'vitest'
import { type RunResult } from './testing/br.ts'
import { useJourney } from './testing/journey.ts'

const journey = useJourney()
const { br, data } = journey

const whoami = (apiKey: string): Promise<RunResult> => journey.cli.run(['whoami', '--json'], { cwd: journey.cwd, env: { BUILDRUNNER_API_KEY: apiKey } })

test('a key is alone on stdout, works, is rotated with a grace period, and ends at once when it is revoked', async () => {
  const made = await br('keys', 'create', 'CI', '--scope', 'planner.read,builder.run', '--expires', '90d')
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^br_[a-z0-9]{8}_[\w-]{32}\n$/) as string, stderr: expect.stringContaining('planner.read, builder.run') as string })
  expect(await whoami(made.stdout.trim())).toMatchObject({ code: 0 })
  const { keys } = await data('keys', 'list')
  expect(keys[0]).toMatchObject({ name: 'CI', scopes: ['planner.read', 'builder.run'], projectId: null })
  expect((Date.parse(keys[0].expiresAt) - Date.now()) / 86_400_000).toBeCloseTo(90, 1)
  const rotated = await data('keys', 'rotate', keys[0].id, '--grace', '1h')
  expect(rotated.apiKey).toMatchObject({ rotatedFromId: keys[0].id, scopes: keys[0].scopes })
  expect(await whoami(made.stdout.trim())).toMatchObject({ code: 0 })
  expect(await br('keys', 'revoke', rotated.apiKey.id, '--yes')).toMatchObject({ code: 0, stdout: expect.stringContaining('key CI revoked') as string })
  await expect.poll(async () => (await whoami(rotated.secret)).code).toBe(5)
  expect((await data('keys', 'list')).keys.map(({ id }: { id: string }) => id)).not.toContain(rotated.apiKey.id)
  expect((await br('keys', 'list', '--all')).stdout).toMatch(/CI {2}br_[a-z0-9]{8}_… {2}planner.read, builder.run {2}revoked \d{4}-\d\d-\d\d/)
})

test('a key for one project is refused elsewhere', async () => {
  await data('projects', 'create', 'Shop')
  await data('projects', 'create', 'Blog')
  const { secret, apiKey } = await data('keys', 'create', 'Shop only', '-s', '*', '-p', 'shop')
  expect(apiKey.projectId).toMatch(/^prj_/)
  const listed = await journey.cli.run(['projects', 'list', '--json'], { cwd: journey.cwd, env: { BUILDRUNNER_API_KEY: secret } })
  expect(JSON.parse(listed.stdout).projects.map(({ slug }: { slug: string }) => slug)).toEqual(['shop'])
})

test.each([
  [['keys', 'create', 'CI'], 2, '--scope'],
  [['keys', 'create', 'CI', '--scope', 'planner.raed'], 2, 'did you mean planner.read?'],
  [['keys', 'create', 'CI', '--scope', 'planner.read', '--expires', 'soon'], 2, '--expires'],
  [['keys', 'rotate', 'key_00000000000000000000000000000000'], 6, 'key_0'],
  [['keys', 'revoke', 'nonsense', '--yes'], 6, 'nonsense'],
])('br %j exits with %i and says why', async (args, code, said) => {
  const result = await br(...args)
  expect(result).toMatchObject({ code, stdout: '' })
  expect(result.stderr).toContain(said)
})
