const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/approvals?status=pending', {
  headers: { Authorization: 'Bearer your-api-key' },
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
