const response = await fetch('https://api.buildrunner.com/api/notifications/settings', {
  method: 'PATCH',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ normal: 'digest_hourly' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
