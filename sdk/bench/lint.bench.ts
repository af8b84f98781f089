/** `br lint` of 10,000 microsteps against a bare process that parses the same file: CPU of the whole process, start included. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import type { BenchResult } from './result.ts'
import { samplePlan } from './sample-plan.ts'

const MICROSTEPS = 10_000
const ROUNDS = 7
/** The bar of the plan; a text in which everything is to be remarked may cost more. */
const BAR = 6
const FAULTY_BAR = 10

/** Printed last by each process: the milliseconds of CPU that it used since it was started. */
const REPORT = 'const used = process.cpuUsage(); console.log((used.user + used.system) / 1000)'
const BARE = `JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8')); ${REPORT}`
const LINT = `
  import { readFileSync } from 'node:fs'
  import { parsePlan } from '@buildrunner/sdk/plans'
  const { problems } = parsePlan(readFileSync(process.argv[2], 'utf8'))
  if (problems.length !== Number(process.argv[3])) throw new Error(JSON.stringify(problems.slice(0, 3)))
  ${REPORT}`

const run = promisify(execFile)
const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!
const cpuOf = async (...args: string[]): Promise<number> => Number((await run(process.execPath, args)).stdout)

/** Bundled as the command line is. */
async function bundle(folder: string): Promise<string> {
  const outfile = path.join(folder, 'lint.mjs')
  const stdin = { contents: LINT, resolveDir: import.meta.dirname, loader: 'ts' } as const
  const resolution = { conditions: ['@buildrunner/source'], mainFields: ['module', 'main'] }
  await build({ stdin, outfile, ...resolution, bundle: true, platform: 'node', format: 'esm', minify: true, logLevel: 'error' })
  return outfile
}

export default async function lintBench(): Promise<BenchResult[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'br-lint-bench-'))
  try {
    const lint = await bundle(folder)
    const [clean, faulty] = [path.join(folder, 'clean.json'), path.join(folder, 'faulty.json')]
    const text = JSON.stringify(samplePlan(MICROSTEPS), null, 2)
    await writeFile(clean, text)
    // The worst ordinary case: every microstep has a remark, so that positions are needed everywhere.
    await writeFile(faulty, text.replaceAll('"estimate":', '"effort":'))
    const times: Record<'bare' | 'clean' | 'faulty', number[]> = { bare: [], clean: [], faulty: [] }
    for (let round = 0; round < ROUNDS; round++) {
      times.bare.push(await cpuOf('-e', BARE, clean))
      times.clean.push(await cpuOf(lint, clean, '0'))
      times.faulty.push(await cpuOf(lint, faulty, String(MICROSTEPS)))
    }
    const bare = median(times.bare)
    const result = (what: string, cpu: number, bar: number): BenchResult => ({
      what,
      baseline: 'JSON.parse in a bare process',
      ratio: cpu / bare,
      bar,
      detail: `${cpu.toFixed(0)} ms against ${bare.toFixed(0)} ms of CPU, ${(text.length / 1e6).toFixed(1)} MB`,
    })
    return [
      result('lint of 10,000 microsteps', median(times.clean), BAR),
      result('lint of 10,000 microsteps, each with a warning', median(times.faulty), FAULTY_BAR),
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}
