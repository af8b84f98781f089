curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/plan" \
  -H "Authorization: Bearer your-api-key"
