const response = await fetch('https://api.buildrunner.com/api/organisation', {
  method: 'PATCH',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ default_role: 'viewer', audit_retention_days: 365 }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
