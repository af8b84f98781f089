import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data, error } = await client.comments.add({ itemId: 'T-12', body: 'Great work @johndoe! @role:QA please review.' })
