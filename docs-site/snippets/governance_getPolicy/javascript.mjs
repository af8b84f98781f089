const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/policy?version=2', {
  headers: { Authorization: 'Bearer your-api-key' },
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
