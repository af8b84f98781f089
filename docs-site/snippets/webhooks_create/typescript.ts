import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data, error } = await client.webhooks.create({ url: 'https://hooks.example.com/buildrunner', kinds: ['comment.*', 'plan.changed'] })
