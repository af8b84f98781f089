const response = await fetch('https://api.buildrunner.com/api/admin/platform-roles/max%40example.com', {
  method: 'PUT',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ role: 'support_agent' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
