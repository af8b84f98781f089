/** `br --help` costs at most what an empty Node program costs, plus 30 ms of CPU. */
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { buildCli } from '../build.ts'
import { compare } from '../../sdk/bench/measure.ts'

const ALLOWANCE_MS = 30

export default async function helpBench(): Promise<BenchResult[]> {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'br-bench-'))
  try {
    const entry = await buildCli({ outdir: path.join(folder, 'dist') })
    const { a: help, b: empty } = compare([process.execPath, entry, '--help'], [process.execPath, '-e', '0'], 21)
    const ratio = help / (empty + ALLOWANCE_MS)
    return [
      {
        what: 'br --help',
        baseline: `node -e 0 + ${ALLOWANCE_MS} ms of CPU`,
        ratio,
        bar: 1,
        detail: `${help.toFixed(0)} ms, empty program ${empty.toFixed(0)} ms`,
      },
    ]
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
