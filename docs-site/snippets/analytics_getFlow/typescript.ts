import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data } = await client.analytics.getFlow()
console.log(data?.cycleTime.p85, 'days in five of six cases,', data?.perWeek, 'a week')
