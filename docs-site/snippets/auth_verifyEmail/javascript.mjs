const response = await fetch('https://api.buildrunner.com/api/auth/verify-email', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ token: 'AaIAi3GgfyvrQmXwRokDcSRm3mSw0oNLpVq1bCk7hJd9tYxE5fZuGwMnBaQiRsTo' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
