import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const { itemKey, from, to, at } of client.analytics.listStatusHistory({ item: 'T-12' })) console.log(at, itemKey, from, to)
