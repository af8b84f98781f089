const response = await fetch('https://api.buildrunner.com/api/admin/impersonation', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ user_id: 'max@example.com', reason: 'Support ticket debugging', minutes: 60 }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
