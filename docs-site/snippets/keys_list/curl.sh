curl -sS --fail-with-body "https://api.buildrunner.com/api/admin/api-keys?active=true" \
  -H "Authorization: Bearer your-api-key"
