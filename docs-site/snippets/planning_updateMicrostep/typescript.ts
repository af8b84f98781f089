import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const data = await client.planning.updateMicrostep({ id: 'T-12', assignee: 'ada', acceptanceCriteria: [{ text: 'Somebody followed it.' }] }).orThrow()
console.log(data)
