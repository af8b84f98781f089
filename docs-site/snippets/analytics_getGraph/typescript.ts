import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data } = await client.analytics.getGraph({ level: 'MILESTONE', all: true })
for (const { from, to } of data?.edges ?? []) console.log(to, 'waits for', from)
