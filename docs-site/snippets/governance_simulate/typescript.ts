import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data } = await client.governance.simulate({ text: 'version: 1\nrules: []\n', since: '2026-10-01T00:00:00Z' })
