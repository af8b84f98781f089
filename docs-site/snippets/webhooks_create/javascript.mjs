const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/webhooks', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ url: 'https://hooks.example.com/buildrunner', kinds: ['comment.*', 'plan.changed'] }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
