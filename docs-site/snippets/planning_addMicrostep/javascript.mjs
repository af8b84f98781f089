const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/microsteps', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ key: 'T-12', parent: 'S-4', title: 'Write the guide', estimate: { hours: 4 } }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
