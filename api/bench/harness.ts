/** Two servers on one database, loaded in turn: ours, and the least that Node and `pg` can do for the same answer, both as `npm start` runs Node. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SERVER_FLAGS } from '../../buildrunner/scripts/prepare.mjs'
import { createServices } from '@buildrunner/schema/services'
import { createOrganisation } from '@buildrunner/schema/workspace/service'
import type { Context } from '@buildrunner/schema/context'
import pg from 'pg'
import { startEmbeddedPostgres } from '../src/database/embedded.ts'
import type { EmbeddedPostgres } from '../src/database/embedded.ts'
import { migrate } from '../src/database/migrate.ts'

const TICK_MS = 10 // USER_HZ is 100 on Linux
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

export interface Bench {
  readonly pool: pg.Pool
  readonly ctx: Context
  readonly apiKey: string
  readonly databaseUrl: string
  /** CPU milliseconds so far: of commands that this process ran and that ended, of a server, and of Postgres. */
  cpuNow(served: Served | null): Promise<{ children: number; server: number; database: number }>
  /** Starts a script that prints its port; answers its address. */
  serve(script: string, ...args: string[]): Promise<Served>
  /** CPU milliseconds of one request, of a server and of Postgres together. */
  cpuPerRequest(served: Served, requests: number, body: (index: number) => { path: string; body: string; headers?: Record<string, string> }): Promise<Cpu>
  close(): Promise<void>
}

export interface Served {
  readonly url: string
  readonly pid: number
  /** What it holds after a collection, where the script imports `report-memory.ts`. */
  memory(): Promise<NodeJS.MemoryUsage>
}

export interface Cpu {
  readonly server: number
  readonly database: number
  readonly total: number
}

/** Of the children of a process that ended and were waited for, which is kept in ticks only. */
async function cpuOfEndedChildren(pid: number | 'self'): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number)
  return ((fields[13] ?? 0) + (fields[14] ?? 0)) * TICK_MS
}

/** Of the threads of a process, from the scheduler's own count in nanoseconds: a tick is as long as many a request. */
async function cpuOfThreads(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => [])
  const stats = await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '0')))
  return stats.reduce((sum, stat) => sum + Number(stat.split(' ')[0]), 0) / 1e6
}

/** Of a process and of its children that ended, in milliseconds. */
const cpuOf = async (pid: number): Promise<number> => (await cpuOfThreads(pid)) + (await cpuOfEndedChildren(pid))

/** The postmaster and everything it started. */
async function cpuOfTree(root: number): Promise<number> {
  let total = await cpuOf(root)
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '')
    if (stat !== '' && Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === root) total += await cpuOf(Number(entry))
  }
  return total
}

export function send(url: string, target: { path: string; body: string; headers?: Record<string, string> }): Promise<string> {
  return new Promise((resolve, reject) => {
    const req = request(`${url}${target.path}`, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(target.body), ...target.headers } }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        if (res.statusCode === 200) resolve(text)
        else reject(new Error(`${res.statusCode}: ${text.slice(0, 500)}`))
      })
    })
    req.on('error', reject)
    req.end(target.body)
  })
}

async function startServed(url: string, script: string, args: string[], children: ChildProcess[]): Promise<Served> {
  const child = spawn(process.execPath, [...SERVER_FLAGS, '--conditions=@buildrunner/source', path.join(import.meta.dirname, script), url, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [line] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(([code]) => { throw new Error(`${script} ended with ${code} before it listened`) })])) as [Buffer]
  const memory = async (): Promise<NodeJS.MemoryUsage> => {
    const said = once(child.stdout, 'data') as Promise<[Buffer]>
    child.kill('SIGUSR2')
    return JSON.parse((await said)[0].toString().replace(/^memory /, '')) as NodeJS.MemoryUsage
  }
  return { url: `http://127.0.0.1:${line.toString().trim()}`, pid: child.pid as number, memory }
}

export async function openBench(): Promise<Bench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'br-api-bench-'))
  const database: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir: folder })
  await migrate(database.url, { directory: path.join(import.meta.dirname, '../../prisma/migrations') })
  const pool = new pg.Pool({ connectionString: database.url, max: 2 })
  const services = createServices({ pool, health: () => Promise.reject(new Error('not part of this bench')) })
  const { ctx, apiKey } = await createOrganisation(services, { organisation: { slug: 'bench', name: 'Bench' }, administrator: { email: 'bench@example.com', name: 'Bench' } })
  const children: ChildProcess[] = []
  return {
    pool, ctx, apiKey, databaseUrl: database.url,
    cpuNow: async (served) => ({ children: await cpuOfEndedChildren('self'), server: served === null ? 0 : await cpuOf(served.pid), database: await cpuOfTree(database.pid) }),
    serve: (script, ...args) => startServed(database.url, script, args, children),
    async cpuPerRequest(served, requests, bodyOf) {
      const before = [await cpuOf(served.pid), await cpuOfTree(database.pid)] as const
      for (let index = 0; index < requests; index++) await send(served.url, bodyOf(index))
      const server = ((await cpuOf(served.pid)) - before[0]) / requests
      const inDatabase = ((await cpuOfTree(database.pid)) - before[1]) / requests
      return { server, database: inDatabase, total: server + inDatabase }
    },
    async close() {
      agent.destroy()
      for (const child of children) child.kill()
      await services.prisma.$disconnect()
      await pool.end()
      await database.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number

export interface Compared {
  readonly ours: Cpu
  readonly theirs: Cpu
  readonly ratio: number
}

/** A server that has just started compiles its code: the first thousand requests cost up to three times the later ones. */
const WARM_UP_ROUNDS = 3

/**
 * Runs both in turn, A B A B, after a warm-up of both, and answers the round with the median ratio. After the warm-up the
 * statistics are brought up to date, as autovacuum does within a minute: plans made for empty tables scan them whole.
 */
export async function compare({ pool }: Bench, rounds: number, ours: () => Promise<Cpu>, theirs: () => Promise<Cpu>): Promise<Compared> {
  for (let round = 0; round < WARM_UP_ROUNDS; round++) {
    await ours()
    await theirs()
  }
  await pool.query('VACUUM ANALYZE')
  const results: Compared[] = []
  for (let round = 0; round < rounds; round++) {
    const [a, b] = [await ours(), await theirs()]
    results.push({ ours: a, theirs: b, ratio: a.total / b.total })
  }
  return results.toSorted((a, b) => a.ratio - b.ratio)[Math.floor(rounds / 2)] as Compared
}

const ms = (cpu: Cpu): string => `${cpu.total.toFixed(2)} ms (server ${cpu.server.toFixed(2)}, database ${cpu.database.toFixed(2)})`
export const detail = ({ ours, theirs }: Compared): string => `${ms(ours)} against ${ms(theirs)}`
