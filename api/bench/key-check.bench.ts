/** What it costs to know who a request's key belongs to, when it was seen before: the part of authentication that every request pays. */
import { createKeyVerifier } from '@buildrunner/schema/identity/keys'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { median, openBench } from './harness.ts'

const CHECKS = 20_000
const ROUNDS = 7
const BAR_MS = 0.1

export default async function keyCheck(): Promise<BenchResult[]> {
  const bench = await openBench()
  try {
    const keys = createKeyVerifier(bench.ctx.db, bench.ctx.clock)
    const round = async (): Promise<number> => {
      const started = process.cpuUsage()
      for (let index = 0; index < CHECKS; index++) if ((await keys.verify(bench.apiKey)) === null) throw new Error('the key is not accepted')
      const { user, system } = process.cpuUsage(started)
      return (user + system) / 1_000 / CHECKS
    }
    await round()
    const costs: number[] = []
    for (let index = 0; index < ROUNDS; index++) costs.push(await round())
    const cost = median(costs)
    return [{ what: 'a warm check of an API key, CPU', baseline: `${BAR_MS} ms`, ratio: cost / BAR_MS, bar: 1, detail: `${(cost * 1_000).toFixed(1)} µs` }]
  } finally {
    await bench.close()
  }
}
