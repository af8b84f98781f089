import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data, error } = await client.keys.create({ name: 'CI/CD Pipeline', scopes: ['planner.read', 'builder.run', 'qa.run'] })
