curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/auth/session/organisation" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"organisation_id":"analytical-engines"}'
