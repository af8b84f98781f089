curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/conflicts?open=true" \
  -H "Authorization: Bearer your-api-key"
