/** Setting one status with its audit record, chained and sealed, against the same write without any of it. */
import { importPlan } from '@buildrunner/schema/plans/service'
import { createProject } from '@buildrunner/schema/projects/service'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import type { BenchResult } from '../../sdk/bench/result.ts'
import current from '../../sdk/documents.json' with { type: 'json' }
import { compare, detail, openBench, send } from './harness.ts'
import type { Bench, Cpu, Served } from './harness.ts'

const REQUESTS = 400
/** As the SDK names it. */
const DOCUMENT = `${current.id}.planning_setStatus`

/** CPU of a request until all that it left to do is done: its record has its place, too. */
async function cpuUntilSealed(bench: Bench, served: Served, body: () => Parameters<typeof send>[1]): Promise<Cpu> {
  const before = await bench.cpuNow(served)
  for (let index = 0; index < REQUESTS; index++) await send(served.url, body())
  for (let pending = 1; pending > 0; ) {
    pending = Number((await bench.pool.query('SELECT count(*) FROM audit_records WHERE sequence IS NULL')).rows[0].count)
    if (pending > 0) await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const after = await bench.cpuNow(served)
  const [server, database] = [(after.server - before.server) / REQUESTS, (after.database - before.database) / REQUESTS]
  return { server, database, total: server + database }
}

export default async function auditWrite(): Promise<BenchResult[]> {
  const bench = await openBench()
  try {
    const { projectId } = await createProject(bench.ctx, { name: 'Large' })
    await importPlan(bench.ctx, { projectId }, samplePlan(10, 10, 10), false)
    await bench.pool.query('VACUUM ANALYZE')
    const { rows } = await bench.pool.query<{ key: string }>("SELECT key FROM plan_items WHERE project_id = $1 AND kind = 'microstep' ORDER BY key", [projectId])
    const headers = { authorization: `Bearer ${bench.apiKey}` }
    let count = 0
    const next = () => {
      count++
      const { key: id } = rows[count % rows.length] as { key: string }
      const status = Math.floor(count / rows.length) % 2 === 0 ? 'DONE' : 'TODO'
      return { path: '/graphql', headers, body: JSON.stringify({ documentId: DOCUMENT, variables: { projectId, id, status, idempotencyKey: `bench-${count}` } }) }
    }
    const [audited, unaudited] = [await bench.serve('serve-audited.ts', 'sealed'), await bench.serve('serve-unaudited.ts')]
    const compared = await compare(bench, 5, () => cpuUntilSealed(bench, audited, next), () => cpuUntilSealed(bench, unaudited, next))
    return [{ what: 'one write with its audit record, chained and sealed', baseline: 'the same write without the audit log', ratio: compared.ratio, bar: 1.25, detail: detail(compared) }]
  } finally {
    await bench.close()
  }
}
