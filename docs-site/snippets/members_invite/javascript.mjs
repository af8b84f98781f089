const response = await fetch('https://api.buildrunner.com/api/invitations', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ email: 'linus@example.com', project_roles: [{ project_id: 'website', role: 'contributor' }] }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
