const response = await fetch('https://api.buildrunner.com/api/members/grace%40example.com/role', {
  method: 'PUT',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ role: 'tenant_admin' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
