/** What counting an operation against its key's limit adds to the server's CPU, for a small read by the id of its document. */
import { schema } from '@buildrunner/schema'
import { parse } from 'graphql'
import type { BenchResult } from '../../sdk/bench/result.ts'
import current from '../../sdk/documents.json' with { type: 'json' }
import { createAttempts } from '../src/limits/attempts.ts'
import { createPoints } from '../src/limits/points.ts'
import { createRateLimits } from '../src/plugins/use-rate-limits.ts'
import { median, openBench } from './harness.ts'
import { UNLIMITED } from './unlimited.ts'

const COUNTS = 20_000
const REQUESTS = 300
const ROUNDS = 7
const WARM_UP = 3
const OPERATION = 'viewer_get'

export default async function rateLimits(): Promise<BenchResult[]> {
  const bench = await openBench()
  const points = createPoints({ share: async (_key, spent) => ({ points: spent, msBeforeReset: 60_000 }) })
  try {
    const { plugin } = createRateLimits({ schema, operator: UNLIMITED, points, attempts: createAttempts(UNLIMITED.rates) })
    const args = { schema, document: parse(current.documents[OPERATION]), variableValues: {}, contextValue: bench.ctx }
    const counted = (): number => {
      const started = process.cpuUsage()
      for (let index = 0; index < COUNTS; index++) {
        const { onExecuteDone } = (plugin.onExecute as unknown as (payload: object) => { onExecuteDone(payload: object): void })({ args, setResultAndStopExecution() {} })
        onExecuteDone({ result: { data: null }, setResult() {} })
      }
      const { user, system } = process.cpuUsage(started)
      return (user + system) / 1_000 / COUNTS
    }
    const server = await bench.serve('serve-ours.ts')
    const target = { path: '/graphql', headers: { authorization: `Bearer ${bench.apiKey}` }, body: JSON.stringify({ documentId: `${current.id}.${OPERATION}` }) }
    const whole = async (): Promise<number> => (await bench.cpuPerRequest(server, REQUESTS, () => target)).server
    const rounds = []
    for (let round = 0; round < WARM_UP + ROUNDS; round++) rounds.push({ count: counted(), request: await whole() })
    rounds.splice(0, WARM_UP)
    const [count, request] = [median(rounds.map((round) => round.count)), median(rounds.map((round) => round.request))]
    return [{ what: 'counting an operation against its limit, CPU', baseline: 'the whole of a small read, CPU of the server', ratio: count / request, bar: 0.05, detail: `${(count * 1_000).toFixed(1)} µs of ${request.toFixed(2)} ms` }]
  } finally {
    points.close()
    await bench.close()
  }
}
