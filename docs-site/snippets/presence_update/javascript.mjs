const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/presence/laptop', {
  method: 'PUT',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ item_id: 'T-12', typing: true }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
