import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const { id, itemKey, field, local, remote } of client.sync.listConflicts({ open: true })) console.log(id, itemKey, field, local, remote)
