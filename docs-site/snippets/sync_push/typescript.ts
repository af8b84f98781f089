import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data } = await client.sync.push({
  replicaId: '01a2008b-71a0-7f2e-be42-65f046903171',
  baseSequence: 2,
  writes: [{
    number: 1,
    changes: [{ op: 'update', id: 'T-12', set: { title: 'Write the handbook' } }],
    base: [{ op: 'update', id: 'T-12', set: { title: 'Write the guide' } }],
  }],
})
for (const { number, outcome } of data?.results ?? []) console.log(number, outcome)
