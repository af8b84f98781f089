import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const { impersonator, user, endsAt } of client.admin.listImpersonations({ running: true })) console.log(impersonator.name, 'as', user.name, 'until', endsAt)
