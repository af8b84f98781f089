import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data, error } = await client.templates.publish({ document: { format: 1, name: 'spike', version: '1.0.0', kind: 'template', title: 'Spike', description: 'A question that is answered in days.', plan: { milestones: [{ id: 'answer', title: 'The question is answered', acceptanceCriteria: [{ text: 'The answer is written down.' }] }] } } })
