import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const one of client.qa.listEvidence({ itemId: 'T-12' })) console.log(one.criterion, one.outcome, one.stale)
