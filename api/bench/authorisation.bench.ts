/**
 * What authorisation adds to a plan read: who the key belongs to (asked of the database once a second), what its scopes cover,
 * and what its person's role in the project grants; for a person with roles in 1,000 projects.
 */
import { createCredentialVerifier } from '@buildrunner/schema/identity/credentials'
import { importPlan } from '@buildrunner/schema/plans/service'
import { createProject } from '@buildrunner/schema/projects/service'
import { requireInProject, requirePermission } from '@buildrunner/schema/shared/permissions'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { actorOf } from '../src/context.ts'
import { median, openBench } from './harness.ts'

const REQUESTS = 150
const ROUNDS = 5
const ASKED = 20_000
const QUERY = `query ($projectId: ID!) { plan(projectId: $projectId) { sequence milestones { id key title steps { id key title microsteps { id key title status } } } } }`

export default async function authorisation(): Promise<BenchResult[]> {
  const bench = await openBench()
  try {
    const { projectId } = await createProject(bench.ctx, { name: 'Large' })
    await importPlan(bench.ctx, { projectId }, samplePlan(10, 10, 10), false)
    const { organisationId, userId } = bench.ctx.actor as { organisationId: string; userId: string }
    await bench.pool.query(`INSERT INTO projects (id, organisation_id, slug, name) SELECT gen_random_uuid(), $1, 'p' || n, 'P' FROM generate_series(1, 1000) n`, [organisationId])
    await bench.pool.query(`INSERT INTO project_members (project_id, organisation_id, user_id, role) SELECT id, $1, $2, 'PM' FROM projects`, [organisationId, userId])
    await bench.pool.query("UPDATE members SET role = 'Member'")
    await bench.pool.query('VACUUM ANALYZE')

    const authorization = `Bearer ${bench.apiKey}`
    const served = await bench.serve('serve-ours.ts')
    const body = JSON.stringify({ query: QUERY, variables: { projectId } })
    const reads: number[] = []
    for (let round = 0; round < ROUNDS + 2; round++) reads.push((await bench.cpuPerRequest(served, REQUESTS, () => ({ path: '/graphql', headers: { authorization }, body }))).server)
    const read = median(reads.slice(2))

    const credentials = createCredentialVerifier(bench.ctx.db, bench.ctx.clock)
    const ask = async (): Promise<void> => {
      const actor = await actorOf(authorization, credentials)
      const ctx = { actor, refusals: bench.ctx.refusals }
      requirePermission(ctx, 'planner.read')
      requireInProject(ctx, 'planner.read', projectId, { kind: 'project', ref: projectId, path: [] })
    }
    const costs: number[] = []
    for (let round = 0; round < ROUNDS + 2; round++) {
      const before = process.cpuUsage()
      for (let index = 0; index < ASKED; index++) await ask()
      const { user, system } = process.cpuUsage(before)
      costs.push((user + system) / 1_000 / ASKED)
    }
    const cost = median(costs.slice(2))
    const detail = `${(cost * 1_000).toFixed(1)} µs of ${read.toFixed(2)} ms of the server's CPU`
    return [{ what: 'a plan read of 1,110 nodes with authorisation', baseline: 'the same without it', ratio: read / (read - cost), bar: 1.1, detail }]
  } finally {
    await bench.close()
  }
}
