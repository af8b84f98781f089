/** The real server over a test workspace, and a GraphQL client for it. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import pino from 'pino'
import { createHttpServer } from '../server.ts'
import type { ServerOptions } from '../server.ts'

export interface TestServer {
  readonly url: string
  close(): Promise<void>
}

export async function startTestServer({ pool }: Pick<TestWorkspace, 'pool'>, options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const http = await createHttpServer({ ...options, pool, logger: pino({ level: 'silent' }), version: '1.2.3', migrations: () => Promise.resolve({ state: 'current', applied: [], pending: [] } as never) })
  http.server.listen(0, '127.0.0.1')
  await once(http.server, 'listening')
  return { url: `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`, close: () => http.close() }
}

export interface GraphQLAnswer {
  readonly data?: any
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string; readonly permission?: string } }[]
  readonly extensions?: any
}

/** Sends one operation under a key or the token of a session. */
export async function send(url: string, token: string | undefined, query: string, variables: object = {}): Promise<GraphQLAnswer> {
  const headers = { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) }
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  return (await response.json()) as GraphQLAnswer
}
