const response = await fetch('https://api.buildrunner.com/api/auth/session/organisation', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ organisation_id: 'analytical-engines' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
