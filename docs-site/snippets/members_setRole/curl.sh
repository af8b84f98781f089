curl -sS --fail-with-body -X PUT "https://api.buildrunner.com/api/members/grace%40example.com/role" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"role":"tenant_admin"}'
