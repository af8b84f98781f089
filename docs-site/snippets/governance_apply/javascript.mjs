const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/policy', {
  method: 'PUT',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ text: 'version: 1\nrules: []\n', reason: 'We begin without rules' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
