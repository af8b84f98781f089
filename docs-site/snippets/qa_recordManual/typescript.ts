import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data, error } = await client.qa.recordManual({ itemId: 'T-12', criterion: 'C-2', met: true, note: 'Seen on staging.' })
