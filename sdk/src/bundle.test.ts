/** What a page loads: min+gzip of what esbuild makes of an import; what it may load later is counted by itself. A built-in module of Node cannot be resolved, and fails the build. */
import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Metafile, Plugin } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { groups } from './_generated/operations/index.ts'

const src = fileURLToPath(new URL('.', import.meta.url))

/** What grows with the catalogue, operations and the values of enums, counts as theirs and not as the core's. */
const withoutCatalogue: Plugin = {
  name: 'without-catalogue',
  setup({ onLoad }) {
    onLoad({ filter: /_generated\/operations\/index\.ts$/ }, () => ({ contents: 'export const groups = {}' }))
    onLoad({ filter: /_generated\/schema\.ts$/ }, () => ({ contents: '' }))
  },
}

interface Bundle {
  gzipped: number
  /** Of what is loaded at once, by file. */
  texts: string[]
  files: string[]
  /** Of what a call may load later. */
  later: { gzipped: number; files: string[] }
}

async function bundle(contents: string, plugins: Plugin[] = []): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: src }, absWorkingDir: src, outdir: src, write: false, metafile: true, plugins,
    bundle: true, minify: true, splitting: true, format: 'esm', platform: 'browser', target: 'es2022', conditions: ['@buildrunner/source'],
  })
  const outputs = new Map(Object.entries(metafile.outputs))
  const measure = (names: Set<string>) => {
    const chunks = outputFiles.filter(({ path }) => names.has(path.slice(src.length)))
    expect(chunks).toHaveLength(names.size)
    const files = [...names].flatMap((name) => Object.entries(outputs.get(name)!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file))
    return { gzipped: chunks.reduce((sum, chunk) => sum + gzipSync(chunk.contents, { level: 9 }).length, 0), texts: chunks.map(({ text }) => text), files }
  }
  const now = reachable(outputs, 'stdin.js', ({ kind }) => kind !== 'dynamic-import')
  return { ...measure(now), later: measure(new Set([...reachable(outputs, 'stdin.js')].filter((name) => !now.has(name)))) }
}

type Output = Metafile['outputs'][string]

/** An output and what it imports. */
function reachable(outputs: Map<string, Output>, name: string, follows: (imported: Output['imports'][number]) => boolean = () => true, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found
  found.add(name)
  for (const imported of outputs.get(name)!.imports) if (follows(imported)) reachable(outputs, imported.path, follows, found)
  return found
}

const CORE = /^(<stdin>|resilience\/(backoff|policy)\.ts|(_generated\/(operations\/)?)?[a-z-]+\.ts)$/

test('the root entry reaches only the core and the generated modules: no zod, no graphql, no built-in module', async () => {
  const { files } = await bundle("export * from './index.ts'")
  expect(files.length).toBeGreaterThan(10)
  expect(files.filter((file) => !CORE.test(file))).toEqual([])
})

test('verifying and exporting the audit log, and staying present, is loaded when it is first called, and is at most 9.5 KB', async () => {
  const { files, later } = await bundle("export * from './index.ts'")
  expect(files.filter((file) => file.startsWith('domain/') || file === 'presence-session.ts')).toEqual([])
  expect(later.files).toEqual(expect.arrayContaining(['domain/audit/verify.ts', 'presence-session.ts']))
  expect(later.files.filter((file) => !/^(audit-log|presence-session|domain\/audit\/[a-z-]+)\.ts$/.test(file))).toEqual([])
  expect(later.gzipped).toBeLessThanOrEqual(9.5 * 1024)
})

test('the core with subscriptions is at most 9 KB, and an operation, with the enums that it takes and answers, adds at most 45 B on average', async () => {
  const [core, whole] = await Promise.all([bundle("export * from './index.ts'", [withoutCatalogue]), bundle("export * from './index.ts'")])
  const operations = Object.values(groups).flatMap((group) => Object.keys(group)).length
  expect(core.gzipped).toBeLessThanOrEqual(9 * 1024)
  expect((whole.gzipped - core.gzipped) / operations).toBeLessThanOrEqual(45)
})

describe('a standalone function', () => {
  test.each([
    ['a call', "export { getPlan } from './_generated/functions/planning.ts'", 'planning_getPlan'],
    ['a list', "export { listProjects } from './_generated/functions/projects.ts'", 'projects_list'],
  ])('(%s) with its transport is at most 6.7 KB, and brings no other operation', async (_, code, name) => {
    const { gzipped, texts, files } = await bundle(`export { Client } from './client.ts'\n${code}`)
    expect(gzipped).toBeLessThanOrEqual(6.7 * 1024)
    expect([...new Set(texts.join('').match(/\b[a-z]+_[a-z][A-Za-z]+\b/g))]).toEqual([name])
    expect(files).not.toContain('subscription.ts')
  })
})

test('one enum is less than 1 KB, and brings nothing else', async () => {
  const { gzipped, files } = await bundle("import { Status } from './index.ts'\nconsole.log(Status.DONE)")
  expect(gzipped).toBeLessThan(1024)
  expect(files).toEqual(['_generated/schema.ts', '<stdin>'])
})

test('working offline, with the client and without a store that lasts, is at most 30.5 KB; no zod, and analysis and markdown are loaded when they are asked for', async () => {
  const { gzipped, files, later } = await bundle("export * from './offline/index.ts'")
  expect(gzipped).toBeLessThanOrEqual(30.5 * 1024)
  expect(files.filter((file) => file.includes('zod') || /domain\/plans\/(analysis|markdown|format)/.test(file))).toEqual([])
  expect(later.files).toEqual(expect.arrayContaining(['domain/plans/analysis.ts', 'domain/plans/markdown-write.ts']))
})
