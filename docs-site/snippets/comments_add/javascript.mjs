const response = await fetch('https://api.buildrunner.com/api/comments', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ project_id: 'your-project-id', item_id: 'T-12', body: 'Great work @johndoe! @role:QA please review.' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
