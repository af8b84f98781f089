import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const delivery of client.webhooks.deliveries({ webhookId: 'whk_01a2008b71a07f2ebe4265f046903171', status: 'DEAD' })) console.log(delivery.kind, delivery.lastError)
