/**
 * Marks microsteps as done, on a train or at a desk: the change is kept in a folder and sent when the server can be reached.
 *
 *   node --conditions=@buildrunner/source examples/offline/main.ts [microstep ...]
 */
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { OfflineClient } from '@buildrunner/sdk/offline'
import { fileStore } from '@buildrunner/sdk/offline/files'
import { requireConnection } from '../local.ts'

const store = await fileStore(process.env['OFFLINE_FOLDER'] ?? '.buildrunner-offline')
const offline = await OfflineClient.open({ client: new BuildRunnerSDK(await requireConnection()), store, backoff: { minMs: 100, maxMs: 500, factor: 2, jitter: true, maxAttempts: 2 } })

for (const id of process.argv.slice(2)) await offline.setStatus(id, 'done')

await offline.sync().then(
  ({ applied, conflicts, failed }) => console.log(`Sent: ${applied} applied, ${conflicts} in conflict, ${failed} refused.`),
  ({ code }: { code: string }) => console.log(`Not sent (${code}): it is kept, and goes with the next run.`),
)

const { data, asOf, pending } = await offline.analytics({ from: 'cache' })
console.log(`${data.progress.percent}% done, ${pending} waiting; the plan is ${Math.round(asOf.ageMs / 1000)} s old.`)
for (const { label, error } of offline.queue.items()) if (error) console.log(`${label}: ${error.message}`)

await offline.close()
await store.close()
