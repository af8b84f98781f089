const response = await fetch('https://api.buildrunner.com/api/analytics/export?project_id=your-project-id&report=throughput&format=json', {
  headers: { Authorization: 'Bearer your-api-key' },
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
