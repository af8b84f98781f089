const response = await fetch('https://api.buildrunner.com/api/templates', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({
    document: {
      format: 1,
      name: 'spike',
      version: '1.0.0',
      kind: 'template',
      title: 'Spike',
      description: 'A question that is answered in days.',
      plan: {
        milestones: [
          {
            id: 'answer',
            title: 'The question is answered',
            acceptanceCriteria: [{ text: 'The answer is written down.' }]
          }
        ]
      }
    }
  }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
