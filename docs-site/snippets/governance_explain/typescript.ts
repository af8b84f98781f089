import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data } = await client.governance.explain({ changes: [{ op: 'update', id: 'T-12', set: { status: 'done' } }] })
