curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/members?role=qa" \
  -H "Authorization: Bearer your-api-key"
