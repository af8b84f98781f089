import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const approval of client.governance.listApprovals({ status: 'PENDING' })) console.log(approval.summary, approval.requestedBy.name)
