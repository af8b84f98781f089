/** Reading a plan of 1,110 nodes with criteria: GraphQL with the key checked, against one `json_agg` statement. */
import { importPlan } from '@buildrunner/schema/plans/service'
import { createProject } from '@buildrunner/schema/projects/service'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { compare, detail, openBench, send } from './harness.ts'

const REQUESTS = 150
const QUERY = `query ($projectId: ID!) { plan(projectId: $projectId) { sequence milestones { id key title description phase dependsOn labels
  steps { id key title description dependsOn labels
    microsteps { id key title description status dependsOn labels estimate { optimistic likely pessimistic } assignee priority notes acceptanceCriteria { id text check } } } } } }`

export default async function planRead(): Promise<BenchResult[]> {
  const bench = await openBench()
  try {
    const { projectId } = await createProject(bench.ctx, { name: 'Large' })
    await importPlan(bench.ctx, { projectId }, samplePlan(10, 10, 10), false)
    await bench.pool.query('VACUUM ANALYZE')
    const [ours, bare] = [await bench.serve('serve-ours.ts'), await bench.serve('serve-bare.ts')]
    const graphql = { path: '/graphql', headers: { authorization: `Bearer ${bench.apiKey}` }, body: JSON.stringify({ query: QUERY, variables: { projectId } }) }
    const statement = { path: '/plan', body: JSON.stringify([projectId]) }
    const nodes = JSON.stringify(JSON.parse(await send(ours.url, graphql)).data.plan.milestones).match(/"key"/g)?.length
    if (nodes !== 1_110) throw new Error(`${nodes} nodes, not 1,110`)
    const compared = await compare(bench, 5, () => bench.cpuPerRequest(ours, REQUESTS, () => graphql), () => bench.cpuPerRequest(bare, REQUESTS, () => statement))
    return [{ what: 'read a plan of 1,110 nodes over GraphQL', baseline: 'one json_agg statement over pg and node:http', ratio: compared.ratio, bar: 2, detail: detail(compared) }]
  } finally {
    await bench.close()
  }
}
