import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

await client.planning.applyChanges({ changes: [{ op: 'update', id: 'T-12', set: { title: 'Write the guide' } }] }).orThrow()
