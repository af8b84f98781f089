import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const data = await client.planning.moveMicrostep({ id: 'T-12', parent: 'S-4' }).orThrow()
console.log(data)
