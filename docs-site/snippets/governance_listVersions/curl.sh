curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/policy/versions" \
  -H "Authorization: Bearer your-api-key"
