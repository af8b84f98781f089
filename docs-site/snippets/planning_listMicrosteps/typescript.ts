import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const blocked = await client.planning.listMicrosteps({ status: ['BLOCKED'] }).toArray({ limit: 500 })
