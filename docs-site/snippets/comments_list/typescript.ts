import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const thread of client.comments.list({ itemId: 'T-12', resolved: false })) console.log(thread.author.name, thread.body)
