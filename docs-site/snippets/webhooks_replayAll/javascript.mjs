const response = await fetch('https://api.buildrunner.com/api/webhooks/whk_01a2008b71a07f2ebe4265f046903171/deliveries/replay', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ since: '2026-11-20T00:00:00Z' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
