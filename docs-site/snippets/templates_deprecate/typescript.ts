import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data, error } = await client.templates.deprecate({ name: 'spike', version: '0.9.0', reason: 'Use 1.0.0: it has criteria.' })
