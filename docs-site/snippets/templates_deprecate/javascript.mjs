const response = await fetch('https://api.buildrunner.com/api/templates/spike/0.9.0/deprecate', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ reason: 'Use 1.0.0: it has criteria.' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
