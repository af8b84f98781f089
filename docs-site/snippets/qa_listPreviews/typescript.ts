import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const preview of client.qa.listPreviews({ phase: 'QA' })) console.log(preview.itemKey, preview.url)
