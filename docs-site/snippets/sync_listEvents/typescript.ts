import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const { number, code, message } of client.sync.listEvents({ outcome: 'REFUSED' })) console.log(number, code, message)
