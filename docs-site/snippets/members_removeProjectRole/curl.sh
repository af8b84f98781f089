curl -sS --fail-with-body -X DELETE "https://api.buildrunner.com/api/projects/your-project-id/members/grace%40example.com" \
  -H "Authorization: Bearer your-api-key"
