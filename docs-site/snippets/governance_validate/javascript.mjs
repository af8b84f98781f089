const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/policy/validate', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ text: 'version: 1\nrules: []\n' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
