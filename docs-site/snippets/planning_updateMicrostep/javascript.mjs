const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/microsteps/T-12', {
  method: 'PATCH',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ assignee: 'ada', acceptance_criteria: [{ text: 'Somebody followed it.' }] }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
