import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const { event, gap } of client.events.watch({ since: 0 })) {
  if (event) console.log(event.sequence, event.kind)
  else if (gap !== null) console.log(`events up to ${gap} are gone: read the plan again`)
}
