curl -sS --fail-with-body "https://api.buildrunner.com/api/rate-limit" \
  -H "Authorization: Bearer your-api-key"
