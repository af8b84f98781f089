const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/policy/simulate', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ text: 'version: 1\nrules: []\n', since: '2026-10-01T00:00:00Z' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
