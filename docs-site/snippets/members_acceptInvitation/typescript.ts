import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data, error } = await client.members.acceptInvitation({ token: 'bi_GrJbNMlBnqzT7mZGQqj2eZ8n3jLcC2mYv0sUuWq4xkA' })
