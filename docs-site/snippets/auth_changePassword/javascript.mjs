const response = await fetch('https://api.buildrunner.com/api/auth/change-password', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ current_password: 'correct horse battery staple', new_password: 'four quite different words' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
