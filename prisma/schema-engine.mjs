#!/usr/bin/env node
/**
 * Stands in for Prisma's native schema engine where that could not be downloaded: the WASM build of the same engine.
 *
 * The Prisma command line runs whatever PRISMA_SCHEMA_ENGINE_BINARY names (see prisma.config.ts) in one of two ways:
 * `cli <command>` for one job told by the exit code, or JSON-RPC 2.0, one message a line on stdin and stdout.
 */
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import pg from 'pg'

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: { datamodels: { type: 'string', multiple: true }, datasource: { type: 'string' }, version: { type: 'boolean', short: 'V' } },
})
/** @type {{ url?: string, shadowDatabaseUrl?: string }} */
const datasource = typeof flags.datasource === 'string' ? JSON.parse(flags.datasource) : {}

const EMPTY_MIGRATION = '-- This is an empty migration.'

let started
let nextPrintId = 1_000_000

// --- one job -----------------------------------------------------------------------------------------------------

async function runCommand(/** @type {string | undefined} */ command) {
  try {
    if (command === 'can-connect-to-database') await connectOnce(requireUrl(), async () => {})
    else if (command === 'create-database') await administer(requireUrl(), (client, name) => client.query(`CREATE DATABASE ${name}`))
    else if (command === 'drop-database') await administer(requireUrl(), (client, name) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
    else throw new Error(`The schema engine has no command ${command}`)
  } catch (error) {
    // Prisma reads the reason from a log line and maps it by its own codes: https://www.prisma.io/docs/orm/reference/error-reference
    const code = { '3D000': 'P1003', '28P01': 'P1000', '42P04': 'P1009' }[error.code] ?? 'P1001'
    const fields = { message: error.message, error_code: code, is_panic: false }
    console.error(JSON.stringify({ timestamp: new Date().toISOString(), level: 'ERROR', target: 'schema_engine', fields }))
    process.exitCode = 1
  }
}

// --- JSON-RPC ----------------------------------------------------------------------------------------------------

async function serve() {
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = JSON.parse(line)
    if (method) send(await answer(id, method, params))
  }
  process.exit() // the engine keeps its connection open
}

async function answer(id, method, params) {
  try {
    return { id, result: (await call(method, params)) ?? null }
  } catch (error) {
    const data = { is_panic: false, message: error?.message ?? String(error), error_code: error?.code ?? null, meta: error?.meta ?? null }
    return { id, error: { code: 4466, message: 'An error happened. Check the data field for details.', data } }
  }
}

async function call(method, params) {
  if (method === 'createDatabase') {
    return administer(requireUrl(), async (client, name, databaseName) => {
      await client.query(`CREATE DATABASE ${name}`)
      return { databaseName }
    })
  }
  if (method === 'evaluateDataLoss') return evaluateDataLoss(params)
  if (method === 'createMigration') return createMigration(params)
  const result = await (await engine())[method === 'getDatabaseVersion' ? 'version' : method](params)
  if (method !== 'diff') return result
  // The native engine prints the difference by a call of its own before it answers.
  if (result.stdout) send({ id: nextPrintId++, method: 'print', params: { content: result.stdout } })
  return { exitCode: result.exitCode }
}

// These two fail in the WASM engine: they want a shadow database and are never given the means to make one. `diff` is, and
// tells the same. What it cannot tell are warnings of lost data: `npm run prisma` has `migrate dev` work on an empty database.

async function evaluateDataLoss(params) {
  return { migrationSteps: (await diffFromMigrations(params)) ? 1 : 0, unexecutableSteps: [], warnings: [] }
}

async function createMigration(params) {
  const script = await diffFromMigrations(params)
  const timestamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const name = params.migrationName.trim().toLowerCase().replace(/[^a-z0-9]+/g, '_') || 'migration'
  const migration = script || params.draft
    ? { generatedMigrationName: `${timestamp}_${name}`, migrationScript: script || EMPTY_MIGRATION }
    : { generatedMigrationName: null, migrationScript: null }
  return { connectorType: 'postgresql', ...migration, extension: 'sql' }
}

/** The SQL that leads from the migrations to the schema; empty when they agree. */
async function diffFromMigrations({ migrationsList, schema, filters }) {
  const targets = { from: { tag: 'migrations', ...migrationsList }, to: { tag: 'schemaDatamodel', ...schema } }
  const { exitCode, stdout } = await (await engine()).diff({ ...targets, filters, script: true, exitCode: true, shadowDatabaseUrl: null })
  return exitCode === 2 ? stdout : ''
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

// --- the engine and its connections ------------------------------------------------------------------------------

/** Without an address, what needs no database (validate, diff of two schemas) works all the same. */
function engine() {
  return started ??= startEngine()
}

async function startEngine() {
  const bindings = await loadBindings()
  const datamodels = (flags.datamodels ?? []).map((path) => [path, readFileSync(path, 'utf8')])
  const adapter = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres', adapterName: 'schema-engine',
    connect: () => connect(datasource.url ?? 'postgresql://127.0.0.1:1/none'),
    connectToShadowDb: () => (datasource.shadowDatabaseUrl ? connect(datasource.shadowDatabaseUrl) : connectToNewDatabase(requireUrl())),
  })
  return bindings.SchemaEngine.new({ datamodels: datamodels.length ? datamodels : undefined }, () => {}, adapter)
}

async function loadBindings() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) }
  const module = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm')
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': module })
  module.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return module
}

/** One connection and no more: the engine holds its advisory lock by it. */
async function connect(connectionString) {
  const adapter = await new PrismaPg({ connectionString, max: 1, idleTimeoutMillis: 0 }).connect()
  readCharacters(adapter)
  // The adapter's own cuts a script at every semicolon, also within a function body.
  adapter.executeScript = async (script) => { await adapter.underlyingDriver().query(script).catch((error) => adapter.onError(error)) }
  return adapter
}

/** The system catalogue has columns of the type "char" (18), which the engine insists on and the adapter does not know. */
function readCharacters(adapter) {
  const pool = adapter.underlyingDriver()
  const [query, queryRaw] = [pool.query.bind(pool), adapter.queryRaw.bind(adapter)]
  const characters = Symbol('columns of the type "char"')
  pool.query = async (...args) => {
    const result = await query(...args)
    if (!result.rows) return result // several statements at once
    const fields = result.fields.filter(({ dataTypeID }) => dataTypeID === 18)
    result.rows[characters] = fields.map((field) => result.fields.indexOf(field))
    for (const field of fields) field.dataTypeID = 25
    return result
  }
  adapter.queryRaw = async (statement) => {
    const result = await queryRaw(statement)
    for (const column of result.rows[characters]) {
      result.columnTypes[column] = ColumnTypeEnum.Character
      for (const row of result.rows) if (row[column] === '') row[column] = '\0'
    }
    return result
  }
}

async function connectToNewDatabase(url) {
  const name = `prisma_shadow_${randomUUID().replaceAll('-', '')}`
  await administer(url, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE template0`))
  const target = new URL(url)
  target.pathname = name
  const adapter = await connect(target.href)
  const disconnect = adapter.dispose.bind(adapter)
  adapter.dispose = async () => {
    await disconnect()
    await administer(url, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
  }
  return adapter
}

/** Runs `work` on the maintenance database of the server; it gets the quoted and the plain name of the database in `url`. */
async function administer(url, work) {
  const target = new URL(url)
  const name = decodeURIComponent(target.pathname.slice(1))
  target.pathname = '/postgres'
  return connectOnce(target.href, (client) => work(client, pg.escapeIdentifier(name), name))
}

async function connectOnce(connectionString, work) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function requireUrl() {
  if (!datasource.url) throw new Error('This needs a database: set DATABASE_URL, or use "npm run prisma -- <command>".')
  return datasource.url
}

if (flags.version) console.log('schema-engine-cli wasm')
else if (positionals[0] === 'cli') await runCommand(positionals[1])
else await serve()
