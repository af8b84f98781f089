const response = await fetch('https://api.buildrunner.com/api/templates/instantiate', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ templates: ['web-app', 'auth'], values: { name: 'Shop', 'auth.secondFactor': false } }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
