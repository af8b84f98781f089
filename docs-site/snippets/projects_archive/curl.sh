curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/archive" \
  -H "Authorization: Bearer your-api-key"
