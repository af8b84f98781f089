import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data } = await client.planning.getPlan()
for (const phase of data?.phases ?? []) console.log(phase.title, phase.progress.percent)
