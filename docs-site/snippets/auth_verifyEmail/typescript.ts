import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data, error } = await client.auth.verifyEmail({ token: 'AaIAi3GgfyvrQmXwRokDcSRm3mSw0oNLpVq1bCk7hJd9tYxE5fZuGwMnBaQiRsTo' })
