const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/members/grace%40example.com', {
  method: 'PUT',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ role: 'qa' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
