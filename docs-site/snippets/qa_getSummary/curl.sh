curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/qa/summary" \
  -H "Authorization: Bearer your-api-key"
