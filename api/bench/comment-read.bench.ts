/** The first page of 50 threads with their authors and answers: GraphQL with the key checked, against one `json_agg` statement. */
import { addComment, replyToComment } from '@buildrunner/schema/comments/service'
import { importPlan } from '@buildrunner/schema/plans/service'
import { createProject } from '@buildrunner/schema/projects/service'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { compare, detail, openBench, send } from './harness.ts'

const REQUESTS = 200
const [THREADS, ANSWERS] = [200, 3]
const COMMENT = 'id threadId parentId itemKey body author { id name } createdAt editedAt deletedAt resolvedAt replyCount'
const QUERY = `query ($projectId: ID!, $itemId: ID!) { comments(projectId: $projectId, itemId: $itemId, first: 50) {
  totalCount pageInfo { hasNextPage endCursor } nodes { ${COMMENT} replies(first: 10) { pageInfo { hasNextPage endCursor } nodes { ${COMMENT} } } } } }`

export default async function commentRead(): Promise<BenchResult[]> {
  const bench = await openBench()
  try {
    const { projectId } = await createProject(bench.ctx, { name: 'Talk' })
    await importPlan(bench.ctx, { projectId }, samplePlan(2, 2, 2), false)
    for (let thread = 0; thread < THREADS; thread++) {
      const { commentId } = await addComment(bench.ctx, { projectId, itemId: 'm1.s1.k1', body: `What about case ${thread}? It **fails** when the input is empty, see \`read()\`. @ada` })
      for (let answer = 0; answer < ANSWERS; answer++) await replyToComment(bench.ctx, { commentId, body: `Answer ${answer}: that is on purpose, and the documentation says so.` })
    }
    await bench.pool.query('VACUUM ANALYZE')
    const [ours, bare] = [await bench.serve('serve-ours.ts'), await bench.serve('serve-bare.ts')]
    const graphql = { path: '/graphql', headers: { authorization: `Bearer ${bench.apiKey}` }, body: JSON.stringify({ query: QUERY, variables: { projectId, itemId: 'm1.s1.k1' } }) }
    const statement = { path: '/comments', body: JSON.stringify([projectId, 'm1.s1.k1']) }
    const bodies = [await send(ours.url, graphql), await send(bare.url, statement)].map((text) => text.match(/"body"/g)?.length)
    if (bodies.some((count) => count !== 200)) throw new Error(`${bodies.join(' and ')} comments, not 200`)
    const compared = await compare(bench, 5, () => bench.cpuPerRequest(ours, REQUESTS, () => graphql), () => bench.cpuPerRequest(bare, REQUESTS, () => statement))
    return [{ what: 'read 50 threads with authors and answers over GraphQL', baseline: 'one json_agg statement over pg and node:http', ratio: compared.ratio, bar: 1.7, detail: detail(compared) }]
  } finally {
    await bench.close()
  }
}
