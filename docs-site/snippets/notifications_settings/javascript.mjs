const response = await fetch('https://api.buildrunner.com/api/notifications/settings', {
  headers: { Authorization: 'Bearer your-api-key' },
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
