const response = await fetch('https://api.buildrunner.com/api/projects/your-project-id/writes', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({
    replica_id: '01a2008b-71a0-7f2e-be42-65f046903171',
    base_sequence: 2,
    writes: [
      {
        number: 1,
        changes: [{ op: 'update', id: 'T-12', set: { title: 'Write the handbook' } }],
        base: [{ op: 'update', id: 'T-12', set: { title: 'Write the guide' } }]
      }
    ]
  }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
