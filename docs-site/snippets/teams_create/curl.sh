curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/teams" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"name":"Back end","slug":"backend"}'
