const response = await fetch('https://api.buildrunner.com/api/invitations/accept', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ token: 'bi_GrJbNMlBnqzT7mZGQqj2eZ8n3jLcC2mYv0sUuWq4xkA' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
