curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/qa/flaky?days=14" \
  -H "Authorization: Bearer your-api-key"
