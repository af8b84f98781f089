curl -sS --fail-with-body "https://api.buildrunner.com/api/admin/tenants?search=acme" \
  -H "Authorization: Bearer your-api-key"
