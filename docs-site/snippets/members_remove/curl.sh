curl -sS --fail-with-body -X DELETE "https://api.buildrunner.com/api/members/grace%40example.com" \
  -H "Authorization: Bearer your-api-key"
