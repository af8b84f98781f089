/**
 * An offline store is opened and everything in it is read: 10,000 records, or the plan of 10,000 microsteps in one. Files in a fresh
 * process, IndexedDB in a fresh tab of Chromium. What is counted is CPU, of the process, or of the tab and of the browser's own process, which
 * has the database: what else the machine does is not the store's. The best of some rounds: what else the browser does is not, either.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import type { BuildOptions } from 'esbuild'
import { hasChromium, openChromium } from '../test/chromium.ts'
import type { BenchResult } from './result.ts'

const ITEMS = 10_000
const ROUNDS = 7
const BAR_MS = 150
const CONTENTS = { records: `${ITEMS} records`, plan: `a plan of ${ITEMS} microsteps` } as const
type Content = keyof typeof CONTENTS

/** `fill(open, content)` and `measure(open, content)`, the same for both backends. */
const STEPS = `
  import { samplePlan } from './sample-plan.ts'
  const state = (index) => ({ key: 'comments', fetchedAt: index, data: { itemKey: 'T-' + index, threads: [{ id: 'cmt_' + index, body: 'Is this still right? '.repeat(8), replies: [] }] } })
  const records = () => Array.from({ length: ${ITEMS} }, (_, index) => ({ op: 'put', table: 'states', key: 'p/' + String(index).padStart(8, '0'), value: state(index) }))
  const plan = () => [{ op: 'put', table: 'bases', key: 'p/000000000001', value: { projectId: 'p', sequence: 1, document: samplePlan(${ITEMS}) } }]
  export async function fill(open, content) {
    const store = await open()
    await store.commit(content === 'plan' ? plan() : records())
    await store.close()
  }
  export async function measure(open, content) {
    const store = await open()
    const found = await store.list(content === 'plan' ? 'bases' : 'states')
    if (found.length !== (content === 'plan' ? 1 : ${ITEMS})) throw new Error('found ' + found.length)
    await store.close()
  }`
const FILES = `
  import { fileStore } from '../src/offline/files/file-store.ts'
  import { fill, measure } from 'steps'
  const [, , work, folder, content] = process.argv
  const began = process.cpuUsage()
  await (work === 'fill' ? fill : measure)(() => fileStore(folder), content)
  const { user, system } = process.cpuUsage(began)
  console.log((user + system) / 1000)`
const TAB = `
  import { indexedDbStore } from '../src/offline/indexeddb/indexeddb-store.ts'
  import { fill, measure } from 'steps'
  Object.assign(globalThis, { fill: (content) => fill(() => indexedDbStore(content), content), measure: (content) => measure(() => indexedDbStore(content), content) })`

const run = promisify(execFile)

async function bundle(contents: string, options: BuildOptions): Promise<string> {
  const steps = {
    name: 'steps',
    setup({ onResolve, onLoad }: Parameters<NonNullable<BuildOptions['plugins']>[number]['setup']>[0]) {
      onResolve({ filter: /^steps$/ }, () => ({ path: 'steps', namespace: 'steps' }))
      onLoad({ filter: /./, namespace: 'steps' }, () => ({ contents: STEPS, resolveDir: import.meta.dirname, loader: 'ts' }))
    },
  }
  const stdin = { contents, resolveDir: import.meta.dirname, loader: 'ts' } as const
  const { outputFiles } = await build({ stdin, bundle: true, write: false, minify: true, logLevel: 'error', plugins: [steps], ...options })
  return outputFiles![0]!.text
}

async function bestOf(measure: () => Promise<number>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) times.push(await measure())
  return Math.min(...times)
}

const result = (backend: string, content: Content, ms: number): BenchResult => ({
  what: `open of a store in ${backend} with ${CONTENTS[content]}`, baseline: `${BAR_MS} ms`, ratio: ms / BAR_MS, bar: 1, detail: `${ms.toFixed(0)} ms of CPU, the best of ${ROUNDS}`,
})

async function inFiles(): Promise<BenchResult[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'br-open-bench-'))
  try {
    const program = path.join(folder, 'open.mjs')
    await writeFile(program, await bundle(FILES, { platform: 'node', format: 'esm' }))
    const results: BenchResult[] = []
    for (const content of ['records', 'plan'] as const) {
      const store = path.join(folder, content)
      await run(process.execPath, [program, 'fill', store, content])
      results.push(result('files', content, await bestOf(async () => Number((await run(process.execPath, [program, 'measure', store, content])).stdout))))
    }
    return results
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** CPU of each process of the browser so far, in milliseconds, with its type first in its name. */
async function cpuOf(tab: Page): Promise<Map<string, number>> {
  const session = await tab.context().browser()!.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return new Map(processInfo.map(({ type, id, cpuTime }) => [`${type} ${id}`, cpuTime * 1000]))
}

/** What the browser's own process and the busiest tab used between the two. */
function cpuBetween(before: Map<string, number>, after: Map<string, number>): number {
  const used = (type: string): number[] => [...after].flatMap(([name, ms]) => (name.startsWith(type) ? [ms - (before.get(name) ?? 0)] : []))
  return Math.max(...used('browser')) + Math.max(...used('renderer'))
}

async function inChromium(): Promise<BenchResult[]> {
  const browser = await openChromium(await bundle(TAB, { platform: 'browser', format: 'iife', target: 'es2022' }))
  const inTab = async (code: string): Promise<number> => {
    const tab = await browser.newTab()
    const before = await cpuOf(tab)
    await tab.evaluate(code)
    return cpuBetween(before, await cpuOf(tab))
  }
  try {
    const results: BenchResult[] = []
    for (const content of ['records', 'plan'] as const) {
      await inTab(`fill('${content}')`)
      results.push(result('IndexedDB', content, await bestOf(() => inTab(`measure('${content}')`))))
    }
    return results
  } finally {
    await browser.close()
  }
}

export default async function offlineOpenBench(): Promise<BenchResult[]> {
  return [...(await inFiles()), ...(hasChromium ? await inChromium() : [])]
}
