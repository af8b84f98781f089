/** Setting one status with key, policy, event, audit row and idempotency record, against one statement that writes the same rows. */
import { importPlan } from '@buildrunner/schema/plans/service'
import { createProject } from '@buildrunner/schema/projects/service'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import type { BenchResult } from '../../sdk/bench/result.ts'
import current from '../../sdk/documents.json' with { type: 'json' }
import { compare, detail, openBench } from './harness.ts'

const REQUESTS = 400
/** As the SDK names it. */
const DOCUMENT = `${current.id}.planning_setStatus`

export default async function statusWrite(): Promise<BenchResult[]> {
  const bench = await openBench()
  try {
    const { projectId } = await createProject(bench.ctx, { name: 'Large' })
    await importPlan(bench.ctx, { projectId }, samplePlan(10, 10, 10), false)
    await bench.pool.query('VACUUM ANALYZE')
    const { rows } = await bench.pool.query<{ id: string; key: string }>("SELECT id, key FROM plan_items WHERE project_id = $1 AND kind = 'microstep' ORDER BY key", [projectId])
    const [ours, bare] = [await bench.serve('serve-ours.ts'), await bench.serve('serve-bare.ts')]
    const headers = { authorization: `Bearer ${bench.apiKey}` }
    let count = 0
    const next = () => {
      count++
      const item = rows[count % rows.length] as { id: string; key: string }
      return { item, done: Math.floor(count / rows.length) % 2 === 0, key: `bench-${count}` }
    }
    const { organisationId, userId } = bench.ctx.actor as { organisationId: string; userId: string }
    const compared = await compare(
      bench,
      5,
      () => bench.cpuPerRequest(ours, REQUESTS, () => {
        const { item, done, key } = next()
        return { path: '/graphql', headers, body: JSON.stringify({ documentId: DOCUMENT, variables: { projectId, id: item.key, status: done ? 'DONE' : 'TODO', idempotencyKey: key } }) }
      }),
      () => bench.cpuPerRequest(bare, REQUESTS, () => {
        const { item, done, key } = next()
        return { path: '/status', body: JSON.stringify([projectId, organisationId, item.id, userId, done ? 'done' : 'todo', key, done ? 1 : -1]) }
      }),
    )
    return [{ what: "set one microstep's status", baseline: 'one statement that writes the same rows over pg and node:http', ratio: compared.ratio, bar: 4, detail: detail(compared) }]
  } finally {
    await bench.close()
  }
}
