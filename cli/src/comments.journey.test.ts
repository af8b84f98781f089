/** Talking about a plan with `br comments`, against the server as `npm start` runs it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestCli, samplePlan, writePlan, type RunOptions, type RunResult, type TestCli } from './testing/br.ts'
import { startTestServer, type TestServer } from './testing/server.ts'

let cli: TestCli
let server: TestServer
let cwd: string
beforeAll(async () => {
  ;[cli, server] = await Promise.all([createTestCli(), startTestServer()])
  expect(await cli.run(['login', '--local', server.dataDir])).toMatchObject({ code: 0 })
  cwd = cli.folder()
  writePlan(cwd, samplePlan())
  expect(await br('projects', 'create', 'Shop', '--link')).toMatchObject({ code: 0 })
  expect(await br('sync')).toMatchObject({ code: 0 })
})
afterAll(async () => {
  await server?.stop()
  cli?.close()
})

const br = (...args: string[]): Promise<RunResult> => cli.run(args, { cwd })
const data = async (args: readonly string[], options: RunOptions = {}): Promise<any> => {
  const result = await cli.run([...args, '--json'], { cwd, ...options })
  expect(result, args.join(' ')).toMatchObject({ code: 0, stderr: '' })
  return JSON.parse(result.stdout)
}

test('a thread begins, is answered, resolved and opened again, on the project that the plan is linked to', async () => {
  const { comment } = await data(['comments', 'add', 'T3', 'Which', 'format? @ada'])
  expect(comment).toMatchObject({ itemKey: 'T3', body: 'Which format? @ada', mentions: [{ kind: 'USER', name: 'ada' }] })
  expect(await data(['comments', 'reply', comment.id, 'CSV.', '--resolve'])).toMatchObject({ resolved: true, comment: { threadId: comment.id } })
  const { stdout } = await br('comments', 'list', 'T3')
  expect(stdout).toMatch(/^T3 {2}1 answer {2}✓ resolved by Administrator, \d{4}-\d\d-\d\d \d\d:\d\d\n {2}Administrator {2}.*cmt_.*\n {4}Which format\? @ada\n {4}Administrator .*\n {6}CSV\.\n$/)
  expect((await data(['comments', 'list', 'T3', '--open'])).threads).toEqual([])
  await data(['comments', 'resolve', comment.id, '--reopen'])
  expect((await data(['comments', 'list', 'T3', '--open'])).threads).toMatchObject([{ id: comment.id, replies: [{ body: 'CSV.' }] }])
})

test('a text can be piped in, with its lines', async () => {
  const { comment } = await data(['comments', 'add', 'T4'], { input: 'first\n\n- second\n' })
  expect(comment.body).toBe('first\n\n- second')
})

test('comments do not come between a plan and its next sync', async () => {
  expect(await br('sync')).toMatchObject({ code: 0, stdout: expect.stringContaining('file and server are equal') as string })
})

test.each([
  [['comments', 'add', 'T3'], 2, 'no text'],
  [['comments', 'add', 'nope', 'x'], 6, 'nope'],
  [['comments', 'reply', 'cmt_00000000000000000000000000000000', 'x'], 6, 'cmt_0'],
  [['comments', 'list', '--open', '--resolved'], 2, 'exclude'],
])('br %j exits with %i and says why', async (args, code, said) => {
  const result = await br(...args)
  expect(result).toMatchObject({ code, stdout: '' })
  expect(result.stderr).toContain(said)
})
