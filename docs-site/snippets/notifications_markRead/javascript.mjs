const response = await fetch('https://api.buildrunner.com/api/notifications/read', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ all: true }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
