import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

await client.planning.addStep({ key: 'S-4', parent: 'M-2', title: 'Sign-in' }).orThrow()
