/** Every snippet of the documentation, executed against a started server: each that changes something has an organisation of its own, in any order. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import { parsePlan } from '@buildrunner/sdk/plans'
import pino from 'pino'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXAMPLES, EXAMPLE_PASSWORD, planBefore } from '../../api/src/rest/examples.ts'
import { OPERATIONS } from '../../api/src/rest/index.ts'
import { UNLIMITED } from '../../api/bench/unlimited.ts'
import { createHttpServer } from '../../api/src/server.ts'
import type { HttpServer } from '../../api/src/server.ts'
import { createTestCli, PLAN, writePlan } from '../../cli/src/testing/br.ts'
import type { TestCli } from '../../cli/src/testing/br.ts'
import { outdatedSnippets } from './snippets.ts'
import { placeFor as placeOf } from './snippets/place.ts'
import type { Place } from './snippets/place.ts'
import { PLACEHOLDERS, printSnippets } from './snippets/print.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..')
const snippets = printSnippets(root)
const operations = [...new Set([...snippets.keys()].map((path) => dirname(path)))]
const isStream = (operation: string): boolean => OPERATIONS.get(operation)?.kind === 'subscription'
const having = (file: string): string[] => operations.filter((operation) => snippets.has(`${operation}/${file}`) && !isStream(operation))

let workspace: TestWorkspace
let http: HttpServer
let baseUrl: string
/** Inside the checkout, so that the packages are found; of this run alone. */
const modules = join(root, 'buildrunner', `.snippets-${process.pid}`)

beforeAll(async () => {
  workspace = await createTestWorkspace()
  http = await createHttpServer({ pool: workspace.pool, vault: workspace.services.vault, operator: UNLIMITED, logger: pino({ level: 'silent' }), version: '1.2.3', migrations: () => Promise.resolve({ state: 'current', applied: [], pending: [] } as never) })
  http.server.listen(0, '127.0.0.1')
  await once(http.server, 'listening')
  baseUrl = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`
  mkdirSync(modules)
})
afterAll(async () => {
  rmSync(modules, { recursive: true, force: true })
  http.server.closeAllConnections()
  await http.close()
})

const asked = new Map<string, Promise<Place>>()

/** A query changes nothing: one place serves all of its snippets. Making places is half of the time of these tests. */
function placeFor(operation: string, variant: string): Promise<Place> {
  if (OPERATIONS.get(operation)?.kind !== 'query') return placeOf(workspace, operation, variant)
  const place = asked.get(operation) ?? placeOf(workspace, operation, 'all')
  asked.set(operation, place)
  return place
}

/** A snippet with the place's values in place of what stands for them; an address in a path is percent-encoded. */
function filledIn(path: string, { apiKey, projectId, values }: Place): string {
  const standIns: [string, string][] = [...values, [PLACEHOLDERS.baseUrl, baseUrl], [PLACEHOLDERS.apiKey, apiKey], [PLACEHOLDERS.projectId, projectId]]
  const encoded = standIns.map((standIn) => standIn.map(encodeURIComponent) as [string, string])
  return [...new Map([...encoded, ...standIns])].reduce((text, [literal, value]) => text.replaceAll(literal, value), snippets.get(path) ?? '')
}

test('what is committed is what is printed: run `npm run docs:snippets` when this fails', () => {
  expect(outdatedSnippets()).toEqual([])
  expect(operations.length).toBeGreaterThan(30)
  expect(operations.every((operation) => ['curl.sh', 'javascript.mjs', 'typescript.ts'].every((file) => snippets.has(`${operation}/${file}`)))).toBe(true)
})

/** What a TypeScript snippet gives to its operation: the first argument, evaluated. */
function argumentOf(operation: string): unknown {
  let given: string | undefined
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === `client.${operation.replace('_', '.')}`) given ??= node.arguments[0]?.getText() ?? '{}'
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('snippet.ts', snippets.get(`${operation}/typescript.ts`) ?? '', ts.ScriptTarget.ES2022, true))
  return given === undefined ? undefined : (new Function(`return (${given})`) as () => unknown)()
}

test.each(operations)('the snippets of %s all show the same call', (operation) => {
  expect(argumentOf(operation)).toEqual(EXAMPLES[operation]?.variables)
})

describe('curl', () => {
  test.each(having('curl.sh'))('%s', async (operation) => {
    const { stdout } = await run('bash', ['-euc', filledIn(`${operation}/curl.sh`, await placeFor(operation, 'curl'))])
    expect(JSON.parse(stdout)).toEqual(expect.any(Object))
  })

  test('a snippet that is refused would fail', async () => {
    const text = filledIn('planning_getItem/curl.sh', { ...(await placeFor('planning_getItem', 'refused')), projectId: 'nowhere' })
    await expect(run('bash', ['-euc', text])).rejects.toMatchObject({ code: 22, stdout: expect.stringContaining('NOT_FOUND') })
  })
})

/** How many modules are prepared before they run: codes that some of them hold are accepted for a minute. */
const AT_ONCE = 25

/** Runs modules, many in one process, and tells what was wrong with which operation. */
async function faultsOf(file: string, names: readonly string[], fill: (operation: string) => Promise<string>): Promise<Record<string, string>> {
  const faults: Record<string, string> = {}
  for (let from = 0; from < names.length; from += AT_ONCE) Object.assign(faults, await faultsOfSome(file, names.slice(from, from + AT_ONCE), fill))
  return faults
}

async function faultsOfSome(file: string, names: readonly string[], fill: (operation: string) => Promise<string>): Promise<Record<string, string>> {
  const paths = new Map<string, string>()
  for (const operation of names) {
    const path = join(modules, `${operation}-${file}`)
    writeFileSync(path, await fill(operation), { mode: 0o600 })
    paths.set(path, operation)
  }
  const { stdout } = await run(process.execPath, ['--conditions=@buildrunner/source', join(import.meta.dirname, 'snippets', 'run-modules.ts'), ...paths.keys()], { maxBuffer: 64 * 1024 * 1024 })
  const reports = stdout.split('\n').filter((line) => line.startsWith('{"snippet":')).map((line) => JSON.parse(line) as { snippet: string; fault: string | null })
  expect(reports.map(({ snippet }) => paths.get(snippet))).toEqual([...names])
  return Object.fromEntries(reports.flatMap(({ snippet, fault }) => (fault === null ? [] : [[paths.get(snippet) as string, fault]])))
}

describe.each(['javascript.mjs', 'typescript.ts'])('%s', (file) => {
  test('every one runs, and none is answered with an error', async () => {
    expect(await faultsOf(file, having(file), async (operation) => filledIn(`${operation}/${file}`, await placeFor(operation, file.slice(0, 4))))).toEqual({})
  })

  test('one that is refused would fail', async () => {
    const fill = (operation: string) => Promise.resolve(filledIn(`${operation}/${file}`, { apiKey: workspace.apiKey, projectId: 'nowhere', values: new Map() }))
    expect(Object.keys(await faultsOf(file, ['planning_getItem', 'health_check', 'planning_setStatus'], fill))).toEqual(['planning_getItem', 'planning_setStatus'])
  })
})

/** What each stream prints of what is there when it begins. */
const PRINTED: Readonly<Record<string, RegExp>> = { events_watch: /project\.created/, notifications_follow: /Grace mentioned you on T-12/, presence_watch: /\[\]/, sync_watchQueue: /\b0\b/ }

test('what every stream prints is known', () => {
  expect(Object.keys(PRINTED).sort()).toEqual(operations.filter(isStream).sort())
})

describe.each(Object.entries(PRINTED))('%s goes on without end, and prints what happens:', (operation, wanted) => {
  /** Runs a command until it printed what is waited for. @throws Error when it ends before */
  async function untilPrinted(command: string, args: readonly string[]): Promise<void> {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const ended = once(child, 'close')
    let printed = ''
    try {
      await new Promise<void>((resolve, reject) => {
        const read = (chunk: Buffer): void => {
          printed += chunk.toString()
          if (wanted.test(printed)) resolve()
        }
        child.stdout.on('data', read)
        child.stderr.on('data', read)
        void ended.then(() => reject(new Error(`it ended: ${printed}`)))
      })
    } finally {
      child.kill('SIGKILL')
      await ended
    }
  }

  test('curl', async () => {
    const text = filledIn(`${operation}/curl.sh`, await placeFor(operation, 'curl'))
    await untilPrinted('bash', ['-euc', `exec ${text}`])
  })

  test.each(['javascript.mjs', 'typescript.ts'])('%s', async (file) => {
    const path = join(modules, `${operation}-${file}`)
    writeFileSync(path, filledIn(`${operation}/${file}`, await placeFor(operation, file.slice(0, 4))), { mode: 0o600 })
    await untilPrinted(process.execPath, ['--conditions=@buildrunner/source', path])
  })
})

test('every TypeScript snippet compiles, strictly', () => {
  const files = operations.map((operation) => join(root, 'docs-site', 'snippets', operation, 'typescript.ts'))
  const options: ts.CompilerOptions = {
    strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true, customConditions: ['@buildrunner/source'], moduleDetection: ts.ModuleDetectionKind.Force,
    target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Preserve, moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.esnext.disposable.d.ts'], types: ['node'],
  }
  const program = ts.createProgram(files, options)
  const problems = files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`))
  expect(problems).toEqual([])
})

describe('br', () => {
  const bin = mkdtempSync(join(tmpdir(), 'buildrunner-bin-'))
  let cli: TestCli

  beforeAll(async () => {
    cli = await createTestCli()
    writeFileSync(join(bin, 'br'), `#!/bin/sh\nexec "${process.execPath}" "${cli.entry}" "$@"\n`)
    chmodSync(join(bin, 'br'), 0o755)
  })
  afterAll(() => {
    cli.close()
    rmSync(bin, { recursive: true, force: true })
  })

  /** What is asked for: a password, and a new one. */
  const SECRETS = `${EXAMPLE_PASSWORD}\nfour quite different words`

  /** Where somebody else has edited, the folder's first sync ends with what is to be decided. */
  function unlessConflicts(error: { code?: number }): void {
    if (error.code !== 4) throw error
  }

  /** Runs a script that may ask for secrets, one a line. */
  function answered(script: string, secret: string, options: { cwd: string; env: Record<string, string> }): Promise<{ stdout: string }> {
    const running = run('bash', ['-euc', script], options)
    running.child.stdin?.on('error', () => undefined).end(`${secret}\n`) // most end without reading it
    return running
  }

  test.each(having('cli.sh'))('%s', async (operation) => {
    const place = await placeFor(operation, 'cli')
    const { apiKey, projectId } = place
    const [cwd, home] = [cli.folder(), cli.folder()]
    writePlan(cwd, planBefore(EXAMPLES[operation] ?? { variables: {} }))
    const policy = EXAMPLES[operation]?.variables['text']
    if (operation.startsWith('governance_') && typeof policy === 'string') {
      mkdirSync(join(cwd, 'governance'))
      writeFileSync(join(cwd, 'governance', 'policy.yml'), policy)
    }
    const env = cli.environment({ HOME: home, XDG_CONFIG_HOME: home, PATH: `${bin}:${process.env.PATH}`, BUILDRUNNER_API_KEY: apiKey, BUILDRUNNER_BASE_URL: baseUrl, NO_COLOR: '1' })
    if (operation !== 'projects_create') await run('br', ['sync', '--project', projectId], { cwd, env }).catch(unlessConflicts)
    if (operation === 'auth_signOut') await answered('br login', apiKey, { cwd, env })
    const { stdout } = await answered(filledIn(`${operation}/cli.sh`, place), SECRETS, { cwd, env })
    expect(stdout.length).toBeGreaterThan(0)
    expect(parsePlan(readFileSync(join(cwd, PLAN), 'utf8')).problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})
