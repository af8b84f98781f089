import { execFile, execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from 'esbuild'
import ts from 'typescript'
import packageJson from '../package.json' with { type: 'json' }
import { runInChromium } from '../test/chromium.ts'
import { startDouble } from '../test/double.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url))
const run = promisify(execFile)

/** Every Node on the path that the workspace did not bring, oldest first, and the one that runs the tests. */
function nodes(): { version: string; path: string }[] {
  const found = new Map([[process.versions.node, process.execPath]])
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, 'node')
    if (folder.includes('node_modules') || !existsSync(path)) continue
    const version = execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim()
    if (!found.has(version)) found.set(version, path)
  }
  return [...found].map(([version, path]) => ({ version, path })).sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }))
}

const PEERS = ['@urql/core', '@urql/exchange-graphcache', 'wonka', 'graphql', 'gql.tada', 'dexie']

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sdk-package-'))
  // Built and packed aside, so that nothing else that builds or reads sdk/dist is disturbed.
  const stage = join(folder, 'stage')
  for (const name of ['package.json', 'README.md', 'plan.schema.json', 'policy.schema.json', 'template.schema.json', 'src']) cpSync(join(root, name), join(stage, name), { recursive: true })
  execFileSync(process.execPath, [join(modules, 'tsdown/dist/run.mjs'), '--logLevel', 'error', '--out-dir', join(stage, 'dist')], { cwd: root })
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: stage })
  const installed = join(folder, 'node_modules/@buildrunner/sdk')
  mkdirSync(installed, { recursive: true })
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  execFileSync('tar', ['-xzf', join(folder, tarball), '--strip-components=1', '-C', installed])
  // What npm would install beside it: the declared dependencies, and the peers that its README names, from the workspace's own copies.
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }
  for (const scope of ['@urql', '@types', '@marcbachmann']) mkdirSync(join(folder, 'node_modules', scope))
  for (const name of [...Object.keys(dependencies), ...PEERS, '@types/node']) symlinkSync(join(modules, name), join(folder, 'node_modules', name))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('publint finds no fault in the package', async () => {
  const { messages, pkg } = await publint({ pkgDir: join(folder, 'node_modules/@buildrunner/sdk'), strict: true, pack: false })
  expect(messages.map((message) => formatMessage(message, pkg as Record<string, unknown>))).toEqual([])
})

/** Those that need Node. */
const OF_NODE = ['@buildrunner/sdk/offline/files']
/** Every entry, by the name that programs import; not the JSON files. */
const ENTRIES = Object.entries(packageJson.exports).flatMap(([path, target]) => (typeof target === 'string' ? [] : [join('@buildrunner/sdk', path)]))

test('the package holds the build, the sources, the JSON Schema and no test', () => {
  const files = readdirSync(join(folder, 'node_modules/@buildrunner/sdk'), { recursive: true, encoding: 'utf8' })
  const built = ENTRIES.map((entry) => entry.split('/').slice(2).join('/') || 'index').flatMap((entry) => ['js', 'cjs', 'd.ts', 'd.cts'].map((form) => `dist/${entry}.${form}`))
  expect(files).toEqual(expect.arrayContaining([...built, 'plan.schema.json', 'policy.schema.json', 'README.md', 'src/client.ts']))
  expect(files.filter((name) => name.includes('.test.'))).toEqual([])
})

const BODY = `
const client = new BuildRunnerSDK({ baseUrl: process.argv[2], apiKey: 'br_test1234_secret', projectId: 'website' })
const plan = flattenPlan({ version: 1, project: { name: 'x' }, milestones: [{ id: 'M-1', title: 'Beta' }] })
async function main() {
  const slugs = []
  for await (const { slug } of client.projects.list({ first: 1 })) slugs.push(slug)
  const { error } = await client.projects.get({ projectId: 'nowhere' })
  const urql = createUrqlClient(client)
  const documents = [graphql('{ viewer { name } }').loc.source.body, parsed('{ viewer { name } }').definitions[0].kind, typeof urql.query]
  console.log(JSON.stringify({ slugs, notFound: error instanceof NotFoundError, items: [...plan.items.keys()], schema: schema.type, documents }))
}
main()
`
const FORMS = {
  'main.mjs': `import { BuildRunnerSDK, NotFoundError } from '@buildrunner/sdk'
import { graphql } from '@buildrunner/sdk/graphql'
import { flattenPlan } from '@buildrunner/sdk/plans'
import { createUrqlClient, graphql as parsed } from '@buildrunner/sdk/urql'
import schema from '@buildrunner/sdk/plan.schema.json' with { type: 'json' }
${BODY}`,
  'main.cjs': `const { BuildRunnerSDK, NotFoundError } = require('@buildrunner/sdk')
const { graphql } = require('@buildrunner/sdk/graphql')
const { flattenPlan } = require('@buildrunner/sdk/plans')
const { createUrqlClient, graphql: parsed } = require('@buildrunner/sdk/urql')
const schema = require('@buildrunner/sdk/plan.schema.json')
${BODY}`,
}

const [oldest] = nodes()
if (oldest?.path === process.execPath) console.warn(`NOT TESTED on an older Node: there is none on the path; the package is tried on ${oldest.version} alone.`)

describe.each(nodes())('the packed package on Node $version', ({ path }) => {
  test.each(Object.entries(FORMS))('works as %s', async (name, code) => {
    await using double = await startDouble()
    double.values.projects = ['website', 'shop']
    writeFileSync(join(folder, name), code)
    const { stdout } = await run(path, [name, double.baseUrl], { cwd: folder })
    expect(JSON.parse(stdout)).toEqual({ slugs: ['website', 'shop'], notFound: true, items: ['M-1'], schema: 'object', documents: ['{ viewer { name } }', 'OperationDefinition', 'function'] })
  })
})

/** Uses what it imports, so that a type that is lost (`any`) shows: the last line must be an error. */
const CONSUMER = `
const client = new BuildRunnerSDK({ apiKey: 'br_test1234_secret' })
export async function main(): Promise<void> {
  const { data, error } = await client.projects.list({ first: 1 })
  const slugs: string[] | undefined = data?.projects.map(({ slug }) => slug)
  for await (const step of client.planning.listMicrosteps()) console.log(step.title.length, slugs, error?.requestId)
  for await (const project of listProjects(new Client())) console.log(project.progress.percent)
  const event = await unwrap('{}', new Headers(), 'whsec_')
  if (event.kind === 'plan.changed') console.log(event.data.changes.length)
  createTestServer().on('projects_get', ({ projectId }, { next }) => (projectId === 'x' ? next() : next()))
  // @ts-expect-error the types arrive
  client.projects.frobnicate()
}
`
const NAMED = {
  '@buildrunner/sdk': 'BuildRunnerSDK', '@buildrunner/sdk/client': 'Client', '@buildrunner/sdk/projects': 'listProjects',
  '@buildrunner/sdk/webhooks': 'unwrap', '@buildrunner/sdk/testing': 'createTestServer',
}
const asModule = [
  ...ENTRIES.map((entry, index) => `import * as entry${index} from '${entry}'`),
  ...Object.entries(NAMED).map(([entry, name]) => `import { ${name} } from '${entry}'`),
  `export const entries: object[] = [${ENTRIES.map((_, index) => `entry${index}`).join(', ')}]`,
  CONSUMER,
].join('\n')
const asCommonJs = asModule.replace(/^import \* as (\w+) from (.*)$/gm, 'import $1 = require($2)').replace(/^import \{ (\w+) \} from (.*)$/gm, 'import $1Module = require($2)\nimport $1 = $1Module.$1')

const { NodeNext, Bundler } = ts.ModuleResolutionKind
test.each([
  ['nodenext', { module: ts.ModuleKind.NodeNext, moduleResolution: NodeNext }],
  ['bundler', { module: ts.ModuleKind.Preserve, moduleResolution: Bundler }],
])('the types of every entry compile strictly under %s, in an ES module and in CommonJS, and so do the declaration files', (_name, options) => {
  const consumers = { 'consumer.mts': asModule, 'consumer.cts': asCommonJs }
  for (const [name, text] of Object.entries(consumers)) writeFileSync(join(folder, name), text)
  const program = ts.createProgram(Object.keys(consumers).map((name) => join(folder, name)), {
    ...options, strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.esnext.disposable.d.ts'], types: ['node'],
    typeRoots: [join(folder, 'node_modules/@types')],
  })
  // Declarations of others are theirs.
  const ours = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(realpathSync(folder)))
  expect(ours.map(({ fileName }) => fileName)).toEqual(expect.arrayContaining(['consumer.mts', 'consumer.cts'].map((name) => expect.stringContaining(name) as string)))
  const faults = ours.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
  expect(faults.map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)).toEqual([])
})

test('the package works in Chromium, bundled with esbuild: every entry but those of Node loads, calls, errors, webhooks and the test server work', async () => {
  await using double = await startDouble()
  double.values.projects = ['website', 'shop']
  const inBrowser = ENTRIES.filter((entry) => !OF_NODE.includes(entry))
  const program = `
    ${inBrowser.map((entry, index) => `import * as entry${index} from '${entry}'`).join('\n')}
    import { BuildRunnerSDK, NotFoundError } from '@buildrunner/sdk'
    import { createTestServer } from '@buildrunner/sdk/testing'
    import { sign, unwrap } from '@buildrunner/sdk/webhooks'
    globalThis.main = async () => {
      const options = { apiKey: 'br_test1234_secret', projectId: 'website' }
      const client = new BuildRunnerSDK({ ...options, baseUrl: location.origin })
      const slugs = []
      for await (const { slug } of client.projects.list({ first: 1 })) slugs.push(slug)
      const { error } = await client.projects.get({ projectId: 'nowhere' })
      const event = { sequence: 1, kind: 'x', version: 1, projectId: 'p', actor: 'a', origin: 'o', requestId: 'r', createdAt: 'c' }
      const body = JSON.stringify({ type: event.kind, timestamp: event.createdAt, data: event }), secret = 'whsec_' + btoa('secret')
      const { kind } = await unwrap(body, await sign(body, secret), secret)
      const server = createTestServer({ projects: [{ slug: 'in-memory' }] })
      const inMemory = await new BuildRunnerSDK({ ...options, baseUrl: 'http://localhost', fetch: server.fetch }).projects.list().orThrow()
      return { slugs, notFound: error instanceof NotFoundError, kind, inMemory: inMemory.projects[0].slug, entries: [${inBrowser.map((_, index) => `entry${index}`).join(', ')}].filter(Boolean).length }
    }`
  const { outputFiles } = await build({ stdin: { contents: program, resolveDir: folder }, bundle: true, write: false, format: 'iife', platform: 'browser', target: 'es2022' })
  expect(await runInChromium(outputFiles[0]!.text, double.baseUrl)).toEqual({ slugs: ['website', 'shop'], notFound: true, kind: 'x', inMemory: 'in-memory', entries: inBrowser.length })
})
