const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/policy/explain', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({
    changes: [{ op: 'update', id: 'T-12', set: { status: 'done' } }]
  }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
