import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const data = await client.planning.importPlan({
  document: { version: 1, project: { name: 'Website' }, milestones: [{ id: 'M-1', title: 'Alpha' }] },
  replace: true
}).orThrow()
console.log(data)
