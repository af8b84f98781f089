/**
 * `npm run prisma -- <arguments>`: Prisma's command line with a database for it to work on.
 *
 * `migrate dev` and `migrate diff` get an empty Postgres that lives as long as the command: they only write files, and `npm
 * start` applies those. Everything else works on the real one: DATABASE_URL, or the embedded server of the data folder.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../api/src/database/embedded.ts'

const args = process.argv.slice(2)
const root = join(import.meta.dirname, '..', '..')
const onScratch = args[0] === 'migrate' && ['dev', 'diff'].includes(args[1] ?? '')

const scratch = onScratch ? mkdtempSync(join(tmpdir(), 'buildrunner-prisma-')) : undefined
const given = onScratch ? undefined : process.env.DATABASE_URL
const dataDir = scratch ?? process.env.BUILDRUNNER_DATA_DIR ?? join(root, '.buildrunner')
const server = given ? undefined : await startEmbeddedPostgres({ dataDir, durable: !scratch })
const env = { ...process.env, DATABASE_URL: server?.url ?? given }

process.on('SIGINT', () => {}) // of the terminal: Prisma gets it too and ends, then the server is stopped
const command = spawn(process.execPath, [join(root, 'node_modules', 'prisma', 'build', 'index.js'), ...args], { cwd: root, env, stdio: 'inherit' })
const [code] = await once(command, 'exit') as [number | null]
await server?.stop()
if (scratch) rmSync(scratch, { recursive: true, force: true })
process.exitCode = code ?? 1
