curl -sS --fail-with-body -X DELETE "https://api.buildrunner.com/api/teams/frontend/members/grace%40example.com" \
  -H "Authorization: Bearer your-api-key"
