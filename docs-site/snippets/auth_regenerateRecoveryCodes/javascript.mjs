const response = await fetch('https://api.buildrunner.com/api/auth/two-factor/recovery-codes', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ password: 'correct horse battery staple' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
