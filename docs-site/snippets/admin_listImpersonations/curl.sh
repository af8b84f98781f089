curl -sS --fail-with-body "https://api.buildrunner.com/api/admin/impersonation?running=true" \
  -H "Authorization: Bearer your-api-key"
