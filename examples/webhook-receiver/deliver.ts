/**
 * Stands in for the server, which sends no webhooks yet: delivers the events of the project to the receiver, signed.
 *
 *   WEBHOOK_SECRET=whsec_... node --conditions=@buildrunner/source examples/webhook-receiver/deliver.ts [url]
 */
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { sign } from '@buildrunner/sdk/webhooks'
import { requireConnection } from '../local.ts'

const [url = 'http://127.0.0.1:4100/'] = process.argv.slice(2)
const [secret = ''] = (process.env['WEBHOOK_SECRET'] ?? '').split(',')
const client = new BuildRunnerSDK(await requireConnection())
const { id: projectId } = await client.projects.get().orThrow()

for await (const event of client.events.list({ since: 0 })) {
  const body = JSON.stringify({ type: event.kind, timestamp: event.createdAt, data: { ...event, projectId } })
  // The same event has the same id in every run, so that the receiver counts it once.
  const headers = await sign(body, secret, { id: `${projectId}.${event.sequence}` })
  const { status } = await fetch(url, { method: 'POST', body, headers })
  console.log(`${headers['webhook-id']}: ${status}`)
}
