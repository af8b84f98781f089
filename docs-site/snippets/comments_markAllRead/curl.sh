curl -sS --fail-with-body -X POST "https://api.buildrunner.com/api/projects/your-project-id/comments/read" \
  -H "Authorization: Bearer your-api-key"
