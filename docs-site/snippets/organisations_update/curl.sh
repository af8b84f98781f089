curl -sS --fail-with-body -X PATCH "https://api.buildrunner.com/api/organisation" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"default_role":"viewer","audit_retention_days":365}'
