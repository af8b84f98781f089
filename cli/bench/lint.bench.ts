/** `br lint` of 10,000 microsteps costs at most 6 times the CPU of a bare process that parses the file. */
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { samplePlan } from '../../sdk/bench/sample-plan.ts'
import { buildCli } from '../build.ts'
import { compare } from '../../sdk/bench/measure.ts'

export default async function lintBench(): Promise<BenchResult[]> {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'br-bench-'))
  try {
    const entry = await buildCli({ outdir: path.join(folder, 'dist') })
    const file = path.join(folder, 'plan.json')
    fs.writeFileSync(file, JSON.stringify(samplePlan(10_000), null, 2))
    const bare = path.join(folder, 'bare.cjs')
    fs.writeFileSync(bare, `JSON.parse(require('node:fs').readFileSync(${JSON.stringify(file)}, 'utf8'))`)
    const { a: lint, b: parse } = compare([process.execPath, entry, 'lint', file], [process.execPath, bare], 15)
    const size = (fs.statSync(file).size / 1e6).toFixed(1)
    return [
      {
        what: 'br lint of 10,000 microsteps',
        baseline: 'JSON.parse of the file in a bare process',
        ratio: lint / parse,
        bar: 6,
        detail: `${lint.toFixed(0)} ms, bare ${parse.toFixed(0)} ms, ${size} MB`,
      },
    ]
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
