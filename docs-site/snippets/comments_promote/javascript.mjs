const response = await fetch('https://api.buildrunner.com/api/comments/cmt_01a2008b71a07f2ebe4265f046903171/promote', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ step_id: 'S-1', title: 'Handle errors', criteria: ['Errors are shown.'] }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
