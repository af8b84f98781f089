import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data, error } = await client.qa.recordPreview({ itemId: 'M-1', url: 'https://preview-42.example.com', provider: 'vercel' })
