/**
 * A read by the id of its document, against the same document sent as text, with the white space that tools print: both are parsed,
 * validated and compiled once, but the cost of a stranger's is counted each time.
 */
import { importPlan } from '@buildrunner/schema/plans/service'
import { createProject } from '@buildrunner/schema/projects/service'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import { parse, print } from 'graphql'
import type { BenchResult } from '../../sdk/bench/result.ts'
import current from '../../sdk/documents.json' with { type: 'json' }
import { openBench, send } from './harness.ts'

const BATCH = 100
const BATCHES = 40
const WARM_UP = 20
const OPERATION = 'planning_getItem'

export default async function trusted(): Promise<BenchResult[]> {
  const bench = await openBench()
  try {
    const { projectId } = await createProject(bench.ctx, { name: 'Small' })
    const plan = samplePlan(1, 1, 1)
    await importPlan(bench.ctx, { projectId }, plan, false)
    const server = await bench.serve('serve-ours.ts')
    const variables = { projectId, id: plan.milestones[0]!.id }
    const headers = { authorization: `Bearer ${bench.apiKey}` }
    const target = (body: object) => ({ path: '/graphql', headers, body: JSON.stringify({ ...body, variables }) })
    const [byId, inFull] = [target({ documentId: `${current.id}.${OPERATION}` }), target({ query: print(parse(current.documents[OPERATION])) })]
    const answers = new Set<string>([await send(server.url, byId), await send(server.url, inFull)].map((text) => JSON.stringify(JSON.parse(text).data)))
    if (answers.size !== 1 || answers.has('null')) throw new Error('The two do not answer the same.')
    const cpuOf = async (body: typeof byId): Promise<number> => (await bench.cpuPerRequest(server, BATCH, () => body)).server
    for (let batch = 0; batch < WARM_UP; batch++) await cpuOf(byId).then(() => cpuOf(inFull))
    // Small batches in turn, each going first every other time, so that both meet the same moments of the machine.
    const total = { byId: 0, inFull: 0 }
    for (let batch = 0; batch < BATCHES; batch++) {
      if (batch % 2 === 0) total.byId += await cpuOf(byId)
      total.inFull += await cpuOf(inFull)
      if (batch % 2 === 1) total.byId += await cpuOf(byId)
    }
    const [a, b] = [total.byId / BATCHES, total.inFull / BATCHES]
    const detail = `${a.toFixed(2)} ms against ${b.toFixed(2)} ms of the server, ${BATCH * BATCHES} requests each`
    return [{ what: 'a read by the id of its document, CPU of the server', baseline: 'the same document sent as text', ratio: a / b, bar: 1, detail }]
  } finally {
    await bench.close()
  }
}
