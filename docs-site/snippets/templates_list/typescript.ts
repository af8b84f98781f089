import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

for await (const template of client.templates.list({ kind: 'PACK' })) console.log(template.name, template.version, template.title)
