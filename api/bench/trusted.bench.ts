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
import { compare, detail, openBench, send } from './harness.ts'

const REQUESTS = 800
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
    const measure = (body: typeof byId) => () => bench.cpuPerRequest(server, REQUESTS, () => body)
    // The database does the same for both; what is compared is the server alone.
    const compared = await compare(bench, 5, measure(byId), measure(inFull), ({ server }) => server)
    return [{ what: 'a read by the id of its document, CPU of the server', baseline: 'the same text sent in full', ratio: compared.ratio, bar: 1, detail: detail(compared) }]
  } finally {
    await bench.close()
  }
}
