/**
 * Brings a checkout to the point where the server and the tests can run: dependencies, generated code, bundles; each only when
 * what it is made of has changed. Runs on a bare Node 20 with nothing installed, so it imports nothing but built-ins and what does the same.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { takeTurn } from './take-turn.mjs'

export const root = join(import.meta.dirname, '..', '..')
/** The Node that the repository brings. */
export const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
/**
 * Of the server. What a request about a large plan makes is gone with its answer; in the small young generation that V8 begins
 * with, and goes back to whenever nobody asks, much of it outlives two collections, and the whole heap is marked for it.
 */
export const SERVER_FLAGS = ['--min-semi-space-size=32', '--max-semi-space-size=32']
/** Of api/src/exit-codes.ts, which a bare Node 20 cannot read. */
const INSTALL_FAILED = 17

/** @throws PrepareError */
export async function prepare() {
  const release = await takePrepareTurn()
  try {
    if (!isInstalled()) await install()
    const generated = fingerprint(['prisma/schema', 'node_modules/prisma/package.json'])
    const prisma = join(root, 'node_modules', 'prisma', 'build', 'index.js')
    await unlessDone(join(root, 'prisma', '_generated', '.fingerprint'), generated, 'Generating the database client', [prisma, 'generate'])
    const built = fingerprint(['api', 'schema', 'sdk', 'cli', 'prisma', 'buildrunner/scripts/build.ts', 'package-lock.json'])
    await unlessDone(join(root, 'api', 'dist', '.fingerprint'), built, 'Building', [join(root, 'buildrunner', 'scripts', 'build.ts'), '--local'])
  } finally {
    release()
  }
}

/** A step that failed, with what it printed. */
export class PrepareError extends Error {
  exitCode = INSTALL_FAILED
}

/** Ends the process with the message of a failed step; any other error is a fault of ours and keeps its stack. */
export function fail(/** @type {unknown} */ error) {
  if (!(error instanceof PrepareError)) throw error
  console.error(`\n✗ ${error.message}`)
  process.exit(error.exitCode)
}

/** Whether node_modules holds what the lock file asks for: npm writes down what it installed when it has finished. */
function isInstalled() {
  try {
    const wanted = readLock(join(root, 'package-lock.json'))
    const present = readLock(join(root, 'node_modules', '.package-lock.json'))
    const differs = Object.entries(wanted).some(([path, { version, optional, link }]) => {
      if (!path.startsWith('node_modules/') || link) return false
      return present[path] ? present[path].version !== version : !optional // those for other platforms stay away
    })
    return !differs && existsSync(node)
  } catch {
    return false
  }
}

/** @returns {Record<string, { version?: string, optional?: boolean, link?: boolean }>} */
function readLock(/** @type {string} */ file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

async function install() {
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
  const fresh = !existsSync(join(root, 'node_modules', '.package-lock.json'))
  await run(`Installing dependencies${fresh ? ' (once; a minute or two)' : ''}`, [...npm, fresh ? 'ci' : 'install'])
  if (existsSync(node)) return
  throw new PrepareError('npm did not bring Node 24: its install script was not allowed to run.\n  Run "npm rebuild node", or allow install scripts for this folder.')
}

async function unlessDone(/** @type {string} */ stamp, /** @type {string} */ wanted, /** @type {string} */ title, /** @type {string[]} */ args) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  rmSync(stamp, { force: true })
  await run(title, [node, ...args])
  writeFileSync(stamp, wanted)
}

/** Shows a title and the time that passes; what the command prints is shown only when it fails. */
async function run(/** @type {string} */ title, /** @type {string[]} */ [command = '', ...args]) {
  const startedAt = Date.now()
  const { isTTY } = process.stdout
  process.stdout.write(isTTY ? `… ${title}` : `${title}\n`)
  const seconds = () => Math.round((Date.now() - startedAt) / 1000)
  const tick = () => process.stdout.write(isTTY ? `\r… ${title} ${seconds()} s` : `  still at it after ${seconds()} s\n`)
  const ticker = setInterval(tick, isTTY ? 1_000 : 10_000)
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: command === 'npm' && process.platform === 'win32' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { output += chunk })
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve)).finally(() => clearInterval(ticker))
  if (isTTY) process.stdout.write(`\r\x1b[2K${code === 0 ? '✓' : '✗'} ${title} (${seconds()} s)\n`)
  if (code !== 0) throw new PrepareError(`${title} failed:\n\n${excerpt(output)}`)
}

/** The beginning and the end of a long text: npm says first what is wrong and then prints its manual, others say it last. */
function excerpt(/** @type {string} */ output) {
  const lines = output.trim().split('\n')
  return lines.length <= 40 ? lines.join('\n') : [...lines.slice(0, 20), `[... ${lines.length - 40} lines]`, ...lines.slice(-20)].join('\n')
}

const NOT_BUILT = /^(dist|node_modules|migrations|testing|bench|test|\..*|.*\.test\.ts|.*\.md)$/

/** One hash over files and folders: contents, because times change with every checkout. What they are built into is left out. */
function fingerprint(/** @type {string[]} */ paths) {
  const hash = createHash('sha1').update(process.platform + process.arch)
  const add = (/** @type {string} */ path) => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false })
    if (stat?.isDirectory()) {
      for (const name of readdirSync(join(root, path)).sort()) {
        if (!NOT_BUILT.test(name)) add(`${path}/${name}`)
      }
    } else if (stat) hash.update(path).update(readFileSync(join(root, path)))
  }
  paths.forEach(add)
  return hash.digest('hex')
}

/** Two starts of one checkout prepare it one after the other. */
function takePrepareTurn() {
  const lock = join(tmpdir(), `buildrunner-prepare-${createHash('sha1').update(`${process.getuid?.()} ${root}`).digest('hex').slice(0, 16)}`)
  return takeTurn(lock, () => console.log('Another process prepares this checkout; waiting for it'))
}
