curl -sS --fail-with-body "https://api.buildrunner.com/api/auth/sessions" \
  -H "Authorization: Bearer your-api-key"
