curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/auth/reset-password" \
  -H "Content-Type: application/json" \
  -d '{
  "token": "AaIAi3GgfyvrQmXwRokDcSRm3mSw0oNLpVq1bCk7hJd9tYxE5fZuGwMnBaQiRsTo",
  "new_password": "four quite different words"
}'
