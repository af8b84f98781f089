curl -sS --fail-with-body -X PATCH "https://api.buildrunner.com/api/teams/frontend" \
  -H "Authorization: Bearer your-api-key" \
  -H "Content-Type: application/json" \
  -d '{"name":"Front end"}'
