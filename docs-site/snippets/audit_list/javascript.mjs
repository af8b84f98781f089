const response = await fetch('https://api.buildrunner.com/api/audit/records?action=member&from=2026-11-01T00%3A00%3A00.000Z', {
  headers: { Authorization: 'Bearer your-api-key' },
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
