curl -sS --fail-with-body -X PATCH "https://api.buildrunner.com/api/admin/tenants/acme" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"tier":"enterprise","extra_seats":10}'
