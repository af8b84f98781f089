curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/steps?milestone=M-1" \
  -H "Authorization: Bearer your-api-key"
