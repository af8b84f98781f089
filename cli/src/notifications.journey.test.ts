/** `br notifications` as two people run it, against the server as `npm start` runs it. */
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestCli, type RunResult, type TestCli } from './testing/br.ts'
import { useJourney } from './testing/journey.ts'
import { newestMail, signUp } from './testing/people.ts'

const journey = useJourney({ project: 'Shop' })
let grace: TestCli
let client: BuildRunnerSDK

beforeAll(async () => {
  const { server, cwd } = journey
  client = new BuildRunnerSDK({ apiKey: server.apiKey, baseUrl: server.baseUrl, projectId: 'shop' })
  grace = await createTestCli()
  await signUp(grace, server, { email: 'grace@example.com', name: 'Grace' })
  await journey.data('members', 'invite', 'grace@example.com', '--project', 'shop=QA')
  const token = /bi_[\w-]+/.exec(await newestMail(server))?.[0] ?? ''
  expect(await grace.run(['members', 'accept', token], { cwd })).toMatchObject({ code: 0 })
})
afterAll(() => grace?.close())

const br = (...args: string[]): Promise<RunResult> => grace.run(['notifications', ...args], { cwd: journey.cwd })

test('who is mentioned is told, in the app and by mail; what was read is read', async () => {
  expect((await br('list')).stdout).toContain('Nothing.')
  await client.comments.add({ itemId: 'T6', body: '@grace please review' }).orThrow()
  const told = await vi.waitFor(async () => {
    const { notifications } = JSON.parse((await br('list', '--json')).stdout) as { notifications: { id: string }[] }
    expect(notifications).toMatchObject([{ reason: 'MENTION', priority: 'HIGH', itemKey: 'T6', readAt: null }])
    return notifications[0]!.id
  }, { timeout: 60_000, interval: 100 })
  expect((await br('list')).stdout).toMatch(/^● {2}\S+ \S+ {2}high {2}Administrator mentioned you on T6 {2}@grace please review {2}ntf_/)
  await vi.waitFor(async () => expect(await newestMail(journey.server)).toContain('Administrator mentioned you on T6'), { timeout: 60_000, interval: 100 })
  expect((await br('read', told)).stdout).toBe('0 notifications unread\n')
  expect((await br('read', told, '--unread')).stdout).toBe('1 notification unread\n')
  expect((await br('read', '--all')).stdout).toBe('0 notifications unread\n')
})

test('items are watched and muted, and mails are chosen by priority', async () => {
  expect((await br('watch', 'T6')).stdout).toBe('T6 is watched\n')
  expect((await br('watch', 'T6', '--off')).stdout).toBe('T6 is no longer watched\n')
  expect((await br('mute')).stdout).toBe('The project is muted\n')
  expect((await br('mute', '--off')).stdout).toBe('The project is no longer muted\n')
  expect((await br('settings', '--normal', 'hourly', '--low', 'off')).stdout).toBe('low       off\nnormal    hourly\nhigh      now\nurgent    now\nlanguage  -\n')
})

test.each([
  [['watch', 'nowhere'], 6, 'nowhere'],
  [['read', 'ntf_nonsense'], 6, 'ntf_nonsense'],
  [['settings', '--low', 'yearly'], 2, 'yearly'],
])('br notifications %j is refused and says why', async (args, code, said) => {
  expect(await br(...args)).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(said) as string })
})
