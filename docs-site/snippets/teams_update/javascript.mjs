const response = await fetch('https://api.buildrunner.com/api/teams/frontend', {
  method: 'PATCH',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ name: 'Front end' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
