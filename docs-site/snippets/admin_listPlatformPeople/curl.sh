curl -sS --fail-with-body "https://api.buildrunner.com/api/admin/platform-roles?first=50" \
  -H "Authorization: Bearer your-api-key"
