import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const run of client.qa.listRuns({ branch: 'main' })) console.log(run.commit, run.passed, run.failed)
