const response = await fetch('https://api.buildrunner.com/api/conflicts/cfl_01a2008b71a07f2ebe4265f046903171/resolve', {
  method: 'POST',
  headers: { Authorization: 'Bearer your-api-key', 'Content-Type': 'application/json' },
  body: JSON.stringify({ strategy: 'keep_local' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
