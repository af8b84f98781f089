const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/qa/runs', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({
    run: {
      id: '01a2008b-71a0-7f2e-be42-65f046903171',
      source: 'ci',
      commit: '9f2c1b7a4e5d6f8091a2b3c4d5e6f708192a3b4c',
      branch: 'main',
      started_at: '2026-11-20T09:00:00Z',
      finished_at: '2026-11-20T09:01:00Z'
    },
    results: [
      {
        item: 'T-12',
        criterion: 'C-1',
        criterion_digest: '08dc4849b21e772ccde833ad33e515ea8406f5d80a815f202311710806922d1a',
        check_kind: 'command',
        outcome: 'passed',
        duration_ms: 5300
      }
    ]
  }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
