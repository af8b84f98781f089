/** Nobody sees or changes what is another organisation's over REST: every route of the binding table, with ids of the other's things. */
import { furnishQuality } from '@buildrunner/schema/qa/testing/furnish'
import { furnishOrganisation } from '@buildrunner/schema/testing/furnish'
import { addPerson } from '@buildrunner/schema/testing/people'
import { digestRows, secretsOf } from '@buildrunner/schema/testing/secrets'
import type { Secrets } from '@buildrunner/schema/testing/secrets'
import { addConflict } from '@buildrunner/schema/testing/conflicts'
import { addApproval } from '@buildrunner/schema/testing/governance'
import { addNotification } from '@buildrunner/schema/testing/notification'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import { schema } from '@buildrunner/schema'
import { permissionOf } from '@buildrunner/schema/shared/field-permissions'
import { decodeNodeId } from '@buildrunner/schema/shared/ids'
import { PERMISSIONS } from '@buildrunner/schema/shared/permissions'
import { getNamedType, getNullableType, getOperationAST, isListType, isNonNullType, parse } from 'graphql'
import type { FieldNode } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXAMPLES, EXAMPLE_PLAN, restExample } from './rest/examples.ts'
import { OPERATIONS } from './rest/index.ts'
import type { RestOperation } from './rest/operations.ts'
import { ROUTES } from './rest/routes.ts'
import type { Route } from './rest/routes.ts'
import { startTestServer } from './testing/graphql.ts'
import type { TestServer } from './testing/graphql.ts'

let workspace: TestWorkspace
let server: TestServer
let secrets: Secrets
let before: Record<string, string>
let strangerKey: string
/** The owner's things, by the parameters that name them. */
let IDS: Readonly<Record<string, string>>

/** Keys of items mean nothing without their project. */
const KEYS = new Set(['id', 'parent', 'after', 'item_id', 'milestone', 'step', 'step_id', 'item', 'within'])
/** Filters of one's own list: what they name is found nowhere in it. */
const FILTERS = new Set(['actor', 'target'])
/** What a client may call a thing that it makes. */
const MADE = new Set(['projects_create', 'comments_add', 'comments_reply', 'comments_promote', 'qa_recordPreview'])

beforeAll(async () => {
  workspace = await createTestWorkspace()
  await workspace.project('website', EXAMPLE_PLAN as never)
  const { data } = await workspace.run<any>('mutation { addComment(input: { projectId: "website", itemId: "T-12", body: "Top secret.", attachments: [{ kind: LINK, url: "https://example.com" }] }) { ... on AddCommentPayload { comment { id attachments { id } } } } }')
  const made = await workspace.run<any>('mutation { createWebhook(input: { projectId: "website", url: "https://hooks.example.com" }) { ... on CreateWebhookPayload { webhook { id } } } }')
  const webhookId = made.data.createWebhook.webhook.id as string
  const tested = await workspace.run<any>('mutation ($id: ID!) { sendTestWebhook(input: { webhookId: $id }) { ... on SendTestWebhookPayload { delivery { id } } } }', { id: webhookId })
  const read = await workspace.run<any>('{ project(projectId: "website") { id } }')
  const quality = await furnishQuality(workspace.context(), 'website', { item: 'T-12', milestone: 'M-1' })
  const its = await furnishOrganisation(workspace, await addPerson(workspace, { name: 'Max' }))
  IDS = {
    project_id: read.data.project.id, comment_id: data.addComment.comment.id, conflict_id: await addConflict(workspace.context(), 'website', 'T-12'), attachment_id: data.addComment.comment.attachments[0].id, webhook_id: webhookId, in_project: read.data.project.id, ids: await addNotification(workspace, { ...workspace.actor, slug: 'website', itemKey: 'T-12' }), delivery_id: tested.data.sendTestWebhook.delivery.id, key_id: its.ApiKey as string, organisation_id: its.Organisation as string, user_id: its.User as string,
    approval_id: await addApproval(workspace.context(), 'website', 'M-1'), run_id: quality.QaRun, evidence_id: quality.Evidence,
    team_id: its.Team as string, team_ids: its.Team as string, invitation_id: its.Invitation as string, impersonation_id: its.Impersonation as string, session_id: its.Session as string, record_id: its.AuditRecord as string,
  }
  strangerKey = (await workspace.stranger()).apiKey
  const { organisationId } = workspace.actor
  secrets = await secretsOf(workspace.pool, 'organisation_id', organisationId, ['Top secret.', 'Write the guide'])
  before = await ownRows()
  server = await startTestServer(workspace)
})
afterAll(() => server.close())

/** Without the audit log, which the server goes on chaining by itself. */
async function ownRows(): Promise<Record<string, string>> {
  const digests = await digestRows(workspace.pool, 'organisation_id', workspace.actor.organisationId)
  return Object.fromEntries(Object.entries(digests).filter(([table]) => !table.startsWith('audit_')))
}

/** The example of an operation, with the owner's things wherever an id is taken: those named, in every spelling, and those that must be there. */
function inputOf(operation: RestOperation, inPath: string): { input: Record<string, unknown>; named: string[]; demanded: string[] } {
  const input = restExample(operation, EXAMPLES[operation.name]?.variables ?? {})
  const [named, demanded]: [string[], string[]] = [[], []]
  for (const [name, { type }] of operation.parameters) {
    if (getNamedType(type).name !== 'ID' || KEYS.has(name) || FILTERS.has(name) || (name === 'id' && MADE.has(operation.name))) continue
    const id = IDS[name]
    if (id === undefined) throw new Error(`the parameter ${name} of ${operation.name} is an id: add one of the owner's to IDS in api/src/isolation.test.ts`)
    input[name] = isListType(getNullableType(type)) ? [id] : id
    // an optional one only filters a list
    if (isNonNullType(type) || inPath.includes(`{${name}}`)) demanded.push(id)
    named.push(id, decodeNodeId(id)?.uuid as string)
  }
  // a thread is named by its comment or by its item
  if (input['comment_id'] !== undefined) delete input['item_id']
  return { input, named, demanded }
}

function requestFor(route: Route, input: Readonly<Record<string, unknown>>): [string, RequestInit] {
  const rest = new Map(Object.entries(input))
  const path = route.path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = String(rest.get(name))
    rest.delete(name)
    return encodeURIComponent(value)
  })
  const authorization = `Bearer ${strangerKey}`
  if (route.method !== 'GET') return [path, { method: route.method, headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(Object.fromEntries(rest)) }]
  const query = new URLSearchParams([...rest].flatMap(([name, value]) => [value].flat().map((entry) => [name, String(entry)])))
  return [`${path}?${query.toString()}`, { headers: { authorization } }]
}

/** Held elsewhere than in a project, a permission is refused before anything is looked for. */
function isInProject({ text }: RestOperation): boolean {
  const ast = getOperationAST(parse(text))
  const [root] = ast?.selectionSet.selections ?? []
  const field = ast && schema.getRootType(ast.operation)?.getFields()[(root as FieldNode).name.value]
  const permission = field ? permissionOf(field) : null
  return permission !== null && PERMISSIONS[permission].level === 'project'
}

/** The body; of a stream, which goes on without end, what it begins with. */
async function beginningOf(response: Response): Promise<string> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) return response.text()
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const { value } = await reader.read()
  await reader.cancel()
  return new TextDecoder().decode(value)
}

describe('a key of another organisation', () => {
  test.each(ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))('%s finds nothing', async (_name, route) => {
    const operation = OPERATIONS.get(route.operation) as RestOperation
    const { input, named, demanded } = inputOf(operation, route.path)
    const [path, init] = requestFor(route, input)
    const response = await fetch(`${server.url}/api${path}`, init)
    if (demanded.length > 0) expect(isInProject(operation) ? [404] : [403, 404]).toContain(response.status)
    const body = await beginningOf(response)
    expect(secrets.foundIn(response.status < 400 ? body : named.reduce((text, id) => text.replaceAll(id, ''), body))).toEqual([])
  })

  test('has changed nothing by all of that', async () => {
    expect(await ownRows()).toEqual(before)
  })
})
