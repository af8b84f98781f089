/** What the client adds to a call: CPU above a bare `fetch` of the same body, parsed. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { BuildRunnerSDK } from '../src/index.ts'
import type { BenchResult } from './result.ts'

const BAR_MS = 0.3
const CALLS = 400
const ROUNDS = 15

const ANSWER = JSON.stringify({ data: { health: { status: 'ok', version: '0.1.0', database: 'ok', redis: 'ok', migrations: 'ok' } } })

/** The server runs in a thread of its own; only the CPU of this thread is counted. */
function serve(): void {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'r-1' }).end(ANSWER))
  })
  server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port))
}

/** CPU milliseconds of this thread for one call. */
async function costOf(call: () => Promise<unknown>): Promise<number> {
  const before = process.threadCpuUsage()
  for (let index = 0; index < CALLS; index++) await call()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000 / CALLS
}

/** The body that the client sends for the call, caught on its way out. */
async function bodyOf(baseUrl: string): Promise<string> {
  let body = ''
  const spy: typeof fetch = async (_input, init) => {
    body = String(init?.body)
    return new Response(ANSWER)
  }
  await new BuildRunnerSDK({ apiKey: 'br_bench_1', baseUrl, fetch: spy }).health.check().orThrow()
  return body
}

export default async function callBench(): Promise<BenchResult[]> {
  const worker = new Worker(new URL(import.meta.url), { workerData: 'server', execArgv: ['--conditions=@buildrunner/source'] })
  try {
    const [port] = (await once(worker, 'message')) as [number]
    const baseUrl = `http://127.0.0.1:${port}`
    const client = new BuildRunnerSDK({ apiKey: 'br_bench_1', baseUrl })
    const body = await bodyOf(baseUrl)
    const headers = { 'content-type': 'application/json', accept: 'application/json', authorization: 'Bearer br_bench_1' }
    const ours = () => client.health.check().orThrow()
    const bare = async () => (await fetch(`${baseUrl}/graphql`, { method: 'POST', headers, body })).json()
    for (let round = 0; round < 3; round++) await costOf(ours).then(() => costOf(bare))
    const rounds: { ours: number; bare: number }[] = []
    for (let round = 0; round < ROUNDS; round++) rounds.push({ ours: await costOf(ours), bare: await costOf(bare) })
    const { ours: a, bare: b } = rounds.sort((x, y) => x.ours - x.bare - (y.ours - y.bare))[Math.floor(ROUNDS / 2)]!
    return [{ what: 'one call of the client', baseline: `bare fetch of the same body + ${BAR_MS} ms of CPU`, ratio: a / (b + BAR_MS), bar: 1, detail: `${a.toFixed(3)} ms, bare fetch ${b.toFixed(3)} ms: ${(a - b).toFixed(3)} ms more` }]
  } finally {
    await worker.terminate()
  }
}

if (!isMainThread && workerData === 'server') serve()
