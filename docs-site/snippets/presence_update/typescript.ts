import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data, error } = await client.presence.update({ deviceId: 'laptop', itemId: 'T-12', typing: true })
