curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/auth/sign-in/complete" \
  -H "Content-Type: application/json" \
  -d '{"challenge":"AaIAi3GgfyvrQmXwRokDcSRm3mSw0oNLpVq1bCk7hJd9tYxE5fZuGwMnBaQiRsTo","code":"287082"}'
