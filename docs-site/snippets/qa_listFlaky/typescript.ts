import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const check of client.qa.listFlaky({ days: 14 })) console.log(check.itemKey, check.criterion, check.rate.value)
