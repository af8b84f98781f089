import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import type { Mail } from '@buildrunner/schema/shared/mail'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import { parsePlan } from '@buildrunner/sdk/plans'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHttpServer } from '../server.ts'
import type { HttpServer } from '../server.ts'
import { UNLIMITED } from '../../bench/unlimited.ts'
import { walkAdministration, walkAudit } from '../testing/administration.ts'
import { walkAnalytics } from '../testing/analytics.ts'
import { walkAuthentication } from '../testing/authentication.ts'
import { walkComments, walkDiscussion, walkPresence } from '../testing/collaboration.ts'
import { walkNotifications } from '../testing/notifications.ts'
import { walkOrganisation } from '../testing/organisation.ts'
import { checkedOperations, openApi, restClient } from '../testing/rest.ts'
import type { CallRest } from '../testing/rest.ts'
import { walkSync } from '../testing/sync.ts'
import { walkQuality } from '../testing/quality.ts'
import { walkTemplates } from '../testing/templates.ts'
import { walkGovernance } from '../testing/governance.ts'
import { walkWebhooks } from '../testing/webhooks.ts'
import { EXAMPLE_PLAN } from './examples.ts'
import { OPERATIONS } from './index.ts'
import { ROUTES } from './routes.ts'

let workspace: TestWorkspace
let http: HttpServer
let url: string
let call: CallRest
let migrations = 'current'
const mails: Mail[] = []

beforeAll(async () => {
  workspace = await createTestWorkspace()
  await workspace.project('website', parsePlan(JSON.stringify(EXAMPLE_PLAN)).plan)
  http = await createHttpServer({ mail: { send: (mail) => void mails.push(mail), deliver: async (mail) => void mails.push(mail) }, operator: UNLIMITED, pool: workspace.pool, logger: pino({ level: 'silent' }), version: '1.2.3', migrations: () => Promise.resolve({ state: migrations, applied: [], pending: [] } as never) })
  http.server.listen(0, '127.0.0.1')
  await once(http.server, 'listening')
  url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`
  call = restClient(url, workspace.apiKey)
})
afterAll(() => http.close())

describe('every operation answers as the OpenAPI document says:', () => {
  test('the server', async () => {
    expect((await call('GET /api/viewer')).body).toMatchObject({ name: 'Ada', organisation: { slug: 'acme' }, api_key: { scopes: ['*'] } })
    expect((await call('GET /api/rate-limit')).body).toMatchObject({ limit: UNLIMITED.tiers.enterprise.pointsPerMinute, cost: expect.any(Number), reset_at: expect.any(String) })
    expect(await restClient(url)('GET /api/health')).toMatchObject({ status: 200, body: { status: 'ok', version: '1.2.3', redis: 'not configured' } })
    migrations = 'behind'
    expect(await call('GET /api/health')).toMatchObject({ status: 503, body: { status: 'down' } })
    migrations = 'current'
  })

  test('projects', async () => {
    const made = await call('POST /api/projects', { body: { name: 'Shop', slug: 'shop' } })
    expect([made.status, made.headers.get('location')]).toEqual([201, `/api/projects/${made.body.project.id}`])
    expect((await call(`GET ${made.headers.get('location')}`)).body).toEqual({ ...made.body.project, viewer_can: expect.objectContaining({ projects_write: true }) })
    expect((await call('PATCH /api/projects/shop', { body: { name: 'The shop' } })).body.project.name).toBe('The shop')
    expect((await call('GET /api/projects?search=shop')).body).toMatchObject({ projects: [{ name: 'The shop', archived_at: null }], page_info: { has_next_page: false }, total_count: 1 })
    expect((await call('POST /api/projects/shop/archive')).body.project.archived_at).toEqual(expect.any(String))
    expect((await call('GET /api/projects?archived=true')).body.projects).toHaveLength(1)
  })

  test('quality', () => walkQuality(call))

  test('templates', () => walkTemplates(call))
  test('webhooks', () => walkWebhooks(call))
  test('notifications', () => walkNotifications(call))

  test('a plan is read', async () => {
    const at = 'GET /api/projects/website'
    const plan = await call(`${at}/plan`)
    expect(plan.body.phases[0].steps[0].microsteps[1]).toMatchObject({ key: 'T-12', status: 'todo', depends_on: ['T-1'], acceptance_criteria: [{ id: 'C-1' }, { id: 'C-2', check: { kind: 'manual' } }], step_key: 'S-1' })
    expect((await call(`${at}/plan/document`)).body.document.milestones[0].steps[0].microsteps[1]).toEqual(EXAMPLE_PLAN.milestones[0].steps[0].microsteps[1])
    expect((await call(`${at}/plan/document?at_sequence=1`)).body.document.milestones).toEqual([])
    expect((await call(`${at}/milestones`)).body.milestones.map((item: any) => item.key)).toEqual(['M-1', 'M-2'])
    expect((await call(`${at}/steps?milestone=M-2`)).body.steps).toMatchObject([{ key: 'S-4', milestone_key: 'M-2' }])
    expect((await call(`${at}/microsteps?status=todo,IN_PROGRESS&status=blocked`)).body.microsteps.map((item: any) => item.key)).toEqual(['T-12'])
    expect((await call(`${at}/items/S-1`)).body).toMatchObject({ type: 'step', key: 'S-1', microsteps: [{ key: 'T-1' }, { key: 'T-12' }] })
    expect((await call(`${at}/items/T-1`)).body).toMatchObject({ type: 'microstep', status: 'done' })
    expect((await call(`${at}/items/M-2`)).body).toMatchObject({ type: 'milestone', steps: [{ key: 'S-4' }] })
    expect((await call(`${at}/plan/analysis`)).body).toMatchObject({ ready: ['T-12'], critical_path: { expected_hours: 4 } })
    const changes = [{ op: 'update', id: 'T-12', set: { estimate: 16 } }]
    expect(await call('POST /api/projects/website/plan/what-if', { body: { changes } })).toMatchObject({ status: 200, body: { delay_hours: 12 } })
  })

  test.each([
    ['milestone', { key: 'M-3', title: 'Launch', due_date: '2027-01-31' }, { phase: 'late' }, { due_date: '2027-01-31', phase: 'late' }],
    ['step', { key: 'S-9', parent: 'M-2', title: 'Search' }, { labels: ['a', 'b'] }, { labels: ['a', 'b'] }],
    ['microstep', { key: 'T-9', parent: 'S-1', title: 'Proof', estimate: { hours: 2 }, acceptance_criteria: [{ text: 'Read.', check: { kind: 'manual', someKey: 1 } }] }, { priority: 'high' },
      { priority: 'high', estimate: { expected: 2 }, acceptance_criteria: [{ text: 'Read.', check: { kind: 'manual', someKey: 1 } }] }],
  ])('a %s is made, changed, moved and deleted', async (kind, made, change, expected) => {
    const at = `/api/projects/website/${kind}s`
    const added = await call(`POST ${at}`, { body: made })
    expect([added.status, added.headers.get('location')]).toEqual([201, `/api/projects/website/items/${made.key}`])
    expect((await call(`PATCH ${at}/${made.key}`, { body: change })).body[kind]).toMatchObject(expected)
    expect((await call(`POST ${at}/${made.key}/move`, { body: { after: null } })).body[kind].key).toBe(made.key)
    expect((await call(`DELETE ${at}/${made.key}`)).body).toMatchObject({ key: made.key, removed: 1, sequence: expect.any(Number) })
  })

  test('a plan is written, synced and logged', async () => {
    expect((await call('PUT /api/projects/website/microsteps/T-12/status', { body: { status: 'in_review' } })).body.microstep.status).toBe('in_review')
    const { sequence } = (await call('POST /api/projects/website/plan/changes', { body: { changes: [{ op: 'update', id: 'T-12', set: { dependsOn: [] } }] } })).body
    const sync = await call('POST /api/projects/website/sync', { body: { base_sequence: sequence, changes: [{ op: 'update', id: 'T-12', set: { notes: 'soon' } }], dry_run: true } })
    expect(sync.body).toMatchObject({ applied: 1, conflicts: [], summary: { pushed: 1 } })
    expect((await call('POST /api/projects/website/plan/import', { body: { document: EXAMPLE_PLAN, replace: true } })).body.counts).toEqual({ milestones: 2, steps: 2, microsteps: 2 })
    const log = await call('GET /api/projects/website/events?since=1&limit=1')
    expect(log.body.events).toMatchObject([{ kind: 'plan.changed', sequence: 2, data: { changes: expect.any(Array) } }])
    expect(log.headers.get('link')).toBe('</api/projects/website/events?limit=1&since=2>; rel="next"')
  })

  test('sync', () => walkSync(call))
  test('flow and time', () => walkAnalytics(call))

  test('API keys, as the product reference makes them', async () => {
    const key = { project_id: 'website', name: 'CI/CD Pipeline', scopes: ['planner.read', 'builder.run', 'qa.run'] }
    const made = await call('POST /api/admin/api-keys', { body: key, headers: { 'idempotency-key': 'ci' } })
    expect(made).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^br_/), replayed: false, api_key: { name: key.name, scopes: key.scopes, project_id: expect.stringMatching(/^prj_/) } } })
    expect((await call('POST /api/admin/api-keys', { body: key, headers: { 'idempotency-key': 'ci' } })).body).toEqual({ ...made.body, secret: null, replayed: true })
    const at = `/api/admin/api-keys/${made.body.api_key.id}`
    expect(made.headers.get('location')).toBe(at)
    expect((await restClient(url, made.body.secret)('GET /api/projects/website/plan')).status).toBe(200)
    expect((await restClient(url, made.body.secret)('PATCH /api/projects/website', { body: { description: 'x' } })).body).toMatchObject({ status: 403, permission: expect.any(String) })
    expect((await call('GET /api/admin/api-keys?limit=100')).body.keys.map(({ id }: { id: string }) => id)).toContain(made.body.api_key.id)
    expect((await call(`GET ${at}`)).body).toMatchObject({ state: 'active', owner: { name: 'Ada' } })
    const rotated = await call(`POST ${at}/rotate`, { body: { grace_seconds: 60 } })
    expect(rotated).toMatchObject({ status: 201, body: { api_key: { rotated_from_id: made.body.api_key.id, scopes: key.scopes } } })
    expect((await call(`DELETE ${rotated.headers.get('location')}`)).body).toMatchObject({ api_key: { state: 'revoked' } })
  })

  test('comments', () => walkComments(call))
  test('what hangs on comments', () => walkDiscussion(call))
  test('presence', () => walkPresence(call))

  const as = (token?: string): CallRest => restClient(url, token)
  test('the audit log', () => walkAudit({ call, workspace }))
  test('the organisation, its members, invitations and teams', () => walkOrganisation({ call, as, workspace, mails }))
  test('accounts', () => walkAuthentication({ as, mails }))
  test('administration', () => walkAdministration({ call, as, workspace }))

  test('governance', () => walkGovernance(call))

  test('none was left out', () => {
    const answered = ROUTES.filter(({ operation }) => OPERATIONS.get(operation)?.kind !== 'subscription')
    expect([...checkedOperations()].sort()).toEqual(answered.map(({ operation }) => operation).sort())
  })
})

describe('a problem', () => {
  const at = '/api/projects/website'
  test.each<[string, string, Parameters<CallRest>[1], number, string, object]>([
    ['an unknown key', 'GET /api/projects', { headers: { authorization: 'Bearer br_aaaaaaaa_bbbb' } }, 401, 'UNAUTHENTICATED', {}],
    ['a path that is not there', 'GET /api/nothing', {}, 404, 'NOT_FOUND', {}],
    ['a thing that is not there', 'GET /api/projects/nowhere', {}, 404, 'NOT_FOUND', { errors: [{ parameter: 'project_id', detail: expect.any(String) }] }],
    ['an item that is not there', `PUT ${at}/microsteps/none/status`, { body: { status: 'done' } }, 404, 'NOT_FOUND', {}],
    ['a method that is not there', 'DELETE /api/projects', {}, 405, 'METHOD_NOT_ALLOWED', {}],
    ['a body that is not announced as JSON', 'POST /api/projects', { body: 'name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'UNSUPPORTED_MEDIA_TYPE', {}],
    ['a body that is no JSON', 'POST /api/projects', { body: '{"name":' }, 400, 'BAD_USER_INPUT', { errors: [{ pointer: '#', detail: expect.stringContaining('no JSON') }] }],
    ['a body that is a list', 'POST /api/projects', { body: [] }, 400, 'BAD_USER_INPUT', {}],
    ['an unknown query parameter', 'GET /api/projects?frist=1', {}, 400, 'BAD_USER_INPUT',
      { errors: [{ parameter: 'frist', detail: 'There is no parameter `frist`. Known here: after, archived, cursor, first, limit, search.' }] }],
    ['several faults, all at once', `POST ${at}/microsteps`, { body: { key: 1, titel: 'x', estimate: { hours: 'four', day: 1 }, status: 'finished' } }, 400, 'BAD_USER_INPUT', {
      errors: [
        { pointer: '#/titel', detail: expect.stringContaining('`titel`') }, { pointer: '#/key', detail: '`key` must be a text.' },
        { pointer: '#/parent', detail: '`parent` is required.' }, { pointer: '#/title', detail: '`title` is required.' },
        { pointer: '#/status', detail: '`status` must be one of blocked, cancelled, done, in_progress, in_review, todo.' },
        { pointer: '#/estimate/hours', detail: '`estimate.hours` must be a number.' }, { pointer: '#/estimate/day', detail: expect.stringContaining('`estimate.day`') },
      ],
    }],
    ['a parameter given twice', `PATCH ${at}?name=a`, { body: { name: 'b' } }, 400, 'BAD_USER_INPUT', { errors: [{ pointer: '#/name', detail: expect.stringContaining('twice') }] }],
    ['a page that is too large', 'GET /api/projects/website/steps?limit=0', {}, 422, 'VALIDATION_FAILED', { errors: [{ parameter: 'limit', detail: expect.any(String) }] }],
    ['a slug that is taken', 'POST /api/projects', { body: { name: 'x', slug: 'website' } }, 409, 'ALREADY_EXISTS', { errors: [{ pointer: '#/slug', detail: expect.any(String) }] }],
    ['a plan that was changed meanwhile', `POST ${at}/plan/changes`, { body: { expected_sequence: 0, changes: [{ op: 'remove', id: 'T-1' }] } }, 409, 'CONFLICT', {}],
    ['a plan with faults', `POST ${at}/plan/import`, { body: { document: { version: 1 }, replace: true } }, 422, 'VALIDATION_FAILED', { problems: expect.arrayContaining([expect.objectContaining({ pointer: expect.any(String) })]) }],
    ['a precondition that nobody would check', `PATCH ${at}`, { body: { name: 'x' }, headers: { 'if-match': '"x"' } }, 400, 'BAD_USER_INPUT', {}],
  ])('names %s', async (_, request, init, status, code, members) => {
    const { body, headers, ...response } = await call(request, init)
    expect([response.status, body.code]).toEqual([status, code])
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(body).toMatchObject({ type: `urn:buildrunner:error:${code}`, status, title: expect.any(String), detail: expect.any(String), request_id: headers.get('x-request-id'), ...members })
  })

  test('names the rule of the policy, or the permission, that forbids', async () => {
    await workspace.project('old')
    await call('POST /api/projects/old/archive')
    expect((await call('PATCH /api/projects/old', { body: { name: 'x' } })).body).toMatchObject({ status: 403, code: 'POLICY_REFUSED', rule: 'projects.archived-is-read-only' })
    const other = await workspace.stranger()
    await workspace.pool.query('UPDATE api_keys SET scopes = $2 WHERE organisation_id = $1', [other.actor.organisationId, ['projects.read']])
    const limited = restClient(url, other.apiKey)
    expect((await limited('POST /api/projects', { body: { name: 'x' } })).body).toMatchObject({ status: 403, code: 'FORBIDDEN', permission: 'projects.create' })
    expect((await limited('GET /api/projects/website')).status).toBe(404)
  })

  test('asks for credentials where there are none or others, and says which methods there are', async () => {
    for (const response of [await restClient(url)('GET /api/viewer'), await call('GET /api/viewer', { headers: { authorization: 'Basic x' } })]) {
      expect([response.status, response.body.code, response.headers.get('www-authenticate')]).toEqual([401, 'UNAUTHENTICATED', 'Bearer'])
    }
    expect((await call('PUT /api/projects')).headers.get('allow')).toBe('GET, POST, HEAD, OPTIONS')
  })

  test('of ours says nothing but the request id', async () => {
    await workspace.administer('ALTER TABLE runner_events RENAME TO hidden')
    try {
      const { status, body } = await call('GET /api/projects/website/events?since=0', { headers: { 'x-request-id': 'mine' } })
      expect([status, body.code, body.request_id]).toEqual([500, 'INTERNAL', 'mine'])
      expect(JSON.stringify(body)).not.toContain('runner_events')
    } finally {
      await workspace.administer('ALTER TABLE hidden RENAME TO runner_events')
    }
  })
})

describe('HTTP', () => {
  test('a read carries an entity tag and is not sent again while nothing changed', async () => {
    const first = await call('GET /api/projects/website/plan')
    const etag = first.headers.get('etag') as string
    for (const value of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await call('GET /api/projects/website/plan', { headers: { 'if-none-match': value } })
      expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, undefined, etag])
    }
    await call('PUT /api/projects/website/microsteps/T-12/status', { body: { status: 'in_review' } })
    expect((await call('GET /api/projects/website/plan', { headers: { 'if-none-match': etag } })).status).toBe(200)
  })

  test('a write under the same Idempotency-Key happens once; for another request it is refused', async () => {
    const once = { body: { name: 'Blog' }, headers: { 'idempotency-key': 'k1' } }
    const first = await call('POST /api/projects', once)
    expect((await call('POST /api/projects', once)).body.project.id).toBe(first.body.project.id)
    const other = await call('POST /api/projects', { ...once, body: { name: 'Forum' } })
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_CONFLICT', errors: [{ parameter: 'Idempotency-Key' }] } })
  })

  test('following the links of a list meets every item once', async () => {
    for (const slug of ['p1', 'p2', 'p3']) await workspace.project(slug)
    const all = (await call('GET /api/projects?first=100')).body.projects.map((project: any) => project.id)
    const met: string[] = []
    for (let next: string | undefined = '/api/projects?limit=2'; next !== undefined;) {
      const page = await call(`GET ${next}`)
      met.push(...page.body.projects.map((project: any) => project.id))
      const link = page.headers.get('link') ?? ''
      expect(link).toContain('</api/projects?limit=2>; rel="first"')
      next = /<([^>]+)>; rel="next"/.exec(link)?.[1]
    }
    expect(met).toEqual(all)
  })

  test('a body that is too large is refused, whatever the method', async () => {
    const sent = fetch(`${url}/api/projects/website`, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'x'.repeat(33 * 1024 * 1024) }) })
    const response = await sent.catch(() => null) // the connection may be closed before all of it was sent
    if (response !== null) expect([response.status, ((await response.json()) as any).code]).toEqual([413, 'LIMIT_EXCEEDED'])
    expect((await call('GET /api/projects/website')).body.name).not.toContain('xx')
  })

  test('HEAD answers what GET does, without the body', async () => {
    const get = await call('GET /api/viewer')
    const head = await call('HEAD /api/viewer')
    expect([head.status, head.body, head.headers.get('etag')]).toEqual([200, undefined, get.headers.get('etag')])
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'))
  })

  test('a page elsewhere may ask, with a key', async () => {
    const { status, headers } = await call('OPTIONS /api/projects/website', { headers: { origin: 'https://example.com', 'access-control-request-method': 'PATCH' } })
    expect([status, headers.get('access-control-allow-origin'), headers.get('access-control-allow-methods')]).toEqual([204, '*', 'GET, PATCH, HEAD, OPTIONS'])
    expect(headers.get('access-control-allow-headers')).toContain('idempotency-key')
    expect((await call('GET /api/viewer')).headers.get('access-control-expose-headers')).toContain('etag')
  })

  test('a key with any characters is a path segment', async () => {
    const key = 'a/b&c%ü'
    await call('POST /api/projects/website/milestones', { body: { key, title: 'Odd' } })
    const { headers, body } = await call(`GET /api/projects/website/items/${encodeURIComponent(key)}`)
    expect([body.key, headers.get('etag')]).toEqual([key, expect.any(String)])
    for (const path of ['/api/projects/%E0%A4%A', '/api//projects', '/api/projects//plan', '/api/projects/website/plan/x']) expect((await call(`GET ${path}`)).status).toBe(404)
    expect((await call('GET /api/projects/')).body).toEqual((await call('GET /api/projects')).body)
  })

  test('the project may be named beside the path, if it is the same', async () => {
    expect((await call('GET /api/projects/website/plan?project_id=website')).status).toBe(200)
    expect((await call('GET /api/projects/website/plan?project_id=other')).body.errors).toEqual([{ parameter: 'project_id', detail: expect.stringContaining('twice') }])
  })

  test('the OpenAPI document is served, with an entity tag', async () => {
    const response = await fetch(`${url}/openapi.json`)
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(openApi)))
    const again = await fetch(`${url}/openapi.json`, { headers: { 'if-none-match': response.headers.get('etag') as string } })
    expect(again.status).toBe(304)
  })

  test('a server that executes trusted documents alone serves REST to every key', async () => {
    const other = await workspace.stranger()
    await workspace.pool.query('UPDATE api_keys SET scopes = $2 WHERE organisation_id = $1', [other.actor.organisationId, ['projects.read']])
    const strict = await createHttpServer({ pool: workspace.pool, logger: pino({ level: 'silent' }), version: '1.2.3', trustedDocuments: 'only', migrations: () => Promise.reject(new Error('not asked')) })
    strict.server.listen(0, '127.0.0.1')
    await once(strict.server, 'listening')
    const answered = await restClient(`http://127.0.0.1:${(strict.server.address() as AddressInfo).port}`, other.apiKey)('GET /api/projects')
    strict.server.closeAllConnections()
    await strict.close()
    expect(answered).toMatchObject({ status: 200, body: { projects: [] } })
  })

  test('an operation runs in the same pipeline as GraphQL: it is counted in the metrics', async () => {
    const count = async (): Promise<number> => Number(/operations_total\{type="query",outcome="ok"\} (\d+)/.exec(await (await fetch(`${url}/metrics`)).text())?.[1] ?? 0)
    const before = await count()
    await call('GET /api/viewer')
    expect(await count()).toBe(before + 1)
  })
})

describe('the stream of events', () => {
  const at = '/api/projects/live/events/stream'
  const changeTitle = (title: string) => call('PATCH /api/projects/live', { body: { description: title } })

  interface Message { id: string; data: any }

  /** Reads events until there are as many as wanted, and leaves. */
  async function read(address: string, count: number, headers: Record<string, string> = {}, during: () => Promise<unknown> = () => Promise.resolve()): Promise<Message[]> {
    const leave = new AbortController()
    const response = await fetch(`${url}${address}`, { headers: { authorization: `Bearer ${workspace.apiKey}`, ...headers }, signal: leave.signal })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    await during()
    const found: Message[] = []
    let text = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const fields = Object.fromEntries(text.slice(0, end).split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
        text = text.slice(end + 2)
        const data = fields['data'] === undefined ? undefined : JSON.parse(fields['data'])
        if (data?.event) found.push({ id: fields['id'] ?? '', data }) // the first message only tells where the stream begins
      }
      if (found.length >= count) break
    }
    leave.abort()
    return found
  }

  test('brings what was missed, then what happens, and goes on after the last id', async () => {
    await workspace.project('live')
    await changeTitle('one')
    const messages = await read(`${at}?since=1`, 2, {}, () => changeTitle('two'))
    expect(messages.map(({ id, data }) => [id, data.event.kind, data.event.created_at])).toEqual([['2', 'project.updated', expect.any(String)], ['3', 'project.updated', expect.any(String)]])
    const again = await read(`${at}?since=0`, 1, { 'last-event-id': '2' })
    expect(again.map(({ id }) => id)).toEqual(['3'])
  })

  test('is given up when the reader leaves', async () => {
    const followers = async (): Promise<number> => Number(/buildrunner_event_subscribers (\d+)/.exec(await (await fetch(`${url}/metrics`)).text())?.[1])
    await read(`${at}?since=0`, 1)
    await expect.poll(followers).toBe(0)
    const head = await fetch(`${url}${at}`, { method: 'HEAD', headers: { authorization: `Bearer ${workspace.apiKey}` } })
    expect([head.status, await head.text()]).toEqual([200, ''])
    await expect.poll(followers).toBe(0)
  })

  test('that cannot begin is a problem', async () => {
    expect((await call('GET /api/projects/nowhere/events/stream')).body).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    expect((await call(`GET ${at}`, { headers: { 'last-event-id': 'x' } })).body).toMatchObject({ status: 400, errors: [{ parameter: 'Last-Event-ID' }] })
    expect((await restClient(url)(`GET ${at}`)).body).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
  })
})

/** `curl` commands of the product reference, with backslashes at line ends joined. */
function curlExamples(): string[] {
  const reference = new URL('../../../../shared/product/reference.md', import.meta.url)
  if (!existsSync(reference)) return []
  return readFileSync(reference, 'utf8').replace(/\\\n\s*/g, ' ').match(/^\s*curl .*$/gm) ?? []
}

describe('the curl examples of the product reference', () => {
  // those below /admin have bodies, and tests of their own
  const domains = new Set(ROUTES.map(({ path }) => path.split('/')[1]).filter((domain) => domain !== 'admin'))
  const examples = curlExamples().flatMap((command) => {
    const [, address = ''] = /(?:https?:\/\/[^/\s"]+)?((?:\/[\w-]+)+)/.exec(command.replace(/^\s*curl/, '')) ?? []
    return domains.has(address.replace(/^\/api/, '').split('/')[1]) ? [[command.trim(), /-X (\w+)/.exec(command)?.[1] ?? 'GET', address]] : []
  })

  test.skipIf(curlExamples().length === 0)('are found', () => expect(examples.map(([, , address]) => address)).toEqual(expect.arrayContaining(['/projects', '/api/health'])))

  test.each(examples)('work: %s', async (_, method, address) => {
    const { status, body } = await call(`${method} ${address}`, { headers: { 'content-type': 'application/json' } })
    expect([status, typeof body]).toEqual([200, 'object'])
  })
})
