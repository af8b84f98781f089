/** The generated Prisma client, its data model for Pothos, and one way to make clients over a shared `pg` pool. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { PrismaClient } from './_generated/client/client.ts'

export { PrismaClient } from './_generated/client/client.ts'
export type { default as PrismaTypes } from './_generated/pothos.ts'
export { getDatamodel } from './_generated/pothos.ts'

export interface PrismaClients {
  /** Reads the rows of every organisation. */
  readonly all: PrismaClient
  /** Reads those of one. It is light: engine and connections are shared. */
  of(organisationId: string): PrismaClient
}

/** Where Prisma puts equal `findUnique` of one turn together; private, and held by the tests of `of`. */
interface RequestHandler {
  readonly logEmitter: unknown
  request(params: unknown): Promise<unknown>
}
interface Internals {
  _requestHandler: RequestHandler
  $extends(extension: object): Internals
}

/** Clients that are kept; the one that was made first goes first. */
const MAX_KEPT = 1_000

type Queryable = Pick<pg.ClientBase, 'query'>

/** @param confined sends queries over a pool or a connection so that they see one organisation */
export function createPrismaClients(pool: pg.Pool, confined: (over: Queryable, organisationId: string) => Queryable): PrismaClients {
  const organisation = new AsyncLocalStorage<string>()
  const routed = Object.assign(Object.create(pool) as pg.Pool, {
    query(config: pg.QueryConfig) {
      const id = organisation.getStore()
      return (id === undefined ? pool : confined(pool, id)).query(config)
    },
    // Prisma runs what it cannot join to one statement in a transaction
    async connect() {
      const [id, client] = [organisation.getStore(), await pool.connect()]
      return id === undefined ? client : confinedClient(client, confined(client, id))
    },
  })
  const all = new PrismaClient({ adapter: new PrismaPg(routed) })
  const kept = new Map<string, PrismaClient>()
  return {
    all,
    of(organisationId) {
      let client = kept.get(organisationId)
      if (client === undefined) {
        if (kept.size >= MAX_KEPT) kept.delete(kept.keys().next().value as string)
        kept.set(organisationId, (client = derive(all, (send) => organisation.run(organisationId, send))))
      }
      return client
    },
  }
}

function confinedClient(client: pg.PoolClient, { query }: Queryable): pg.PoolClient {
  return new Proxy(client, {
    get(target, key) {
      if (key === 'query') return query
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/**
 * A client with a request handler of its own: a shared one would read what two organisations ask for in one turn by one
 * statement, under the name of the first.
 */
function derive(client: PrismaClient, run: <Result>(send: () => Result) => Result): PrismaClient {
  const derived = (client as unknown as Internals).$extends({})
  const { constructor, logEmitter } = derived._requestHandler
  const handler = new (constructor as new (client: unknown, logEmitter: unknown) => RequestHandler)(derived, logEmitter)
  const request = handler.request.bind(handler)
  handler.request = (params) => run(() => request(params))
  derived._requestHandler = handler
  return derived as unknown as PrismaClient
}
