const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/previews', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ item_id: 'M-1', url: 'https://preview-42.example.com', provider: 'vercel' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
