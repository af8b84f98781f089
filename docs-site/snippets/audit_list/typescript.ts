import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const record of client.audit.list({ action: 'member', from: '2026-11-01T00:00:00.000Z' })) console.log(record.createdAt, record.actor?.name, record.action)
