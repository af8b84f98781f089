import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { findBinaries, nativeFolder } from './binaries.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded.ts'
import { isAlive, readPidFile } from './postmaster.ts'

const HOLDER = fileURLToPath(new URL('testing/hold-database.ts', import.meta.url))
const isRoot = process.getuid?.() === 0
const template = mkdtempSync(join(tmpdir(), 'buildrunner-embedded-template-'))
const cleanUps: (() => Promise<unknown> | void)[] = []

beforeAll(async () => {
  await (await startEmbeddedPostgres({ dataDir: template })).stop()
})

afterAll(() => rmSync(template, { recursive: true, force: true }))

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** Only its owner can enter it, as the home of root. */
function privateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'buildrunner-embedded-'))
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Such a folder with a database in it: making one anew costs a second. */
function folderWithDatabase(): string {
  const folder = privateFolder()
  execFileSync('cp', ['-a', `${template}/.`, folder])
  return folder
}

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const database = await startEmbeddedPostgres({ dataDir })
  cleanUps.push(() => database.stop().catch(() => {}))
  return database
}

interface Holder { process: ChildProcess; url: string; pid: number; adopted: boolean; letGo(): Promise<unknown> }

async function holdInOtherProcess(dataDir: string): Promise<Holder> {
  const child = spawn(process.execPath, [HOLDER, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  cleanUps.push(() => { child.kill('SIGKILL') })
  for await (const line of createInterface({ input: child.stdout })) {
    return { process: child, ...JSON.parse(line), letGo: () => { child.stdin.end(); return exit } }
  }
  throw new Error('the process ended without a word')
}

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

describe('the embedded Postgres', () => {
  it('keeps what was written, from one start to the next', async () => {
    const folder = privateFolder()
    const first = await start(folder)
    await query(first.url, 'CREATE TABLE note (text text); INSERT INTO note VALUES (\'kept\')')
    await first.stop()
    expect(isAlive(first.pid)).toBe(false)
    const second = await start(folder)
    expect(second.adopted).toBe(false)
    expect(await query(second.url, 'SELECT text FROM note')).toEqual([{ text: 'kept' }])
  })

  it('is durable and asks for its password, which only the owner can read', async () => {
    const folder = folderWithDatabase()
    const { url } = await start(folder)
    expect(await query(url, 'SHOW fsync')).toEqual([{ fsync: 'on' }])
    const wrong = new URL(url)
    wrong.password = 'guess'
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
    expect(statSync(join(folder, 'postgres', 'password')).mode & 0o077).toBe(0)
  })

  it('listens on the loopback address only', async () => {
    const { port, url } = await start(folderWithDatabase())
    expect(await query(url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
    for (const address of Object.values(networkInterfaces()).flat()) {
      if (!address || address.internal || address.family !== 'IPv4') continue
      const other = new URL(url)
      other.host = `${address.address}:${port}`
      await expect(query(other.href, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
    }
  })

  it('adopts the server of a parent that was killed, with every acknowledged row', async () => {
    const folder = folderWithDatabase()
    const holder = await holdInOtherProcess(folder)
    await query(holder.url, 'CREATE TABLE note (id int); INSERT INTO note SELECT generate_series(1, 500)')
    holder.process.kill('SIGKILL')
    await once(holder.process, 'exit')
    const database = await start(folder)
    expect(database).toMatchObject({ adopted: true, pid: holder.pid })
    expect(await query(database.url, 'SELECT count(*)::int FROM note')).toEqual([{ count: 500 }])
  })

  it('recovers when parent and server are killed at once', async () => {
    const folder = folderWithDatabase()
    const holder = await holdInOtherProcess(folder)
    await query(holder.url, 'CREATE TABLE note (id int); INSERT INTO note SELECT generate_series(1, 500)')
    holder.process.kill('SIGKILL')
    process.kill(holder.pid, 'SIGKILL')
    await once(holder.process, 'exit')
    const database = await start(folder)
    expect(database.pid).not.toBe(holder.pid)
    expect(await query(database.url, 'SELECT count(*)::int FROM note')).toEqual([{ count: 500 }])
  })

  it('is stopped by the last of the processes that use it, and by no other', async () => {
    const folder = folderWithDatabase()
    const holder = await holdInOtherProcess(folder)
    const database = await start(folder)
    expect(database).toMatchObject({ adopted: true, pid: holder.pid })
    await holder.letGo()
    expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await database.stop()
    expect(isAlive(database.pid)).toBe(false)
  })

  it('is one server when processes make the folder at the same moment', async () => {
    const folder = privateFolder()
    const [here, ...others] = await Promise.all([start(folder), holdInOtherProcess(folder), holdInOtherProcess(folder)])
    expect(others.map(({ pid }) => pid)).toEqual([here.pid, here.pid])
    await Promise.all([here.stop(), ...others.map((other) => other.letGo())])
    expect(isAlive(here.pid)).toBe(false)
  })

  it('starts over a pid file whose number belongs to another program by now', async () => {
    const folder = folderWithDatabase()
    const first = await start(folder)
    const pidFile = join(folder, 'postgres', 'data', 'postmaster.pid')
    const content = readFileSync(pidFile, 'utf8')
    await first.stop()
    const other = spawn('sleep', ['600'], { ...findBinaries().account, cwd: '/' })
    onTestFinished(() => { other.kill() })
    await once(other, 'spawn')
    writeFileSync(pidFile, content.replace(/^\d+/, String(other.pid)))
    const second = await start(folder)
    expect(second.adopted).toBe(false)
    expect(isAlive(other.pid ?? 0)).toBe(true)
  })

  it('never joins the server of the folder it was copied from', async () => {
    const [folder, copy] = [folderWithDatabase(), privateFolder()]
    const original = await start(folder)
    execFileSync('cp', ['-a', `${folder}/.`, copy])
    const other = await start(copy)
    expect(other.adopted).toBe(false)
    expect(other.port).not.toBe(original.port)
  })

  it('comes back on its port when the server itself is killed', async () => {
    const folder = folderWithDatabase()
    const database = await start(folder)
    const killed = database.pid
    process.kill(killed, 'SIGKILL')
    const another = { port: database.port, status: 'ready', pid: expect.not.toBeOneOf([killed]) }
    await expect.poll(() => readPidFile(join(folder, 'postgres', 'data')), { timeout: 60_000 }).toMatchObject(another)
    expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('refuses data of another major version and leaves it alone', async () => {
    const folder = folderWithDatabase()
    writeFileSync(join(folder, 'postgres', 'data', 'PG_VERSION'), '15\n')
    await expect(start(folder)).rejects.toMatchObject({ exitCode: 13, message: expect.stringContaining('was made by Postgres 15') })
    expect(existsSync(join(folder, 'postgres', 'data', 'base'))).toBe(true)
  })

  it('says which folder it cannot write to', async () => {
    const file = join(privateFolder(), 'a-file')
    writeFileSync(file, '')
    await expect(start(join(file, 'data'))).rejects.toMatchObject({ exitCode: 12, message: expect.stringContaining(file) })
  })

  it.runIf(isRoot)('runs a copy of the programs when the installed ones lie in a private folder', async () => {
    const folder = privateFolder()
    cpSync(join(nativeFolder(), '..'), folder, { recursive: true, verbatimSymlinks: true })
    const binaries = findBinaries(join(folder, 'native'))
    expect(binaries.postgres.startsWith(folder)).toBe(false)
    const version = spawn(binaries.postgres, ['--version'], { ...binaries.account, cwd: '/' })
    expect(await once(version, 'exit')).toEqual([0, null])
  })
})
