curl -sS --fail-with-body -X DELETE "https://api.buildrunner.com/api/projects/your-project-id/presence/laptop" \
  -H "Authorization: Bearer your-api-key"
