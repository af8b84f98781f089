/**
 * Lighthouse's performance score of documentation and console, as on a middling phone over a slow network (Lighthouse's own
 * simulation). Of several runs the best counts: what disturbs one only ever makes it slower.
 */
import { openBench } from '../../api/bench/harness.ts'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { samplePlan } from '../../sdk/bench/sample-plan.ts'
import { SITE, builtSite } from '../testing/built-site.ts'
import { CONSOLE_PAGES, DOCUMENTATION_PAGES, audit } from '../testing/lighthouse.ts'

const ROUNDS = 3
const [DOCUMENTATION_BAR, CONSOLE_BAR] = [95, 90]
const MICROSTEPS = 200

export default async function performance(): Promise<BenchResult[]> {
  await builtSite()
  const bench = await openBench()
  try {
    const { url } = await bench.serve('../../docs-site/bench/serve-site.ts', SITE)
    const client = new BuildRunnerSDK({ baseUrl: url, apiKey: bench.apiKey })
    const { project } = await client.projects.create({ name: 'Demo', slug: 'demo' }).orThrow()
    await client.planning.importPlan({ projectId: project.id, document: samplePlan(MICROSTEPS) }).orThrow()
    return [
      worst('documentation', DOCUMENTATION_BAR, await best(url, bench.apiKey, DOCUMENTATION_PAGES)),
      worst('the console', CONSOLE_BAR, await best(url, bench.apiKey, CONSOLE_PAGES)),
    ]
  } finally {
    await bench.close()
  }
}

async function best(url: string, apiKey: string, addresses: readonly string[]): Promise<Map<string, number>> {
  const scores = new Map<string, number>()
  for (let round = 0; round < ROUNDS; round++) {
    for (const audited of await audit(url, apiKey, addresses, ['performance'])) scores.set(audited.address, Math.max(scores.get(audited.address) ?? 0, audited.scores.performance ?? 0))
  }
  return scores
}

function worst(what: string, bar: number, scores: ReadonlyMap<string, number>): BenchResult {
  const lowest = Math.min(...scores.values())
  return { what: `Lighthouse performance of ${what}: what is missing to 100, in what may be missing`, baseline: `a score of ${bar}`, ratio: (100 - lowest) / (100 - bar), bar: 1, detail: [...scores].map(([address, score]) => `${address} ${score}`).join(', ') }
}
