/** `br notifications` as two people run it, against the server as `npm start` runs it. */
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestCli, samplePlan, writePlan, type RunResult, type TestCli } from './testing/br.ts'
import { startTestServer, type TestServer } from './testing/server.ts'

const PASSWORD = 'correct horse battery staple\n'

let server: TestServer
let [administrator, grace]: TestCli[] = []
let folder: string
let client: BuildRunnerSDK

/** The newest mail, as its page shows it. */
async function newestMail(): Promise<string> {
  const list = await (await fetch(`${server.baseUrl}/mailbox`)).text()
  const numbers = [...list.matchAll(/\/mailbox\/(\d+)/g)].map(([, number]) => Number(number))
  return (await fetch(`${server.baseUrl}/mailbox/${Math.max(...numbers)}`)).text()
}

/** Grace signs up, opens the mailed link, signs in and accepts an invitation into the project. */
async function joinGrace(): Promise<void> {
  const there = ['--base-url', server.baseUrl]
  const as = (args: string[], input?: string) => grace!.run(args, { cwd: folder, ...(input !== undefined && { input }) })
  expect(await as(['auth', 'sign-up', '--email', 'grace@example.com', '--name', 'Grace', ...there], PASSWORD)).toMatchObject({ code: 0 })
  const link = new URL(/href="(http[^"]+verify-email[^"]+)"/.exec(await newestMail())?.[1] ?? '')
  await fetch(`${server.baseUrl}${link.pathname}`, { method: 'POST', body: link.searchParams })
  expect(await as(['login', '--email', 'grace@example.com', ...there], PASSWORD)).toMatchObject({ code: 0 })
  expect(await administrator!.run(['members', 'invite', 'grace@example.com', '--project', 'shop=QA'], { cwd: folder })).toMatchObject({ code: 0 })
  const token = /bi_[\w-]+/.exec(await newestMail())?.[0] ?? ''
  expect(await as(['members', 'accept', token])).toMatchObject({ code: 0 })
}

beforeAll(async () => {
  ;[administrator, grace, server] = await Promise.all([createTestCli(), createTestCli(), startTestServer()])
  folder = administrator.folder()
  writePlan(folder, samplePlan())
  for (const args of [['login', '--local', server.dataDir], ['projects', 'create', 'Shop', '--slug', 'shop', '--link'], ['sync']])
    expect(await administrator.run(args, { cwd: folder }), args.join(' ')).toMatchObject({ code: 0 })
  client = new BuildRunnerSDK({ apiKey: server.apiKey, baseUrl: server.baseUrl, projectId: 'shop' })
  await joinGrace()
})
afterAll(async () => {
  await server?.stop()
  administrator?.close()
  grace?.close()
})

const br = (...args: string[]): Promise<RunResult> => grace!.run(['notifications', ...args], { cwd: folder })

test('who is mentioned is told, in the app and by mail; what was read is read', async () => {
  expect((await br('list')).stdout).toContain('Nothing.')
  await client.comments.add({ itemId: 'T6', body: '@grace please review' }).orThrow()
  const told = await vi.waitFor(async () => {
    const { notifications } = JSON.parse((await br('list', '--json')).stdout) as { notifications: { id: string }[] }
    expect(notifications).toMatchObject([{ reason: 'MENTION', priority: 'HIGH', itemKey: 'T6', readAt: null }])
    return notifications[0]!.id
  }, { timeout: 60_000, interval: 100 })
  expect((await br('list')).stdout).toMatch(/^● {2}\S+ \S+ {2}high {2}Administrator mentioned you on T6 {2}@grace please review {2}ntf_/)
  await vi.waitFor(async () => expect(await newestMail()).toContain('Administrator mentioned you on T6'), { timeout: 60_000, interval: 100 })
  expect((await br('read', told)).stdout).toBe('0 notifications unread\n')
  expect((await br('read', told, '--unread')).stdout).toBe('1 notification unread\n')
  expect((await br('read', '--all')).stdout).toBe('0 notifications unread\n')
})

test('items are watched and muted, and mails are chosen by priority', async () => {
  expect((await br('watch', 'T6')).stdout).toBe('T6 is watched\n')
  expect((await br('watch', 'T6', '--off')).stdout).toBe('T6 is no longer watched\n')
  expect((await br('mute')).stdout).toBe('The project is muted\n')
  expect((await br('mute', '--off')).stdout).toBe('The project is no longer muted\n')
  expect((await br('settings', '--normal', 'hourly', '--low', 'off')).stdout).toBe('low     off\nnormal  hourly\nhigh    now\nurgent  now\n')
})

test.each([
  [['watch', 'nowhere'], 6, 'nowhere'],
  [['read', 'ntf_nonsense'], 6, 'ntf_nonsense'],
  [['settings', '--low', 'yearly'], 2, 'yearly'],
])('br notifications %j is refused and says why', async (args, code, said) => {
  expect(await br(...args)).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(said) as string })
})
