/** Listing 20 projects with counts and progress must not cost more when their plans are a hundred times larger. */
import { importPlan } from '@buildrunner/schema/plans/service'
import { createProject } from '@buildrunner/schema/projects/service'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { compare, detail, openBench } from './harness.ts'

const REQUESTS = 300
const QUERY = 'query ($search: String) { projects(first: 20, search: $search) { totalCount nodes { id slug name counts { milestones steps microsteps } progress { percent done total } } } }'

export default async function projectList(): Promise<BenchResult[]> {
  const bench = await openBench()
  try {
    for (const [name, size] of [['small', 1], ['large', 10]] as const) {
      for (let index = 0; index < 20; index++) {
        const { projectId } = await createProject(bench.ctx, { name: `${name} ${index}` })
        await importPlan(bench.ctx, { projectId }, samplePlan(size, 2, size * 5), false)
      }
    }
    await bench.pool.query('VACUUM ANALYZE')
    const ours = await bench.serve('serve-ours.ts')
    const list = (search: string) => ({ path: '/graphql', headers: { authorization: `Bearer ${bench.apiKey}` }, body: JSON.stringify({ query: QUERY, variables: { search } }) })
    const compared = await compare(bench, 5, () => bench.cpuPerRequest(ours, REQUESTS, () => list('large')), () => bench.cpuPerRequest(ours, REQUESTS, () => list('small')))
    return [{ what: 'list 20 projects of 1,000 microsteps each', baseline: 'the same with 10 microsteps each', ratio: compared.ratio, bar: 1.15, detail: detail(compared) }]
  } finally {
    await bench.close()
  }
}
