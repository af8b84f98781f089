curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/auth/two-factor/confirm" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"code":"287082"}'
