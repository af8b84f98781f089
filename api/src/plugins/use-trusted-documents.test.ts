import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newApiKey } from '@buildrunner/schema/identity/keys'
import { newUuid } from '@buildrunner/schema/shared/ids'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import { buildSchema, getIntrospectionQuery } from 'graphql'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import current from '../../../sdk/documents.json' with { type: 'json' }
import { createHttpServer } from '../server.ts'
import type { HttpServer } from '../server.ts'
import { createTrustedDocuments } from './use-trusted-documents.ts'
import type { TrustedDocumentsMode } from './use-trusted-documents.ts'

const OLD_TEXT = 'query viewer_get{viewer{name}}'
const GONE_TEXT = 'query viewer_get{viewer{shoeSize}}'
/** More aliases than a stranger may use. */
const LARGE_TEXT = `query viewer_large{viewer{${Array.from({ length: 40 }, (_, index) => `n${index}:name`).join(' ')}}}`

let folder: string
let workspace: TestWorkspace
const servers: HttpServer[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'releases-'))
  const release = (version: string, manifest: unknown): void => {
    mkdirSync(join(folder, version))
    writeFileSync(join(folder, version, 'documents.json'), JSON.stringify(manifest))
  }
  release('0.1.0', { id: 'first-release', documents: { viewer_get: OLD_TEXT, viewer_large: LARGE_TEXT } })
  release('0.2.0', { id: 'second-release', documents: { viewer_get: GONE_TEXT } })
  mkdirSync(join(folder, '0.3.0')) // one that has no manifest yet
  workspace = await createTestWorkspace()
})
afterAll(async () => {
  for (const server of servers) await server.close()
  rmSync(folder, { recursive: true })
})

async function serve(trustedDocuments: TrustedDocumentsMode) {
  const http = await createHttpServer({
    pool: workspace.pool, logger: pino({ level: 'silent' }), version: '1.2.3', trustedDocuments, releases: folder,
    migrations: () => Promise.resolve({ state: 'current', applied: [], pending: [], offending: [] }),
  })
  servers.push(http)
  http.server.listen(0, '127.0.0.1')
  await once(http.server, 'listening')
  const url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}/graphql`
  return async (body: object, key: string | null = workspace.apiKey, accept = 'application/graphql-response+json') => {
    const headers = { 'content-type': 'application/json', accept, ...(key !== null && { authorization: `Bearer ${key}` }) }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    const { data, errors } = (await response.json()) as { data?: any; errors?: { message: string; extensions: { code: string } }[] }
    return { status: response.status, data, code: errors?.[0]?.extensions.code, message: errors?.[0]?.message }
  }
}

async function keyWith(scopes: string[]): Promise<string> {
  const { key, prefix, hash } = await newApiKey(workspace.services.keyHashCost)
  const { organisationId, userId } = workspace.actor
  await workspace.pool.query(
    'INSERT INTO api_keys (id, organisation_id, user_id, name, key_prefix, key_hash, scopes) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [newUuid(), organisationId, userId, 'test', prefix, hash, scopes],
  )
  return key
}

describe('a document is found', () => {
  test.each([
    ['of the current catalogue', `${current.id}.viewer_get`],
    ['of a release', 'first-release.viewer_get'],
    ['by the hash of its text', `sha256:${createHash('sha256').update(OLD_TEXT).digest('hex')}`],
  ])('%s', async (_, documentId) => {
    const post = await serve('optional')
    expect((await post({ documentId })).data.viewer.name).toBe('Ada')
  })

  test('with its variables', async () => {
    const post = await serve('optional')
    const { data } = await post({ documentId: `${current.id}.projects_list`, variables: { first: 1 } })
    expect(data.projects.totalCount).toBe(0)
  })
})

test.each(['first-release.nothing', `${current.id}`, '', 7, '__proto__'])('the id %j is unknown, and the error says what to do', async (documentId) => {
  const post = await serve('optional')
  expect(await post({ documentId })).toMatchObject({ status: 400, code: 'DOCUMENT_UNKNOWN', message: expect.stringContaining('{ documents }') })
  expect((await post({ documentId }, undefined, 'application/json')).status).toBe(200)
})

test('the limits for what strangers write do not apply to a trusted document, by id or as text', async () => {
  const post = await serve('optional')
  expect((await post({ documentId: 'first-release.viewer_large' })).data.viewer.n39).toBe('Ada')
  expect((await post({ query: LARGE_TEXT })).data.viewer.n39).toBe('Ada')
  expect((await post({ query: `${LARGE_TEXT} ` })).code).toBe('LIMIT_EXCEEDED')
})

test('what an execution costs is checked all the same', async () => {
  const post = await serve('optional')
  expect((await post({ documentId: `${current.id}.planning_listMicrosteps`, variables: { projectId: 'x', first: 1_000_000 } })).code).toBe('LIMIT_EXCEEDED')
})

test('a document of an old release that fits the schema no more is refused with what is wrong', async () => {
  const post = await serve('optional')
  expect(await post({ documentId: 'second-release.viewer_get' })).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED', message: expect.stringContaining('shoeSize') })
})

describe('where only trusted documents are executed', () => {
  let post: Awaited<ReturnType<typeof serve>>
  beforeAll(async () => void (post = await serve('only')))

  test.each<[string, () => Promise<string | null>]>([
    ['a key without the scope', () => keyWith(['projects.read', 'planner.read'])],
    ['no key', () => Promise.resolve(null)],
  ])('%s sends ids, not text', async (_, keyOf) => {
    const key = await keyOf()
    expect(await post({ query: '{ health { status } }' }, key)).toMatchObject({ status: 403, code: 'DOCUMENT_NOT_TRUSTED', message: expect.stringContaining('graphql.text') })
    expect(await post({ query: getIntrospectionQuery() }, key)).toMatchObject({ code: 'DOCUMENT_NOT_TRUSTED' })
    expect((await post({ documentId: `${current.id}.health_check` }, key)).data.health.status).toBe('ok')
    expect((await post({ query: current.documents.health_check }, key)).data.health.status).toBe('ok')
  })

  test.each([['graphql.text'], ['*']])('a key with the scope %s sends text, and the playground can ask for the schema', async (scope) => {
    const key = await keyWith([scope])
    expect((await post({ query: '{ health { status } }' }, key)).data.health.status).toBe('ok')
    expect((await post({ query: getIntrospectionQuery() }, key)).data.__schema.queryType.name).toBe('Query')
  })

  test('a wrong key is told so, and a request without a document too', async () => {
    expect((await post({ query: '{ health { status } }' }, 'br_aaaaaaaa_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')).code).toBe('UNAUTHENTICATED')
    expect(await post({})).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
  })
})

describe('the documents', () => {
  const schema = buildSchema('type Query { viewer: Viewer } type Viewer { name: String }')

  test('are parsed once', () => {
    const documents = createTrustedDocuments({ schema, releases: folder })
    const document = documents.documentOf(OLD_TEXT)
    expect(documents.documentOf(documents.resolve('first-release.viewer_get')!)).toBe(document)
    expect(documents.isTrusted(document!)).toBe(true)
    expect(documents.documentOf('{ viewer { name } }')).toBeUndefined()
  })

  test('need no folder of releases', () => {
    expect(createTrustedDocuments({ schema, releases: join(folder, 'nowhere') }).resolve(`${current.id}.viewer_get`)).toBe(current.documents.viewer_get)
  })

  test.each(['{', '[]', '{ "id": "x" }', '{ "id": "x", "documents": { "a": 1 } }'])('of a release that read %j stop the start, naming the file', (text) => {
    const broken = mkdtempSync(join(tmpdir(), 'broken-'))
    mkdirSync(join(broken, '9.9.9'))
    writeFileSync(join(broken, '9.9.9', 'documents.json'), text)
    expect(() => createTrustedDocuments({ schema, releases: broken })).toThrow(join('9.9.9', 'documents.json'))
    rmSync(broken, { recursive: true })
  })
})
