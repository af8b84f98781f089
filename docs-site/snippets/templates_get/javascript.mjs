const response = await fetch('https://api.buildrunner.com/api/templates/web-app', {
  headers: { Authorization: 'Bearer your-api-key' },
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
