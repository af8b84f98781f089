curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/microsteps?status=blocked" \
  -H "Authorization: Bearer your-api-key"
