/** `br admin`, against the real server over a test workspace. */
import * as fs from 'node:fs'
import path from 'node:path'
import { addPerson } from '@buildrunner/schema/testing/people'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../api/src/testing/graphql.ts'
import { createTestCli, type RunResult, type TestCli } from './testing/br.ts'

let cli: TestCli
let server: TestServer
let cwd: string
let email: string

beforeAll(async () => {
  const workspace = await createTestWorkspace()
  await workspace.pool.query(`UPDATE users SET platform_role = 'GlobalAdmin'`)
  ;({ email } = await addPerson(workspace, { name: 'Max' }))
  ;[cli, server] = await Promise.all([createTestCli(), startTestServer(workspace)])
  cwd = cli.folder()
  fs.writeFileSync(path.join(cwd, 'key.txt'), workspace.apiKey)
  expect(await br('login', '--base-url', server.url, '--key-file', 'key.txt')).toMatchObject({ code: 0 })
})
afterAll(async () => {
  await server?.close()
  cli?.close()
})

const br = (...args: string[]): Promise<RunResult> => cli.run(args, { cwd })
const REASON = 'Support ticket 42'

test('the commands that follow act as the person, say so on stderr, and stop doing so', async () => {
  const started = await br('admin', 'impersonate', email, '--reason', REASON, '--minutes', '60')
  expect(started).toMatchObject({ code: 0 })
  expect(started.stdout).toMatch(/Ada as Max {2}until \d\d:\d\d UTC {2}Support ticket 42 {2}imp_/)
  const as = await br('whoami', '--json')
  expect(JSON.parse(as.stdout)).toMatchObject({ name: 'Max', impersonation: { impersonator: { name: 'Ada' }, reason: REASON } })
  expect((await br('whoami')).stderr).toMatch(/acting as Max until \d\d:\d\d UTC \(Support ticket 42\); br admin stop ends it/)
  expect(await br('admin', 'impersonate', email, '--reason', REASON)).toMatchObject({ code: 5, stderr: expect.stringContaining("in somebody else's name") })
  expect(await br('admin', 'stop')).toMatchObject({ code: 0, stdout: expect.stringContaining('no longer acting as Max'), stderr: '' })
  expect(await br('whoami')).toMatchObject({ stdout: expect.stringContaining('Ada'), stderr: '' })
})

test('an administrator sees who acts as whom, and ends it', async () => {
  await br('admin', 'impersonate', email, '--reason', REASON)
  const { impersonation } = JSON.parse((await br('whoami', '--json')).stdout) as { impersonation: { id: string } }
  await br('login', '--base-url', server.url, '--key-file', 'key.txt')
  expect(JSON.parse((await br('admin', 'impersonations', '--json')).stdout)).toMatchObject({ impersonations: [{ id: impersonation.id }] })
  expect(await br('admin', 'stop', impersonation.id)).toMatchObject({ code: 0 })
  expect((await br('admin', 'impersonations')).stdout).toContain('Nobody acts as somebody else.')
  expect(await br('admin', 'stop')).toMatchObject({ code: 2, stderr: expect.stringContaining('Nobody is impersonated here.') })
})

test.each([
  [['admin', 'impersonate', 'max@example.com', '--reason', 'short'], 2],
  [['admin', 'impersonate', 'max@example.com', '--reason', REASON, '--minutes', 'soon'], 2],
  [['admin', 'impersonate', 'nobody@example.com', '--reason', REASON], 6],
  [['admin', 'impersonate', 'ada@example.com', '--reason', REASON], 5],
])('br %j ends with %i', async (args, code) => {
  expect(await br(...args)).toMatchObject({ code })
})

test('the operator sees organisations, sets their tier, gives roles', async () => {
  expect((await br('admin', 'tenants', '--search', 'acme')).stdout).toMatch(/acme +Acme +enterprise +2 members/)
  expect((await br('admin', 'tenant', 'acme', '--tier', 'team', '--extra-seats', '5')).stdout).toContain('acme: team, 5 extra seats')
  expect((await br('admin', 'role', email, 'support-agent')).stdout).toContain('Max: support-agent')
  expect((await br('admin', 'role', email, 'none')).stdout).toContain('Max: no role on the platform')
})
