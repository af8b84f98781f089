const response = await fetch('https://api.buildrunner.com/api/auth/two-factor/confirm', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ code: '287082' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
