curl -sS --fail-with-body -X PUT "https://api.buildrunner.com/api/teams/frontend/members/grace%40example.com" \
  -H "Authorization: Bearer your-api-key"
