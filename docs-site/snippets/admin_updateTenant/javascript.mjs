const response = await fetch('https://api.buildrunner.com/api/admin/tenants/acme', {
  method: 'PATCH',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ tier: 'enterprise', extra_seats: 10 }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
