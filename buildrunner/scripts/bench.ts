/**
 * `npm run bench [-- filter]`: every benchmark in a process of its own, as ratios against the baseline that it names. Exits 1
 * when a bar is missed. The filter is a part of a file's path or of its name.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BenchResult } from '../../sdk/bench/result.ts'

const root = join(import.meta.dirname, '..', '..')
/** A benchmark that takes longer waits for what will not come. */
const LIMIT_MS = 15 * 60_000
const RUNNER = 'const { default: bench } = await import(process.env.BENCH_FILE); process.send(await bench(), () => process.exit())'

interface Outcome { results: BenchResult[]; failure?: string }

async function run(file: string): Promise<Outcome> {
  const child = spawn(process.execPath, ['--conditions=@buildrunner/source', '--input-type=module', '--eval', RUNNER], {
    cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], timeout: LIMIT_MS, env: { ...process.env, BENCH_FILE: pathToFileURL(file).href },
  })
  let results: BenchResult[] = []
  child.on('message', (message: BenchResult[]) => { results = message })
  const [code] = await once(child, 'close') as [number | null]
  return { results, failure: code === 0 && results.length > 0 ? undefined : `ended with ${code ?? 'a signal'} and ${results.length} results` }
}

function line({ what, baseline, ratio, bar, detail }: BenchResult): string {
  return `${ratio <= bar ? '✓' : '✗'} ${ratio.toFixed(2).padStart(7)}x of at most ${bar}x  ${what}\n    against ${baseline}\n    ${detail}`
}

const filter = process.argv[2] ?? ''
const files = globSync('{api,sdk,cli,docs-site}/bench/*.bench.ts', { cwd: root }).filter((file) => file.includes(filter)).sort()
if (files.length === 0) throw new Error(`No benchmark has ${filter} in its path.`)
let missed = 0
for (const file of files) { // one after the other: they measure CPU
  console.log(`\n${relative(root, file) || file}`)
  const { results, failure } = await run(join(root, file))
  for (const result of results) {
    console.log(line(result))
    if (!(result.ratio <= result.bar)) missed++
  }
  if (failure === undefined) continue
  console.error(`✗ ${failure}`)
  missed++
}
console.log(missed === 0 ? '\nEvery bar is met.' : `\n${missed} missed.`)
process.exitCode = missed === 0 ? 0 : 1
