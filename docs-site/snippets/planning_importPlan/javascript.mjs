const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/plan/import', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({
    document: { version: 1, project: { name: 'Website' }, milestones: [{ id: 'M-1', title: 'Alpha' }] },
    replace: true
  }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
