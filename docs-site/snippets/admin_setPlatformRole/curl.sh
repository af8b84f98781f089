curl -sS --fail-with-body -X PUT "https://api.buildrunner.com/api/admin/platform-roles/max%40example.com" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"role":"support_agent"}'
