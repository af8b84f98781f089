const response = await fetch('https://api.buildrunner.com/api/comments?project_id=your-project-id&item_id=T-12&resolved=false', {
  headers: { Authorization: 'Bearer your-api-key' },
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
