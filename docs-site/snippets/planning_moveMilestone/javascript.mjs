const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/milestones/M-2/move', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ after: null }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
