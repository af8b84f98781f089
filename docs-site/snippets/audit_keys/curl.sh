curl -sS --fail-with-body "https://api.buildrunner.com/api/audit/keys" \
  -H "Authorization: Bearer your-api-key"
