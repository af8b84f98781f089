/** `br qa run` costs at most 10 ms a check above the command itself: process group, output, masking, judging. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { runTargets } from '../src/qa/runner.ts'
import { secretMask } from '../src/qa/secrets.ts'
import type { Target } from '../src/qa/targets.ts'

const ALLOWANCE_MS = 10
const PAIRS = 60

/** What a check of a real project prints: a few hundred lines. */
const command = (number: number): string => `seq 400; : ${number}`
const mask = secretMask({ ...process.env, DEPLOY_TOKEN: 'a-token-that-nobody-prints' })

async function bare(number: number): Promise<void> {
  const child = spawn('/bin/sh', ['-c', command(number)], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.resume()
  child.stderr.resume()
  await once(child, 'close')
}

async function checked(number: number): Promise<void> {
  const target: Target = { item: 'T', title: '', criterion: 'c', text: 'c', digest: '', check: { kind: 'command', run: command(number) } }
  const context = { root: tmpdir(), env: process.env, signal: new AbortController().signal, mask }
  const [result] = await runTargets([target], { context, jobs: 1, repeat: 1, bail: false })
  if (result?.outcome !== 'passed') throw new Error('the check of the bench did not pass')
}

async function timed(run: (number: number) => Promise<void>, number: number): Promise<number> {
  const started = performance.now()
  await run(number)
  return performance.now() - started
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!

export default async function qaBench(): Promise<BenchResult[]> {
  const times: Record<'checked' | 'bare', number[]> = { checked: [], bare: [] }
  // In turns, so that what else the machine does meets both.
  for (let pair = 0; pair < PAIRS; pair++) {
    times.checked.push(await timed(checked, pair))
    times.bare.push(await timed(bare, pair))
  }
  const [ofCheck, ofCommand] = [median(times.checked), median(times.bare)]
  return [
    {
      what: 'br qa run, overhead of a check by a command',
      baseline: `${ALLOWANCE_MS} ms`,
      ratio: Math.max(0, ofCheck - ofCommand) / ALLOWANCE_MS,
      bar: 1,
      detail: `${ofCheck.toFixed(1)} ms, the bare command ${ofCommand.toFixed(1)} ms`,
    },
  ]
}
