import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { credentialsFile, readCredentials, updateCredentials } from './credentials.ts'
import { findLocalServer, normalizeBaseUrl, resolveSettings } from './settings.ts'
import { Output } from '../core/output.ts'
import type { Context } from '../core/context.ts'

let root: string
beforeEach(() => void (root = fs.mkdtempSync(path.join(tmpdir(), 'br-settings-'))))
afterEach(() => fs.rmSync(root, { recursive: true, force: true }))

function context(env: Record<string, string> = {}): Context {
  const sink = { write: () => undefined }
  const full = { XDG_CONFIG_HOME: path.join(root, 'config'), ...env }
  return { cwd: root, env: full, out: new Output({ stdout: sink, stderr: sink, env: full, json: true }), stdin: process.stdin, interactive: false }
}

function startedServer(apiUrl: string): void {
  fs.mkdirSync(path.join(root, '.buildrunner'), { recursive: true })
  fs.writeFileSync(
    path.join(root, '.buildrunner', 'local.json'),
    JSON.stringify({ apiUrl, graphqlUrl: `${apiUrl}/graphql`, apiKey: 'local-key', projectId: 'prj_demo' }),
  )
}

const stored = (servers: Record<string, string>, current: string): Promise<void> =>
  updateCredentials(context().env, () => ({ current, servers: Object.fromEntries(Object.entries(servers).map(([url, apiKey]) => [url, { apiKey }])) }))

test('flags come before the environment, that before credentials, those before local.json', async () => {
  expect(resolveSettings(context(), {})).toMatchObject({ baseUrl: 'http://127.0.0.1:4000', baseUrlFrom: 'default' })
  startedServer('http://127.0.0.1:4100')
  expect(resolveSettings(context(), {})).toMatchObject({
    baseUrl: 'http://127.0.0.1:4100',
    baseUrlFrom: 'local.json',
    apiKey: 'local-key',
    apiKeyFrom: 'local.json',
  })
  await stored({ 'https://a.example': 'key-a' }, 'https://a.example')
  expect(resolveSettings(context(), {})).toMatchObject({ baseUrl: 'https://a.example', apiKey: 'key-a', apiKeyFrom: 'credentials' })
  const env = { BUILDRUNNER_BASE_URL: 'https://b.example/', BUILDRUNNER_API_KEY: 'key-env', BUILDRUNNER_PROJECT_ID: 'env-project' }
  expect(resolveSettings(context(env), {})).toMatchObject({
    baseUrl: 'https://b.example',
    apiKey: 'key-env',
    projectId: 'env-project',
    projectIdFrom: 'BUILDRUNNER_PROJECT_ID',
  })
  expect(resolveSettings(context(env), { baseUrl: 'https://c.example', project: 'mine' })).toMatchObject({
    baseUrl: 'https://c.example',
    projectId: 'mine',
    projectIdFrom: '--project',
  })
})

test('a stored key is only used for the server it was stored for', async () => {
  startedServer('http://127.0.0.1:4100')
  await stored({ 'https://a.example': 'key-a' }, 'https://a.example')
  expect(resolveSettings(context(), { baseUrl: 'https://other.example' }).apiKey).toBeUndefined()
})

test.each([
  ['http://127.0.0.1:4000/', 'http://127.0.0.1:4000'],
  ['http://127.0.0.1:4000/graphql', 'http://127.0.0.1:4000'],
  ['https://A.example/br/', 'https://a.example/br'],
])('the address %s is kept as %s', (given, kept) => {
  expect(normalizeBaseUrl(given, '--base-url')).toBe(kept)
})

test.each(['', 'plans.example.com', 'ftp://a.example', 'https://user:pass@a.example', 'https://a.example?x=1'])('the address %j is refused', (value) => {
  expect(() => normalizeBaseUrl(value, '--base-url')).toThrow(expect.objectContaining({ code: 'INVALID_VALUE', exitCode: 2 }))
})

test('a local.json that is no such file is passed over', () => {
  fs.mkdirSync(path.join(root, '.buildrunner'))
  fs.writeFileSync(path.join(root, '.buildrunner', 'local.json'), '{"apiUrl":5}')
  expect(findLocalServer(root, {})).toBeUndefined()
})

test('credentials are for the owner alone, and a broken file is named, then replaced by the next login', async () => {
  await stored({ 'https://a.example': 'key-a' }, 'https://a.example')
  const file = credentialsFile(context().env)
  expect(fs.statSync(file).mode & 0o777).toBe(0o600)
  expect(fs.statSync(path.dirname(file)).mode & 0o777).toBe(0o700)
  fs.writeFileSync(file, '{"servers":{"https://a.example":')
  expect(() => readCredentials(context().env)).toThrow(expect.objectContaining({ code: 'CREDENTIALS_UNREADABLE', exitCode: 5 }))
  await stored({ 'https://b.example': 'key-b' }, 'https://b.example')
  expect(readCredentials(context().env)).toEqual({ current: 'https://b.example', servers: { 'https://b.example': { apiKey: 'key-b' } } })
})

test('logins at the same time are all kept', async () => {
  const urls = Array.from({ length: 6 }, (_, index) => `https://${index}.example`)
  await Promise.all(urls.map((url) => updateCredentials(context().env, ({ servers }) => ({ current: url, servers: { ...servers, [url]: { apiKey: url } } }))))
  expect(Object.keys(readCredentials(context().env).servers).sort()).toEqual(urls)
})
