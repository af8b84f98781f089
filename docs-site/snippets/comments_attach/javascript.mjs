const response = await fetch('https://api.buildrunner.com/api/comments/cmt_01a2008b71a07f2ebe4265f046903171/attachments', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ kind: 'pull_request', url: 'https://git.example.com/web/pull/42', title: '#42' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
