/** The real server on a database of its own, with a project that holds a plan. Call it at the top of a test file. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Mail } from '@buildrunner/schema/shared/mail'
import { createSigner, newSigningKey, readSigningKey } from '@buildrunner/schema/audit/signing'
import { addPerson } from '@buildrunner/schema/testing/people'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import { pino } from 'pino'
import { afterAll } from 'vitest'
import { createHttpServer } from '../../api/src/server.ts'
import type { ServerOptions } from '../../api/src/server.ts'
import type { Microstep, Plan } from '../src/domain/plans/types.ts'

const MICROSTEPS: Microstep[] = [
  { id: 'T-1', title: 'Home', status: 'done' },
  { id: 'T-12', title: 'Write the guide', dependsOn: ['T-1'], estimate: 4 },
]

export const PLAN: Plan = {
  version: 1,
  project: { name: 'Website' },
  milestones: [
    { id: 'M-1', title: 'Alpha', steps: [{ id: 'S-1', title: 'Pages', microsteps: MICROSTEPS }] },
    { id: 'M-2', title: 'Beta' },
  ],
}

export interface TestServer {
  readonly apiUrl: string
  readonly apiKey: string
  /** The slug of the project that holds {@link PLAN}. */
  readonly projectId: string
  /** What it mailed. */
  readonly mails: readonly Mail[]
  /** The key of an administrator of another organisation: of `eve-1@example.com`, `eve-2@example.com`, ... */
  stranger(): Promise<string>
  /** The key of a GlobalAdmin who is a member of the organisation. */
  operator(): Promise<string>
  /** The key of another administrator of the organisation, who may write in its projects. */
  administrator(name: string): Promise<string>
  /** Makes a member of the organisation. */
  member(email: string): Promise<void>
}

const auditSigner = createSigner(readSigningKey(newSigningKey()))

/** @param options what else the server is given */
export async function startServer(options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const workspace = await createTestWorkspace()
  const projectId = await workspace.project('website', PLAN)
  const mails: Mail[] = []
  const migrations = () => Promise.resolve({ state: 'current' as const, applied: [], pending: [], offending: [] })
  const { server, close } = await createHttpServer({ ...options, mail: { send: (mail) => void mails.push(mail), deliver: async (mail) => void mails.push(mail) }, pool: workspace.pool, logger: pino({ level: 'silent' }), version: '0.0.0', auditSigner, migrations })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(() => {
    server.closeAllConnections()
    return close()
  })
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, apiKey: workspace.apiKey, projectId, mails, stranger: async () => (await workspace.stranger()).apiKey,
    operator: async () => (await addPerson(workspace, { name: 'Otto', platformRole: 'GlobalAdmin' })).apiKey,
    administrator: async (name) => (await addPerson(workspace, { name, role: 'TenantAdmin' })).apiKey,
    member: async (email) => void (await addPerson(workspace, { name: 'Max', email })),
  }
}
