curl -sS --fail-with-body "https://api.buildrunner.com/api/projects/your-project-id/milestones?first=10" \
  -H "Authorization: Bearer your-api-key"
