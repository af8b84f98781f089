import { BuildRunnerSDK } from '@buildrunner/sdk'

const client = new BuildRunnerSDK({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })

const { data, error } = await client.qa.recordRun({
  run: { id: '01a2008b-71a0-7f2e-be42-65f046903171', source: 'CI', commit: '9f2c1b7a4e5d6f8091a2b3c4d5e6f708192a3b4c', branch: 'main', startedAt: '2026-11-20T09:00:00Z', finishedAt: '2026-11-20T09:01:00Z' },
  results: [{ item: 'T-12', criterion: 'C-1', criterionDigest: '08dc4849b21e772ccde833ad33e515ea8406f5d80a815f202311710806922d1a', checkKind: 'COMMAND', outcome: 'PASSED', durationMs: 5300 }],
})
