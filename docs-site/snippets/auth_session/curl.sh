curl -sS --fail-with-body "https://api.buildrunner.com/api/auth/session" \
  -H "Authorization: Bearer your-api-key"
