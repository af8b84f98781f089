import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data } = await client.analytics.getTimeline({ level: 'STEP' })
for (const { key, start, finish } of data?.rows ?? []) console.log(key, start, finish)
