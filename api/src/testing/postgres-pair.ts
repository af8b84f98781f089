/** Two real Postgres servers of a test's own: a primary, and a replica that streams from it. Debian's, for npm's come without pg_basebackup. */
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { retry } from '@buildrunner/sdk/resilience'
import { Client } from 'pg'
import { freePort } from '../database/free-port.ts'

const PASSWORD = 'pair-password'
const BINARIES = globSync('/usr/lib/postgresql/*/bin/pg_basebackup').sort().map(dirname)[0]

/** False, with a warning, where Debian's Postgres is not installed. */
export function hasPostgresPair(untested: string): boolean {
  if (BINARIES === undefined) console.warn(`\n!!! Debian's postgresql is not installed: ${untested} is NOT tested.\n`)
  return BINARIES !== undefined
}

/** Postgres does not run as root: there it runs as the user that Debian made for it. */
const owner = process.getuid?.() === 0 && BINARIES !== undefined ? { uid: idOf('-u'), gid: idOf('-g') } : {}
function idOf(option: string): number {
  return Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
}

export class TestPostgres {
  readonly url: string
  readonly #data: string
  readonly #port: number
  #postmaster: ChildProcess | undefined

  constructor(data: string, port: number) {
    this.#data = data
    this.#port = port
    this.url = `postgresql://pair:${PASSWORD}@127.0.0.1:${port}/postgres`
  }

  /** Resolves when it takes statements. */
  async start(): Promise<void> {
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=100'].flatMap((setting) => ['-c', setting])
    this.#postmaster = spawn(join(BINARIES as string, 'postgres'), ['-D', this.#data, '-p', String(this.#port), ...settings], { ...owner, cwd: this.#data, stdio: 'ignore' })
    await this.ask('SELECT 1')
  }

  /** One statement on a connection of its own, as soon as the server takes it. */
  ask<Row extends object>(sql: string): Promise<Row[]> {
    const policy = { minMs: 20, maxMs: 200, factor: 1.5, jitter: false, maxAttempts: 200 }
    return retry(async () => {
      const client = new Client({ connectionString: this.url })
      client.on('error', () => {})
      try {
        await client.connect()
        return (await client.query<Row>(sql)).rows
      } finally {
        await client.end()
      }
    }, policy, { isPassing: (error) => ['ECONNREFUSED', 'ECONNRESET', '57P03'].includes((error as { code?: string }).code ?? '') })
  }

  /** All of it at once, as a machine loses power. */
  async kill(): Promise<void> {
    const ended = this.#postmaster?.exitCode === null && this.#postmaster.signalCode === null ? once(this.#postmaster, 'exit') : undefined
    this.signal('SIGKILL')
    await ended
  }

  /** To the postmaster and all its children: SIGSTOP makes a server that keeps its connections and answers nothing. */
  signal(name: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.#postmaster ?? {}
    if (pid === undefined || exitCode !== null || signalCode !== null) return
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
    for (const each of [pid, ...children]) {
      try {
        process.kill(each, name)
      } catch {
        // it has just ended
      }
    }
  }
}

export interface PostgresPair extends AsyncDisposable {
  readonly primary: TestPostgres
  readonly replica: TestPostgres
  /** Resolves when the replica has all that the primary has. */
  inSync(): Promise<void>
}

export async function startPostgresPair(): Promise<PostgresPair> {
  const folder = mkdtempSync(join(tmpdir(), 'buildrunner-pair-'))
  const data = ['primary', 'replica'].map((name) => join(folder, name)) as [string, string]
  for (const each of [folder, ...data]) {
    mkdirSync(each, { recursive: true, mode: 0o700 })
    if (owner.uid !== undefined) chownSync(each, owner.uid, owner.gid)
  }
  const password = join(folder, 'password')
  writeFileSync(password, PASSWORD, { mode: 0o644 })
  const run = (program: string, args: string[]): unknown =>
    execFileSync(join(BINARIES as string, program), args, { ...owner, cwd: folder, env: { ...process.env, PGPASSWORD: PASSWORD }, stdio: ['ignore', 'ignore', 'pipe'] })
  run('initdb', ['-D', data[0], '-U', 'pair', `--pwfile=${password}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'])
  const primary = new TestPostgres(data[0], await freePort())
  await primary.start()
  run('pg_basebackup', ['-D', data[1], '-d', primary.url, '-R', '-X', 'stream', '-c', 'fast', '--no-sync'])
  const replica = new TestPostgres(data[1], await freePort())
  await replica.start()
  return {
    primary, replica,
    async inSync() {
      const [{ at } = { at: '0/0' }] = await primary.ask<{ at: string }>('SELECT pg_current_wal_lsn() AS at')
      for (let done = false; !done; ) done = (await replica.ask<{ done: boolean }>(`SELECT pg_last_wal_replay_lsn() >= '${at}'::pg_lsn AS done`))[0]?.done === true
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([primary.kill(), replica.kill()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
