import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data, error } = await client.comments.promote({ commentId: 'cmt_01a2008b71a07f2ebe4265f046903171', stepId: 'S-1', title: 'Handle errors', criteria: ['Errors are shown.'] })
