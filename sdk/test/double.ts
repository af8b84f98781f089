/**
 * A double of the server: Yoga over HTTP, executing the catalogue's operations against a few values in memory, with
 * failures to order. The SDK's tests of its own transport use it; what the real server answers is tested against the real one.
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GraphQLError } from 'graphql'
import { createSchema, createYoga } from 'graphql-yoga'
import { documents } from '../src/documents/index.ts'

export interface ReceivedRequest {
  headers: IncomingHttpHeaders
  /** Where the request named a document instead of sending it. */
  documentId: string | undefined
  /** The text, sent or named. */
  query: string
  variables: Record<string, unknown>
}

/** Answers one request in the server's place. */
export type Failure = (response: ServerResponse) => void

export interface Double extends AsyncDisposable {
  readonly baseUrl: string
  readonly received: ReceivedRequest[]
  /** Failures of the next requests, first come first served; after them the server answers again. */
  readonly failures: Failure[]
  /** What resolvers read; tests set it. */
  readonly values: DoubleValues
  /** Resolves when as many requests have come in all. */
  waitForRequests(count: number): Promise<void>
}

export interface DoubleValues {
  projects: string[]
  /** Replaces the cursor that a page of projects ends with. */
  endCursor: ((cursor: string | null) => string | null) | undefined
  events: number[]
  gap: number | null
  setStatus: Record<string, unknown>
  status: string
  /** Whether it is older than the catalogue, and knows none of its ids. */
  old: boolean
  /** Sent with every answer. */
  headers: Record<string, string>
}

export const httpFailure =
  (status: number, headers: Record<string, string> = {}, body = 'upstream failed'): Failure =>
  (response) =>
    void response.writeHead(status, headers).end(body)
export const graphqlFailure = (code: string, headers: Record<string, string> = {}): Failure =>
  httpFailure(200, { 'content-type': 'application/json', ...headers }, JSON.stringify({ data: null, errors: [{ message: 'ordered', extensions: { code } }] }))
export const dropConnection: Failure = (response) => void response.socket?.destroy()
/** Takes the request and never answers. */
export const hang: Failure = () => undefined

export async function startDouble(): Promise<Double> {
  const values: DoubleValues = { projects: [], endCursor: undefined, events: [], gap: null, setStatus: {}, status: 'TODO', old: false, headers: {} }
  const received: ReceivedRequest[] = []
  const failures: Failure[] = []
  const arrivals = new EventTarget()
  const yoga = createYoga({ schema: doubleSchema(values), logging: false, maskedErrors: false })
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { documentId, query = documents[documentId?.split('.')[1] ?? ''] ?? '', variables = {} } = JSON.parse(body) as Partial<ReceivedRequest>
      received.push({ headers: request.headers, documentId, query, variables })
      arrivals.dispatchEvent(new Event('request'))
      response.setHeader('x-request-id', `req-${received.length}`)
      const failure = failures.shift()
      if (failure) failure(response)
      else if (documentId !== undefined && values.old) graphqlFailure('DOCUMENT_UNKNOWN')(response)
      else void answer(yoga.fetch, JSON.stringify({ query, variables }), response, values.headers)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    failures,
    values,
    async waitForRequests(count) {
      while (received.length < count) await once(arrivals, 'request')
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

async function answer(fetch: (url: string, init: RequestInit) => Response | Promise<Response>, body: string, response: ServerResponse, headers: Record<string, string>): Promise<void> {
  const result = await fetch('http://double/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  response.writeHead(result.status, { ...headers, 'content-type': result.headers.get('content-type') ?? '' }).end(await result.text())
}

const PROGRESS = { percent: 0, total: 0, todo: 0, inProgress: 0, blocked: 0, inReview: 0, done: 0, cancelled: 0 }
const VIEWER = { id: 'usr_1', name: 'Ada', email: 'ada@example.com', organisation: { id: 'org_1', name: 'Acme', slug: 'acme' } }
/** Every permission that there is, and that there will be. */
const VIEWER_CAN = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : true) }) // it is no promise
const NOW = '2026-01-01T00:00:00.000Z'

const projectNode = (slug: string) => ({
  id: `prj_${slug}`, slug, name: slug, description: null, createdAt: NOW, updatedAt: NOW, archivedAt: null,
  counts: { milestones: 0, steps: 0, microsteps: 0 }, progress: PROGRESS, viewerCan: VIEWER_CAN,
})

function doubleSchema(values: DoubleValues) {
  const typeDefs = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8')
  const microstep = (key: string) => ({
    __typename: 'Microstep', id: `mic_${key}`, key, title: key, stepKey: 'S-1', dependsOn: [], labels: [], links: [], acceptanceCriteria: [],
    // `values.status` may be a value the SDK does not know: it is put in as it leaves the server.
    status: values.status, createdAt: NOW, updatedAt: NOW,
  })
  return createSchema({
    typeDefs: typeDefs.replace('enum Status {', 'enum Status { PAUSED_BY_A_NEWER_SERVER'),
    resolverValidationOptions: { requireResolversForResolveType: 'ignore' },
    resolvers: {
      Query: {
        viewer: () => ({ ...VIEWER, apiKey: () => refuse('FORBIDDEN', { permission: 'keys:read' }) }),
        health: () => ({ status: 'ok', version: '0.1.0', database: 'ok', redis: 'off', migrations: 'ok' }),
        projects: (_: unknown, { first, after }: { first: number; after?: string }) => page(values, first, after),
        project: (_: unknown, { projectId }: { projectId: string }) => (values.projects.includes(projectId) ? projectNode(projectId) : null),
        plan: (_: unknown, { projectId }: { projectId: string }) => ({ projectId, sequence: 1, milestones: [] }),
        item: (_: unknown, { id }: { id: string }) => microstep(id),
        events: (_: unknown, { since, first }: { since: number; first: number }) => eventPage(values, since, first),
      },
      Mutation: {
        setStatus: (_: unknown, { input }: { input: { id: string } }) => {
          return { __typename: 'SetStatusPayload', microstep: microstep(input.id), sequence: 2, ...values.setStatus }
        },
      },
    },
  })
}

function refuse(code: string, extensions: Record<string, unknown>): never {
  throw new GraphQLError('not for this key', { extensions: { code, ...extensions } })
}

function page(values: DoubleValues, first: number, after: string | undefined) {
  const start = after ? values.projects.indexOf(after) + 1 : 0
  const nodes = values.projects.slice(start, start + first)
  const hasNextPage = start + first < values.projects.length
  const cursor = nodes.at(-1) ?? null
  const endCursor = values.endCursor ? values.endCursor(cursor) : cursor
  return { nodes: nodes.map(projectNode), totalCount: values.projects.length, pageInfo: { hasNextPage, endCursor } }
}

function eventPage(values: DoubleValues, since: number, first: number) {
  const rest = values.events.filter((sequence) => sequence > since)
  const common = { kind: 'plan.changed', version: 1, actor: 'usr_1', origin: 'test', requestId: 'r', createdAt: NOW, data: {} }
  const events = rest.slice(0, first).map((sequence) => ({ sequence, ...common }))
  return { events, sequence: values.events.at(-1) ?? 0, hasMore: rest.length > first, gap: values.gap }
}
