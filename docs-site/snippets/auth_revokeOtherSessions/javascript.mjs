const response = await fetch('https://api.buildrunner.com/api/auth/sessions/revoke-others', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key' },
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
