/** A workspace on a database of its own, for tests that execute operations. */
import type { Plan } from '@buildrunner/sdk/plans'
import { graphql } from 'graphql'
import type { ExecutionResult } from 'graphql'
import pg from 'pg'
import { afterAll } from 'vitest'
import type { Actor, Clock, Context, Services } from '../context.ts'
import { createContext } from '../request.ts'
import { schema } from '../schema.ts'
import { createServices } from '../services.ts'
import { newUuid } from '../shared/ids.ts'
import { confineConnection } from '../shared/row-level-security.ts'
import type { Mail } from '../shared/mail.ts'
import { createOrganisation } from '../workspace/service.ts'
import { administer } from './administer.ts'
import { createTestDatabase } from './database.ts'

export interface TestWorkspace {
  readonly url: string
  readonly pool: pg.Pool
  /** Executes SQL as the owner of the tables: what the server itself may not do. */
  administer(sql: string): Promise<void>
  readonly services: Services
  /** A new request of the administrator, or of the given actor. */
  context(actor?: Actor | null): Context
  readonly actor: Actor
  readonly apiKey: string
  /** Executes an operation. */
  run<Data = Record<string, never>>(source: string, variables?: Record<string, unknown>, ctx?: Context): Promise<ExecutionResult<Data>>
  /** Statements sent to the database since the last call, as texts. */
  takeStatements(): string[]
  /** Mails handed over since the last call. */
  takeMails(): Mail[]
  /** Makes a project and answers its slug. */
  project(slug: string, plan?: Plan): Promise<string>
  /** Another organisation on the same server. */
  stranger(): Promise<{ actor: Actor; apiKey: string }>
}

const IMPORT = `mutation ($input: ImportPlanInput!) { importPlan(input: $input) { __typename ... on Error { message } } }`
const CREATE = `mutation ($input: CreateProjectInput!) { createProject(input: $input) { __typename ... on Error { message } } }`

/** Of bcrypt: every workspace, person and key of a test pays it. */
const LOWEST_KEY_HASH_COST = 4

/** A pool as the server's own, whose clients note each statement they send once they are set up. */
function countingPool(url: string, log: string[]): pg.Pool {
  const confined = new WeakSet<pg.ClientBase>()
  class CountingClient extends pg.Client {
    override query(...args: unknown[]): never {
      const [first] = args
      if (confined.has(this)) log.push(typeof first === 'string' ? first : (first as { text: string }).text)
      return (super.query as (...args: unknown[]) => unknown).apply(this, args) as never
    }
  }
  const onConnect = (client: pg.ClientBase): Promise<unknown> => confineConnection(client).then(() => confined.add(client))
  return new pg.Pool({ connectionString: url, max: 8, Client: CountingClient as never, onConnect } as pg.PoolConfig)
}

export async function createTestWorkspace({ clock }: { clock?: Clock } = {}): Promise<TestWorkspace> {
  const database = await createTestDatabase()
  const statements: string[] = []
  const mails: Mail[] = []
  const pool = countingPool(database.url, statements)
  pool.on('error', () => {}) // the database is dropped under idle connections at the end
  const services = createServices({ pool, keyHashCost: LOWEST_KEY_HASH_COST, health: () => Promise.reject(new Error('not part of this test')), mail: { send: (mail) => void mails.push(mail), deliver: async (mail) => void mails.push(mail) }, publicUrl: () => 'http://buildrunner.test', ...(clock && { clock }) })
  const made = await createOrganisation(services, { organisation: { slug: 'acme', name: 'Acme' }, administrator: { email: 'ada@example.com', name: 'Ada' } })
  const actor = made.ctx.actor as Actor
  let strangers = 0
  const workspace: TestWorkspace = {
    url: database.url, pool, administer: (sql) => administer(database.url, sql), services, actor, apiKey: made.apiKey,
    context: (who = actor) => createContext(services, { actor: who, requestId: newUuid(), origin: 'test', address: '127.0.0.1' }),
    run: async (source, variableValues = {}, contextValue = workspace.context()) => (await graphql({ schema, source, variableValues, contextValue })) as never,
    takeStatements: () => statements.splice(0),
    takeMails: () => mails.splice(0),
    async project(slug, plan) {
      expectType(await workspace.run(CREATE, { input: { name: slug, slug } }), 'CreateProjectPayload')
      if (plan !== undefined) expectType(await workspace.run(IMPORT, { input: { projectId: slug, document: plan } }), 'ImportPlanPayload')
      return slug
    },
    async stranger() {
      strangers++
      const other = await createOrganisation(services, { organisation: { slug: `other-${strangers}`, name: 'Other' }, administrator: { email: `eve-${strangers}@example.com`, name: 'Eve' } })
      return { actor: other.ctx.actor as Actor, apiKey: other.apiKey }
    },
  }
  afterAll(async () => {
    await services.prisma.$disconnect()
    if (!pool.ended) await pool.end()
    await database.drop()
  })
  return workspace
}

function expectType(result: ExecutionResult<Record<string, unknown>>, typename: string): void {
  const [value] = Object.values(result.data ?? {}) as ({ __typename: string } | undefined)[]
  if (value?.__typename !== typename) throw new Error(`expected ${typename}: ${JSON.stringify(result)}`)
}
