import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

await client.planning.addMicrostep({ key: 'T-12', parent: 'S-4', title: 'Write the guide', estimate: { hours: 4 } }).orThrow()
