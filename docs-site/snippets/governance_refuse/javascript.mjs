const response = await fetch('https://api.buildrunner.com/api/approvals/apr_01a2008b71a07f2ebe4265f046903171/refuse', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ comment: 'The guide is missing' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
