curl -sS --fail-with-body -X DELETE "https://api.buildrunner.com/api/teams/frontend" \
  -H "Authorization: Bearer your-api-key"
