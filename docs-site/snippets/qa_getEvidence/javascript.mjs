const response = await fetch('https://api.buildrunner.com/api/qa/evidence/evd_01a2008b71a07f2ebe4265f046903172', {
  headers: { Authorization: 'Bearer your-api-key' },
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
