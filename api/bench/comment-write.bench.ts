/** Posting a comment with two mentions, its event, audit row and idempotency record, against one statement that writes the same rows. */
import { importPlan } from '@buildrunner/schema/plans/service'
import { createProject } from '@buildrunner/schema/projects/service'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import type { BenchResult } from '../../sdk/bench/result.ts'
import current from '../../sdk/documents.json' with { type: 'json' }
import { compare, detail, openBench } from './harness.ts'

const REQUESTS = 300
/** As the SDK names it. */
const DOCUMENT = `${current.id}.comments_add`
const BODY = 'Great work @johndoe! @role:QA please review what **happens** when `x` is missing, and [the report](https://example.com/report).'

export default async function commentWrite(): Promise<BenchResult[]> {
  const bench = await openBench()
  try {
    const { projectId } = await createProject(bench.ctx, { name: 'Talk' })
    await importPlan(bench.ctx, { projectId }, samplePlan(10, 10, 10), false)
    await bench.pool.query('VACUUM ANALYZE')
    const { rows } = await bench.pool.query<{ id: string; key: string }>("SELECT id, key FROM plan_items WHERE project_id = $1 AND kind = 'microstep' ORDER BY key", [projectId])
    const [ours, bare] = [await bench.serve('serve-ours.ts'), await bench.serve('serve-bare.ts')]
    const headers = { authorization: `Bearer ${bench.apiKey}` }
    const { organisationId, userId } = bench.ctx.actor as { organisationId: string; userId: string }
    let count = 0
    const next = () => ({ item: rows[++count % rows.length] as { id: string; key: string }, key: `bench-${count}` })
    const compared = await compare(
      bench,
      5,
      () => bench.cpuPerRequest(ours, REQUESTS, () => {
        const { item, key } = next()
        return { path: '/graphql', headers, body: JSON.stringify({ documentId: DOCUMENT, variables: { projectId, itemId: item.key, body: BODY, idempotencyKey: key } }) }
      }),
      () => bench.cpuPerRequest(bare, REQUESTS, () => {
        const { item, key } = next()
        return { path: '/comment', body: JSON.stringify([projectId, organisationId, item.id, userId, BODY, key]) }
      }),
    )
    return [{ what: 'post a comment with two mentions', baseline: 'one statement that writes the same rows over pg and node:http', ratio: compared.ratio, bar: 4, detail: detail(compared) }]
  } finally {
    await bench.close()
  }
}
