import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const data = await client.planning.updateMilestone({ id: 'M-2', dueDate: '2027-01-31' }).orThrow()
console.log(data)
