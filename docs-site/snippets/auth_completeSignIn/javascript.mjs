const response = await fetch('https://api.buildrunner.com/api/auth/sign-in/complete', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ challenge: 'AaIAi3GgfyvrQmXwRokDcSRm3mSw0oNLpVq1bCk7hJd9tYxE5fZuGwMnBaQiRsTo', code: '287082' }),
})
const body = await response.json()
if (!response.ok) throw new Error(body.detail)
console.log(body)
