const response = await fetch('https://api.buildrunner.com/api/health')
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
