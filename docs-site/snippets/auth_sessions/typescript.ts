import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const session of client.auth.sessions()) console.log(session.client, session.address, session.lastUsedAt)
