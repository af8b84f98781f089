import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data } = await client.governance.getApproval({ approvalId: 'apr_01a2008b71a07f2ebe4265f046903171' })
