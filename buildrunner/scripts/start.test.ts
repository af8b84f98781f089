/** `npm start` in a checkout made of doubles: npm, the generator, the builder and the server only note that they were run. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'

let checkout: string

function write(path: string, content: string): void {
  mkdirSync(dirname(join(checkout, path)), { recursive: true })
  writeFileSync(join(checkout, path), content)
}

const elsewhere = { version: '1.0.0', optional: true }
const lock = (version: string): string => JSON.stringify({ packages: { '': {}, 'node_modules/a': { version }, 'node_modules/for-other-platforms': elsewhere } })
const NOTE = 'import { appendFileSync, copyFileSync, cpSync, mkdirSync, rmSync } from "node:fs"; const note = (text) => appendFileSync("log", text + "\\n")'
/** Keeps running until it is told to stop, as a server does. */
const SERVER = `${NOTE}; const stop = (why) => { note("stopped by " + why); process.exit(0) }
for (const event of ["SIGTERM", "SIGINT", "disconnect"]) process.on(event, () => stop(event))
setInterval(() => {}, 1e6); console.log("serving")`

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'buildrunner-checkout-'))
  for (const script of ['start.mjs', 'prepare.mjs', 'take-turn.mjs']) cpSync(join(import.meta.dirname, script), join(checkout, 'buildrunner', 'scripts', script))
  write('package.json', '{ "type": "module" }')
  write('package-lock.json', lock('1.0.0'))
  write('prisma/schema/base.prisma', 'model A {}')
  write('api/src/main.ts', 'first')
  write('server.js', SERVER)
  write('buildrunner/scripts/build.ts', `${NOTE}; note("build"); mkdirSync("api/dist", { recursive: true }); copyFileSync("server.js", "api/dist/main.js")`)
  write('buildrunner/scripts/site.ts', '')
  write('generate.js', `${NOTE}; note("generate"); mkdirSync("prisma/_generated", { recursive: true })`)
  write('npm.js', `${NOTE}; note("npm " + process.argv[2]); rmSync("node_modules", { recursive: true, force: true })
    cpSync("installed", "node_modules", { recursive: true, verbatimSymlinks: true }); copyFileSync("package-lock.json", "node_modules/.package-lock.json")`)
  write('installed/prisma/build/index.js', 'import "../../../generate.js"')
  write('installed/prisma/package.json', '{ "type": "module" }')
  mkdirSync(join(checkout, 'installed', 'node', 'bin'), { recursive: true })
  symlinkSync(process.execPath, join(checkout, 'installed', 'node', 'bin', 'node'))
  return () => rmSync(checkout, { recursive: true, force: true })
})

function run(): { child: ChildProcess; output: () => string; ended: Promise<unknown[]> } {
  const { npm_lifecycle_event: _, ...env } = process.env
  const child = spawn(process.execPath, [join(checkout, 'buildrunner', 'scripts', 'start.mjs')], {
    cwd: checkout, stdio: ['ignore', 'pipe', 'pipe'], env: { ...env, npm_execpath: join(checkout, 'npm.js') },
  })
  onTestFinished(() => { child.kill('SIGKILL') })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => { output += chunk.toString() })
  return { child, output: () => output, ended: once(child, 'close') }
}

const log = (): string[] => (existsSync(join(checkout, 'log')) ? readFileSync(join(checkout, 'log'), 'utf8').trim().split('\n') : [])

/** Starts, waits until it serves, stops, and answers what was done meanwhile. */
async function startAndStop(): Promise<string[]> {
  rmSync(join(checkout, 'log'), { force: true })
  const { child, output, ended } = run()
  await expect.poll(output, { timeout: 60_000 }).toContain('serving')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  return log()
}

describe('npm start', () => {
  it('installs, generates and builds on the first start, and nothing on the second', async () => {
    expect(await startAndStop()).toEqual(['npm ci', 'generate', 'build', 'stopped by SIGTERM'])
    expect(await startAndStop()).toEqual(['stopped by SIGTERM'])
  })

  it('does again what has changed, and no more', async () => {
    await startAndStop()
    write('api/src/main.ts', 'second')
    expect(await startAndStop()).toEqual(['build', 'stopped by SIGTERM'])
    write('api/src/main.test.ts', 'not part of what is built')
    expect(await startAndStop()).toEqual(['stopped by SIGTERM'])
    write('prisma/schema/base.prisma', 'model B {}')
    expect(await startAndStop()).toEqual(['generate', 'build', 'stopped by SIGTERM'])
    write('package-lock.json', lock('2.0.0'))
    expect(await startAndStop()).toEqual(['npm install', 'build', 'stopped by SIGTERM'])
  })

  it('accepts what a person has installed', async () => {
    cpSync(join(checkout, 'installed'), join(checkout, 'node_modules'), { recursive: true, verbatimSymlinks: true })
    cpSync(join(checkout, 'package-lock.json'), join(checkout, 'node_modules', '.package-lock.json'))
    expect(await startAndStop()).toEqual(['generate', 'build', 'stopped by SIGTERM'])
  })

  it('ends with 17 and the words of the step that failed, and tries that step again', async () => {
    write('buildrunner/scripts/build.ts', 'console.error("a bracket is missing"); process.exit(1)')
    for (const expected of [['npm ci', 'generate'], ['npm ci', 'generate']]) {
      const { output, ended } = run()
      expect(await ended).toEqual([17, null])
      expect(output()).toContain('✗ Building failed:\n\na bracket is missing')
      expect(output()).not.toMatch(/^\s+at /m)
      expect(log()).toEqual(expected)
    }
  })

  it('takes the server along when it is killed', async () => {
    const { child, output } = run()
    await expect.poll(output, { timeout: 60_000 }).toContain('serving')
    child.kill('SIGKILL')
    await expect.poll(log).toContain('stopped by disconnect')
  })

  it('prepares one checkout once when it is started twice', async () => {
    const starts = [run(), run()]
    for (const { output } of starts) await expect.poll(output, { timeout: 60_000 }).toContain('serving')
    expect(log()).toEqual(['npm ci', 'generate', 'build'])
    for (const { child, ended } of starts) {
      child.kill('SIGTERM')
      await ended
    }
  })
})
