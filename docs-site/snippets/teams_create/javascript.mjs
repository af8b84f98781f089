const response = await fetch('https://api.buildrunner.com/api/teams', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ name: 'Back end', slug: 'backend' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
