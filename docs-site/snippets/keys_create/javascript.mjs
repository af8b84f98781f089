const response = await fetch('https://api.buildrunner.com/api/admin/api-keys', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ name: 'CI/CD Pipeline', scopes: ['planner.read', 'builder.run', 'qa.run'], project_id: 'your-project-id' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
