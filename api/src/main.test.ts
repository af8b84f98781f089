import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@buildrunner/schema/testing/database'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { isAlive, readPidFile } from './database/postmaster.ts'
import { runServer, type ServerProcess } from './testing/server-process.ts'

const cleanUps: (() => unknown)[] = []
const template = mkdtempSync(join(tmpdir(), 'buildrunner-main-template-'))

/** Only its owner can enter it, as the home of root. */
function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'buildrunner-main-'))
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Of a server that was started and stopped before. */
function usedFolder(): string {
  const folder = emptyFolder()
  execFileSync('cp', ['-a', `${template}/.`, folder])
  return folder
}

function start(variables: Record<string, string>): ServerProcess {
  const server = runServer(variables)
  cleanUps.push(async () => {
    server.process.kill('SIGKILL')
    await server.ended
    const folder = variables.BUILDRUNNER_DATA_DIR
    const pid = folder && readPidFile(join(folder, 'postgres', 'data'))?.pid
    if (pid && isAlive(pid)) process.kill(pid, 'SIGINT')
  })
  return server
}

async function stop(server: ServerProcess): Promise<number | string> {
  server.process.kill('SIGINT')
  return server.ended
}

async function testDatabase(options?: { empty: boolean }): Promise<TestDatabase> {
  const database = await createTestDatabase(options)
  cleanUps.push(() => database.drop())
  return database
}

async function sql<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

interface Local { apiUrl: string; graphqlUrl: string; apiKey: string; projectId: string }

const readLocal = (folder: string): Local => JSON.parse(readFileSync(join(folder, 'local.json'), 'utf8')) as Local

async function graphql(local: Local, query: string): Promise<Record<string, any>> {
  const response = await fetch(local.graphqlUrl, {
    method: 'POST', body: JSON.stringify({ query }), headers: { 'content-type': 'application/json', authorization: `Bearer ${local.apiKey}` },
  })
  const { data, errors } = await response.json() as { data: Record<string, any>; errors?: unknown }
  expect(errors).toBeUndefined()
  return data
}

const createProject = (local: Local, name: string) => graphql(local, `mutation { createProject(input: { name: "${name}" }) { __typename } }`)
async function projectNames(local: Local): Promise<string[]> {
  const { projects } = await graphql(local, '{ projects(first: 100) { nodes { name } } }')
  return projects.nodes.map(({ name }: { name: string }) => name)
}

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

beforeAll(async () => {
  const server = runServer({ BUILDRUNNER_DATA_DIR: template })
  await server.ready()
  await stop(server)
})

afterAll(() => rmSync(template, { recursive: true, force: true }))

describe('a start', () => {
  it('tells once how to go on, and leaves the same facts for scripts', async () => {
    const folder = emptyFolder()
    const server = start({ BUILDRUNNER_DATA_DIR: folder })
    const apiUrl = await server.ready()
    await server.printed('Ctrl-C stops everything.')
    const local = readLocal(folder)
    expect(local).toEqual({ apiUrl, graphqlUrl: `${apiUrl}/graphql`, apiKey: expect.stringMatching(/^br_\w{8}_/), projectId: expect.stringMatching(/^prj_/) })
    expect(statSync(join(folder, 'local.json')).mode & 0o777).toBe(0o600)
    for (const fact of [local.graphqlUrl, local.apiKey]) expect(server.output()).toContain(fact)
    expect(server.output().match(/^ {2}npx br /gm)).toHaveLength(3)
    expect(await projectNames(local)).toHaveLength(1)

    expect(await stop(server)).toBe(0)
    const again = start({ BUILDRUNNER_DATA_DIR: folder })
    await again.ready()
    expect(again.output()).not.toContain(local.apiKey)
    expect(await projectNames(readLocal(folder))).toHaveLength(1)
  })

  it('gives a new key when local.json was lost', async () => {
    const folder = usedFolder()
    const { apiKey } = readLocal(folder)
    rmSync(join(folder, 'local.json'))
    await start({ BUILDRUNNER_DATA_DIR: folder }).ready()
    const local = readLocal(folder)
    expect(local.apiKey).not.toBe(apiKey)
    expect(await projectNames(local)).toHaveLength(1)
    expect(await projectNames({ ...local, apiKey })).toHaveLength(1)
  })

  it('makes one workspace when two servers begin on an empty database', async () => {
    const { url } = await testDatabase({ empty: true })
    const servers = [start({ DATABASE_URL: url, BUILDRUNNER_DATA_DIR: emptyFolder() }), start({ DATABASE_URL: url, BUILDRUNNER_DATA_DIR: emptyFolder() })]
    await Promise.all(servers.map((server) => server.ready()))
    expect(await sql(url, 'SELECT count(*)::int FROM organisations')).toEqual([{ count: 1 }])
    expect(await sql(url, 'SELECT count(*)::int FROM projects')).toEqual([{ count: 1 }])
  })

  it('that is interrupted leaves nothing in the way of the next', async () => {
    const folder = emptyFolder()
    const server = start({ BUILDRUNNER_DATA_DIR: folder })
    await server.printed('Creating the database')
    expect(await stop(server)).toBe(0)
    expect(readdirSync(folder).filter((name) => name.startsWith('postgres-new-'))).toEqual([])
    await start({ BUILDRUNNER_DATA_DIR: folder }).ready()
  })
})

describe('the end', () => {
  it('is orderly on Ctrl-C: the database goes last, and an idle connection does not delay it', async () => {
    const folder = usedFolder()
    const server = start({ BUILDRUNNER_DATA_DIR: folder })
    const apiUrl = await server.ready()
    const agent = new Agent({ keepAlive: true })
    cleanUps.push(() => agent.destroy())
    const [response] = await once(get(`${apiUrl}/api/health`, { agent }), 'response')
    await once(response.resume(), 'end')
    const pid = readPidFile(join(folder, 'postgres', 'data'))?.pid ?? 0
    expect(isAlive(pid)).toBe(true)
    expect(await stop(server)).toBe(0)
    expect(isAlive(pid)).toBe(false)
    expect(server.output()).not.toMatch(/error|terminating/i)
  })

  it('by kill -9 loses nothing that was acknowledged, and the next start serves on the same port', async () => {
    const folder = usedFolder()
    const server = start({ BUILDRUNNER_DATA_DIR: folder })
    const apiUrl = await server.ready()
    await createProject(readLocal(folder), 'Acknowledged')
    server.process.kill('SIGKILL')
    expect(await server.ended).toBe('SIGKILL')
    const next = start({ BUILDRUNNER_DATA_DIR: folder, PORT: new URL(apiUrl).port })
    expect(await next.ready()).toBe(apiUrl)
    expect(await projectNames(readLocal(folder))).toContain('Acknowledged')
  })

  it('of one server leaves the other on the same data folder at work', async () => {
    const folder = usedFolder()
    const first = start({ BUILDRUNNER_DATA_DIR: folder })
    await first.ready()
    const second = start({ BUILDRUNNER_DATA_DIR: folder })
    const apiUrl = await second.ready()
    expect(await stop(first)).toBe(0)
    await createProject({ ...readLocal(folder), graphqlUrl: `${apiUrl}/graphql` }, 'Still there')
    expect(await stop(second)).toBe(0)
    expect(readPidFile(join(folder, 'postgres', 'data'))).toBeUndefined()
  })
})

describe('a start that fails', () => {
  /** One message with a remedy, no stack trace. */
  async function expectFailure(variables: Record<string, string>, code: number, message: RegExp): Promise<string> {
    const server = start(variables)
    expect(await server.ended).toBe(code)
    expect(server.output()).toMatch(message)
    expect(server.output().match(/✗/g)).toHaveLength(1)
    expect(server.output()).not.toMatch(/^\s+at /m)
    return server.output()
  }

  it('says that the port is taken, before it touches anything', async () => {
    const folder = emptyFolder()
    const other = createServer().listen(0, '127.0.0.1')
    cleanUps.push(() => other.close())
    await once(other, 'listening')
    const port = String((other.address() as AddressInfo).port)
    await expectFailure({ BUILDRUNNER_DATA_DIR: folder, PORT: port }, 11, new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is taken`))
    expect(readdirSync(folder)).toEqual([])
  })

  it('says that the data folder cannot be used', async () => {
    const file = join(emptyFolder(), 'a-file')
    writeFileSync(file, '')
    await expectFailure({ BUILDRUNNER_DATA_DIR: join(file, 'data') }, 12, /data folder .*a-file\/data cannot be used/)
  })

  it('names a malformed and an unknown variable', async () => {
    const output = await expectFailure({ BUILDRUNNER_DATA_DIR: emptyFolder(), PORT: 'http', BUILDRUNNER_PLAN: 'x' }, 10, /PORT must be a whole number/)
    expect(output).toContain('BUILDRUNNER_PLAN is not a variable of BuildRunner')
  })

  it('says that HOST is not an address of this machine', async () => {
    await expectFailure({ BUILDRUNNER_DATA_DIR: emptyFolder(), HOST: '192.0.2.1' }, 10, /HOST 192\.0\.2\.1 is not an address of this machine/)
  })

  it('says that the database cannot be reached, without its password', async () => {
    const url = 'postgresql://ann:s3cret@127.0.0.1:1/plans'
    const output = await expectFailure({ BUILDRUNNER_DATA_DIR: emptyFolder(), DATABASE_URL: url }, 13, /database plans at 127\.0\.0\.1:1 cannot be reached/)
    expect(output).not.toContain('s3cret')
  })

  it('says that the database is newer than the code', async () => {
    const { url } = await testDatabase()
    await sql(url, 'INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES (\'1\', \'x\', \'20990101000000_future\', now())')
    await expectFailure({ BUILDRUNNER_DATA_DIR: emptyFolder(), DATABASE_URL: url }, 14, /database is newer than this release: it has 20990101000000_future/)
  })

  it('says that Redis cannot be reached', async () => {
    const { url } = await testDatabase()
    await expectFailure({ BUILDRUNNER_DATA_DIR: emptyFolder(), DATABASE_URL: url, REDIS_URL: 'redis://127.0.0.1:1' }, 16, /Redis at 127\.0\.0\.1:1/)
  })
})
