curl -sS --fail-with-body "https://api.buildrunner.com/api/organisation" \
  -H "Authorization: Bearer your-api-key"
