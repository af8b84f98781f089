const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/steps', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ key: 'S-4', parent: 'M-2', title: 'Sign-in' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
