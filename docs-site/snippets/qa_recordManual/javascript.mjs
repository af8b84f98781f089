const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/qa/confirmations', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ item_id: 'T-12', criterion: 'C-2', met: true, note: 'Seen on staging.' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
