/**
 * Two server processes on one Postgres and one Redis, started at the same moment on an empty database. Both serve, neither
 * loses a write to the other, and both outlive Redis. Reads DATABASE_URL, REDIS_URL and REDIS_PID; the argument is a folder.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { createClient } from 'redis'

const [folder] = process.argv.slice(2)
const root = join(import.meta.dirname, '..')
const { DATABASE_URL, REDIS_URL, REDIS_PID } = process.env
const databaseUrl = new URL(DATABASE_URL)
databaseUrl.pathname = '/two_processes'
const WRITES = 60

/** Repeats `probe` until it answers something true. */
async function waitFor(what, probe, ms = 60_000) {
  for (const end = Date.now() + ms; Date.now() < end; await delay(25)) {
    const found = await probe()
    if (found) return found
  }
  throw new Error(`${what}: not within ${ms} ms`)
}

function start(name) {
  const dataDir = join(folder, name)
  const child = spawn(process.execPath, [join(root, 'api', 'dist', 'main.js')], {
    env: { ...process.env, DATABASE_URL: databaseUrl.href, PORT: '0', BUILDRUNNER_DATA_DIR: dataDir }, stdio: ['ignore', 'pipe', 'pipe'],
  })
  const server = { name, child, output: '', ended: once(child, 'exit'), localFile: join(dataDir, 'local.json') }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { server.output += chunk })
  return server
}

async function ready(server) {
  await waitFor(`${server.name} starts`, () => {
    if (server.child.exitCode !== null) throw new Error(`${server.name} ended with ${server.child.exitCode}:\n${server.output}`)
    return server.output.includes('is ready at')
  })
  server.url = /is ready at (\S+)/.exec(server.output)[1]
}

async function ask(server, key, query, variables = {}) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` }, body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = await response.json()
  if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions?.code })
  return data
}

const health = async (server) => (await fetch(`${server.url}/api/health`)).json()
const tell = (fact) => console.log(`  ${fact}`)

const SET = `mutation ($id: ID!, $status: Status!, $key: String) {
  setStatus(input: { projectId: "demo", id: $id, status: $status, idempotencyKey: $key }) { __typename ... on SetStatusPayload { sequence } ... on Error { message } }
}`
const PLAN = '{ plan(projectId: "demo") { sequence milestones { steps { microsteps { key status } } } } }'
const EVENTS = 'query ($since: Int!) { events(projectId: "demo", since: $since, first: 1000) { events { sequence } } }'

async function check([first, second], database, redis) {
  const servers = [first, second]
  const filled = servers.filter(({ localFile }) => existsSync(localFile))
  assert.equal(filled.length, 1, 'exactly one of them filled the empty database')
  const { apiKey } = JSON.parse(readFileSync(filled[0].localFile, 'utf8'))
  tell(`started together; ${filled[0].name} migrated and filled the database`)

  const announced = new Set()
  await redis.pSubscribe('buildrunner:stream:*', (sequence) => announced.add(Number(sequence)))
  const { plan: before } = await ask(first, apiKey, PLAN)
  const keys = before.milestones.flatMap(({ steps }) => steps.flatMap(({ microsteps }) => microsteps)).map(({ key }) => key)
  assert.ok(keys.length > 5)

  const statuses = ['IN_PROGRESS', 'IN_REVIEW', 'DONE', 'BLOCKED']
  // Item and status change on with every write, so that each is a change and an event.
  const writes = Array.from({ length: WRITES }, (_, index) => ({ id: keys[index % keys.length], status: statuses[Math.floor(index / keys.length) % statuses.length] }))
  const answers = await Promise.all(writes.map((write, index) => ask(servers[index % 2], apiKey, SET, write)))
  const wrong = answers.find(({ setStatus }) => setStatus.__typename !== 'SetStatusPayload')
  assert.equal(wrong, undefined, `every write is acknowledged: ${JSON.stringify(wrong)}`)
  const read = await Promise.all(servers.map((server) => ask(server, apiKey, PLAN)))
  assert.deepEqual(read[0], read[1], 'both read the same plan')
  const last = read[0].plan.sequence
  const { events } = await ask(second, apiKey, EVENTS, { since: before.sequence })
  const sequences = events.events.map(({ sequence }) => sequence)
  assert.deepEqual(sequences, Array.from({ length: last - before.sequence }, (_, index) => before.sequence + 1 + index), 'sequences have no gap and no double')
  assert.ok(sequences.length >= WRITES / 2)
  tell(`${WRITES} writes to one plan, half through each: all acknowledged, ${sequences.length} events without a gap`)
  await waitFor('announcements', () => sequences.every((sequence) => announced.has(sequence)), 5_000)
  tell('every event was announced over Redis')

  const current = read[0].plan.milestones.flatMap(({ steps }) => steps.flatMap(({ microsteps }) => microsteps))[0]
  const once = { id: current.key, status: current.status === 'DONE' ? 'TODO' : 'DONE', key: 'one-write' }
  const [{ setStatus: original }, { setStatus: repeated }] = [await ask(first, apiKey, SET, once), await ask(second, apiKey, SET, once)]
  assert.deepEqual(repeated, original)
  assert.equal((await ask(first, apiKey, PLAN)).plan.sequence, original.sequence)
  tell('a write repeated at the other process under its idempotency key happened once')

  process.kill(Number(REDIS_PID))
  for (const server of servers) await waitFor(`${server.name} notices`, async () => (await health(server)).status === 'degraded', 15_000)
  const without = { id: once.id, status: once.status === 'DONE' ? 'TODO' : 'DONE' }
  const { setStatus: written } = await ask(second, apiKey, SET, without)
  assert.equal((await ask(first, apiKey, PLAN)).plan.sequence, written.sequence)
  tell('Redis stopped: both say so in their health, writes go on, the other process reads them')

  await database.query('UPDATE api_keys SET enabled = false')
  const since = Date.now()
  for (const server of servers) {
    await waitFor(`${server.name} refuses the key`, () => ask(server, apiKey, '{ viewer { name } }').then(() => false, ({ code }) => code === 'UNAUTHENTICATED'), 3_000)
  }
  tell(`a disabled key was refused by both after ${Date.now() - since} ms`)
}

async function stop(server) {
  server.child.kill('SIGTERM')
  const [code] = await server.ended
  assert.equal(code, 0, `${server.name} ends with ${code}:\n${server.output}`)
}

const admin = new pg.Client({ connectionString: DATABASE_URL })
await admin.connect()
await admin.query('DROP DATABASE IF EXISTS two_processes WITH (FORCE)')
await admin.query('CREATE DATABASE two_processes TEMPLATE template0')
await admin.end()

const redis = createClient({ url: REDIS_URL, socket: { reconnectStrategy: false } })
redis.on('error', () => {}) // it is stopped while we listen
await redis.connect()
const servers = ['one', 'two'].map(start)
const database = new pg.Client({ connectionString: databaseUrl.href })
try {
  await Promise.all(servers.map(ready))
  await database.connect()
  await check(servers, database, redis)
  await Promise.all(servers.map(stop))
  tell('both stopped in order')
} catch (error) {
  console.error(error)
  for (const { name, output } of servers) console.error(`${name}:\n${output}`)
  process.exitCode = 1
} finally {
  for (const { child } of servers) child.kill('SIGKILL')
  await database.end()
  if (redis.isOpen) redis.destroy()
}
