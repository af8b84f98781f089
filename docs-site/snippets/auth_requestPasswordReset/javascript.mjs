const response = await fetch('https://api.buildrunner.com/api/auth/request-password-reset', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ email: 'ada@example.com' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
