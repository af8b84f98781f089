const response = await fetch('https://api.buildrunner.com/api/approvals/apr_01a2008b71a07f2ebe4265f046903171', {
  headers: { Authorization: 'Bearer your-api-key' },
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
